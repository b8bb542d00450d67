using System.Threading.Channels;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Admin.Federation;

/// <summary>
/// Runs again whenever the lower installation publishes totals of the unit, and once a minute, because a run may have met a month in
/// change. While an installation is away it tries again after a pause.
/// </summary>
/// <param name="feed">The live feed of the lower installation, which reconnects by itself.</param>
/// <param name="unit">The unit.</param>
/// <param name="run">The run.</param>
/// <param name="output">What is printed.</param>
/// <param name="clock">The clock of the pauses.</param>
internal sealed class FederationWatch(
    XilinClient feed, string unit, FederationRun run, FederationConsole output, TimeProvider clock)
{
    private static readonly TimeSpan RunInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    // A burst of publications is one run.
    private static readonly TimeSpan BurstPause = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _publications =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="InstallationException">An installation refuses, or the two catalogues lack the unit.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var following = FollowAsync(cancellationToken);
        var pause = FirstPause;
        while (true)
        {
            TimeSpan wait;
            try
            {
                output.PrintWatched(await run.RunAsync(cancellationToken));
                (wait, pause) = (RunInterval, FirstPause);
            }
            catch (InstallationException exception) when (exception.IsAway)
            {
                output.PrintAway(exception);
                (wait, pause) = (pause, pause * 2 < MaxPause ? pause * 2 : MaxPause);
            }

            await WaitAsync(wait, cancellationToken);
            await Task.Delay(BurstPause, clock, cancellationToken);
            if (following.IsFaulted)
            {
                following = FollowAsync(cancellationToken);
            }
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(wait);
        try
        {
            await _publications.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var result in feed.WatchAsync(cancellationToken: cancellationToken))
        {
            if (result.Read<TotalsPublished>()?.Unit == unit)
            {
                _publications.Writer.TryWrite(true);
            }
        }
    }
}
