using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Threading.Channels;
using XilinIngest.InputOutput;

namespace XilinIngest.Dashboard.Data;

/// <summary>
/// Follows the live feed of results, once for all viewers, and notifies them of changes. Pages then query the services again, so that
/// a page shows only what a service answered.
/// </summary>
internal sealed class LiveFeed(ServiceTransport http, IHostApplicationLifetime lifetime, ILogger<LiveFeed> logger) : BackgroundService
{
    // At a thousand submissions per second, a page is still rendered only a few times per second.
    private static readonly TimeSpan MinNotifyInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // Deadlines expire and months are locked without an event.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(1);

    // What the feed tells of the results that follow, if a reader asks for it.
    private const string TraceEvent = "TraceContext";

    private static readonly ActivitySource Source = new("XilinIngest.Dashboard");

    private readonly Channel<bool> _events =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _revision;
    private string? _trace;

    /// <summary>Raised on a background thread when something may have changed.</summary>
    public event Action? Changed;

    /// <summary>The number of notifications so far.</summary>
    public long Revision => Interlocked.Read(ref _revision);

    /// <summary>Whether the feed is connected.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Notifies viewers of a change outside the results, such as a submission.</summary>
    public void Notify() => _events.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WaitForStartAsync(stoppingToken);
        await Task.WhenAll(FollowAsync(stoppingToken), NotifyAsync(stoppingToken));
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        string? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var answer = await ReadTimeoutStream.WithTimeoutAsync(
                    token => http.SendAsync(HttpMethod.Get, "/api/results/stream", null, token, request =>
                    {
                        if (last is not null)
                        {
                            request.Headers.Add("Last-Event-ID", last);
                        }

                        if (Source.HasListeners())
                        {
                            request.Headers.Add("Xilin-Trace", "1");
                        }
                    }),
                    ReadTimeoutStream.IdleTimeout,
                    stoppingToken);
                answer.EnsureSuccessStatusCode();
                await using var stream =
                    new ReadTimeoutStream(await answer.Content.ReadAsStreamAsync(stoppingToken), ReadTimeoutStream.IdleTimeout);
                SetConnected(true);
                var parser = SseParser.Create(stream);
                await foreach (var each in parser.EnumerateAsync(stoppingToken))
                {
                    if (each.EventType == TraceEvent)
                    {
                        _trace = each.Data;
                        continue;
                    }

                    last = parser.LastEventId;
                    Notify();
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                if (IsConnected && !lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    logger.LogWarning("The feed of results broke off: {Reason} 结果推送中断，正在重连。", exception.Message);
                }
            }

            SetConnected(false);
            await Task.Delay(RetryDelay, stoppingToken);
        }
    }

    // The pages query the services within it, and so go on with the trace of the step whose results they show.
    private Activity? StartNotification() =>
        Interlocked.Exchange(ref _trace, null) is { } trace && ActivityContext.TryParse(trace, null, isRemote: true, out var step)
            ? Source.StartActivity("notify viewers", ActivityKind.Consumer, step)
                ?.SetTag("xilin.viewers", Changed?.GetInvocationList().Length ?? 0)
            : null;

    private void SetConnected(bool connected)
    {
        if (IsConnected != connected)
        {
            IsConnected = connected;
            Notify();
        }
    }

    private async Task NotifyAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            wait.CancelAfter(RefreshInterval);
            try
            {
                await _events.Reader.ReadAsync(wait.Token);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
            }

            Interlocked.Increment(ref _revision);
            using (StartNotification())
            {
                Changed?.Invoke();
            }

            await Task.Delay(MinNotifyInterval, stoppingToken);
        }
    }
}
