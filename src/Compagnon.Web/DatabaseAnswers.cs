using Compagnon.App.Operations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Compagnon.Web;

/// <summary>/sante: 200 while the database answers, 503 otherwise.</summary>
internal sealed class DatabaseAnswers(IServiceScopeFactory scopes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StartUp>().AnswersAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }
}
