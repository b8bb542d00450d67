namespace XilinIngest.Dashboard.Data;

/// <summary>Waits for the start of the host, because a service in the same process listens only after that.</summary>
internal static class HostLifetimeExtensions
{
    public static async Task WaitForStartAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
