using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace XilinIngest.Hosting.Access;

/// <summary>The rate limits of the intake and the sign-in: a token bucket for each caller, so that one cannot starve the others.</summary>
public static class RateLimits
{
    public const string Intake = "intake";
    public const string SignIn = "sign-in";

    /// <summary>The number of open streams for each caller.</summary>
    public const string Streams = "streams";

    private const int MaxStreams = 20;

    internal static void Add(RateLimiterOptions limiter, AccessOptions options)
    {
        // Without sign-in, callers cannot be distinguished, and all of them are on this machine.
        limiter.AddPolicy(Intake, context => Caller.FromPrincipal(context.User) is { IsLocalTrusted: false } caller
            ? TokenBucket($"{caller.Key} {caller.Name}", options.IntakePerMinute)
            : RateLimitPartition.GetNoLimiter(""));
        limiter.AddPolicy(Streams, context => Caller.FromPrincipal(context.User) is { IsLocalTrusted: false } caller
            ? RateLimitPartition.GetConcurrencyLimiter($"{caller.Key} {caller.Name}",
                _ => new ConcurrencyLimiterOptions { PermitLimit = MaxStreams })
            : RateLimitPartition.GetNoLimiter(""));
        limiter.AddPolicy(SignIn, context => TokenBucket($"{context.Connection.RemoteIpAddress}", options.SignInsPerMinute));
        limiter.OnRejected = async (rejected, cancellationToken) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
                ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            var http = rejected.HttpContext;
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            await Results.Problem(
                $"请求过于频繁，请在 {wait} 秒后重试；多份报表可合并在一个请求中报送。 / Too many requests; try again in {wait} s. Several submissions may be sent in "
                + "one request.",
                statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
        };
    }

    private static RateLimitPartition<string> TokenBucket(string caller, int perMinute) =>
        RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = perMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1) / perMinute,
            QueueLimit = 0,
        });
}
