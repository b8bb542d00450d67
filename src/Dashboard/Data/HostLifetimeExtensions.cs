using Microsoft.Extensions.Hosting;

namespace XilinIngest.Dashboard.Data;

/// <summary>In one process, the service that is asked listens only once all of the host has started.</summary>
internal static class HostLifetimeExtensions
{
    public static async Task WaitForStartAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
