using Compagnon.App.Jobs;

namespace Compagnon.App.Audit;

internal sealed class SealAudit(Seals seals) : IJobHandler
{
    public string Kind => "seal-audit";
    public int? EverySeconds => 5;

    public async Task RunAsync(Job job, CancellationToken stop)
    {
        while (await seals.SealAsync(stop) > 0) { }
    }
}
