using System.Runtime.CompilerServices;
using XilinIngest.ClientLibrary.Feeds;
using XilinIngest.ClientLibrary.Transports;
using XilinIngest.Contracts;
using XilinIngest.InputOutput;

namespace XilinIngest.ClientLibrary;

/// <summary>
/// Submits monthly figures and follows results, over HTTP or AMQP. Safe for concurrent use; one instance for each service is enough. It
/// stores nothing on disk. A caller that must not lose a submission stores it until the receipt has arrived.
/// </summary>
public sealed class XilinClient : IAsyncDisposable
{
    private readonly XilinClientOptions _options;
    private readonly ISubmissionTransport _transport;

    private XilinClient(XilinClientOptions options, ISubmissionTransport transport) => (_options, _transport) = (options, transport);

    /// <summary>
    /// The recommended number of concurrent submissions of different units. Submissions of one unit are sent one after the other.
    /// </summary>
    public int MaxConcurrency => _transport.MaxConcurrency;

    /// <summary>Creates a client. The connection is opened when it is first needed, and again after a loss.</summary>
    /// <param name="options">The service and the sign-in.</param>
    /// <returns>The client; dispose of it at the end.</returns>
    /// <exception cref="ClientConfigurationException">The options name no service, two services, or an address that is not HTTP, or the
    /// timeout is not positive.</exception>
    public static XilinClient Connect(XilinClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Timeout <= TimeSpan.Zero)
        {
            throw new ClientConfigurationException("Timeout 须大于零。", "Timeout must be positive.");
        }

        return (options.Server, options.Broker) switch
        {
            ({ IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" }, null) =>
                new(options, new HttpTransport(CreateHttpClient(options, options.Timeout), options.Timeout, TimeProvider.System)),
            (null, not null) => new(options, new AmqpTransport(options)),
            (not null, null) => throw new ClientConfigurationException(
                "Server 须是不含用户名和密码的 http 或 https 地址。", "Server must be an http or https address without user and password."),
            _ => throw new ClientConfigurationException("须给出 Server 或 Broker 之一。", "Name either Server or Broker."),
        };
    }

    /// <summary>Sends a submission; see <see cref="SendAsync"/>.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="cancellationToken">Cancels the sending and the wait for the receipt.</param>
    /// <returns>The submission with its awaitable reply.</returns>
    /// <exception cref="TransportUnavailableException">It could not be sent within <see cref="XilinClientOptions.Timeout"/>.</exception>
    public Task<SentSubmission> SubmitAsync(SubmitIndicators submission, CancellationToken cancellationToken = default) =>
        SendAsync(SubmissionMessage.From(submission), cancellationToken);

    /// <summary>
    /// Sends a submission and retries within <see cref="XilinClientOptions.Timeout"/>. Returns over AMQP when the broker has confirmed it,
    /// and over HTTP when the service has replied.
    /// </summary>
    /// <param name="message">The submission.</param>
    /// <param name="cancellationToken">Cancels the sending and the wait for the receipt.</param>
    /// <returns>The submission with its awaitable reply.</returns>
    /// <exception cref="TransportUnavailableException">It could not be sent in time; it is unknown whether it arrived.</exception>
    public async Task<SentSubmission> SendAsync(SubmissionMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var activity = ClientTelemetry.StartSubmit(message);
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reply = _transport.SendAsync(message, () => confirmed.TrySetResult(), cancellationToken);
        await Task.WhenAny(confirmed.Task, reply);
        if (!confirmed.Task.IsCompleted)
        {
            await reply;
        }

        return new(message.Id, reply);
    }

    /// <summary>
    /// Follows results as they are published, without end: rankings, alerts, reviews, closings and reopenings of months, over HTTP also
    /// totals. Reconnects after a loss. Over HTTP it resumes from the last event received; over AMQP, results published during the loss are
    /// missed.
    /// </summary>
    /// <param name="since">HTTP: the id of the last known event, <c>0</c> for all events; null: from now on. AMQP: not used.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The results, in the order of publication.</returns>
    /// <exception cref="TransportUnavailableException">The user may not read results from the broker.</exception>
    public async IAsyncEnumerable<ResultEvent> WatchAsync(
        string? since = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var onDisconnected = _options.OnDisconnected ?? (_ => { });
        using var service = _options.Broker is null ? CreateHttpClient(_options, Timeout.InfiniteTimeSpan) : null;
        var events = _options.Broker is { } broker
            ? new AmqpFeed(broker, ["ranking.#", "alert.#", "review.#", "month.#"], onDisconnected).FollowAsync(cancellationToken)
            : new HttpFeed(service!, since, onDisconnected).FollowAsync(cancellationToken);
        await foreach (var result in events)
        {
            yield return result;
        }
    }

    /// <summary>Closes the connection. Submissions that wait for a receipt fail.</summary>
    /// <returns>Completes when the connection is closed.</returns>
    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private static HttpClient CreateHttpClient(XilinClientOptions options, TimeSpan timeout)
    {
        var address = options.Server!.AbsoluteUri;
        return new(new ConnectionFaultHandler())
        {
            BaseAddress = address.EndsWith('/') ? options.Server : new Uri(address + "/"),
            Timeout = timeout,
            DefaultRequestHeaders = { Authorization = options.AccessKey is { } key ? new("Bearer", key) : null },
        };
    }
}
