using System.Globalization;
using System.Threading.RateLimiting;

namespace Compagnon.Web.Access;

/// <summary>How often one address may guess, and one person send or ask who somebody is. A page says <c>[EnableRateLimiting(Limits.Guess)]</c>; looking is never limited.</summary>
public sealed record Limits
{
    public const string Guess = "guess";
    public const string Send = "send";
    public const string Ask = "ask";

    /// <summary>In five minutes, from one address: a whole hospital may share one. What protects one account is its own lockout.</summary>
    public int Guesses { get; init; } = 60;

    /// <summary>In an hour, by one person.</summary>
    public int Sends { get; init; } = 60;

    /// <summary>In five minutes, by one person: in an emergency nobody is kept out by what others of the same hospital did.</summary>
    public int Asks { get; init; } = 20;

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Limits>();
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            o.AddPolicy(Guess, http => Window(http, http.Connection.RemoteIpAddress?.ToString() ?? "", l => l.Guesses, TimeSpan.FromMinutes(5)));
            o.AddPolicy(Send, http => Window(http, PersonOf(http), l => l.Sends, TimeSpan.FromHours(1)));
            o.AddPolicy(Ask, http => Window(http, PersonOf(http), l => l.Asks, TimeSpan.FromMinutes(5)));
        });
    }

    private static string PersonOf(HttpContext http) => SignIns.Of(http)?.PersonId.ToString() ?? http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static RateLimitPartition<string> Window(HttpContext http, string who, Func<Limits, int> many, TimeSpan window) => !HttpMethods.IsPost(http.Request.Method)
        ? RateLimitPartition.GetNoLimiter("look")
        : RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = many(http.RequestServices.GetRequiredService<Limits>()), Window = window });
}
