using System.Runtime.CompilerServices;
using XilinIngest.ClientLibrary.Feeds;
using XilinIngest.ClientLibrary.Transports;
using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary;

/// <summary>
/// Submits monthly figures and follows results, over HTTP or AMQP. Safe for concurrent use; one instance for each service is enough.
/// It keeps nothing on disk: a caller that must not lose a submission keeps it until the receipt has come.
/// </summary>
public sealed class XilinClient : IAsyncDisposable
{
    private readonly XilinClientOptions _options;
    private readonly ISubmissionTransport _transport;

    private XilinClient(XilinClientOptions options, ISubmissionTransport transport) => (_options, _transport) = (options, transport);

    /// <summary>
    /// How many submissions of different units are best on their way at once. Submissions of one unit go one after the other.
    /// </summary>
    public int MaxConcurrency => _transport.MaxConcurrency;

    /// <summary>Makes a client. The connection is made when it is first needed, and again when it is lost.</summary>
    /// <param name="options">Where the service is.</param>
    /// <returns>The client; dispose of it at the end.</returns>
    /// <exception cref="ClientConfigurationException">The options name no service, two, or one that is no HTTP address, or the timeout is
    /// not positive.</exception>
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
    /// <param name="cancellationToken">Ends the sending and the waiting for the receipt.</param>
    /// <returns>The submission with its awaitable reply.</returns>
    /// <exception cref="TransportUnavailableException">It could not be sent within <see cref="XilinClientOptions.Timeout"/>.</exception>
    public Task<SentSubmission> SubmitAsync(SubmitIndicators submission, CancellationToken cancellationToken = default) =>
        SendAsync(SubmissionMessage.From(submission), cancellationToken);

    /// <summary>
    /// Sends a submission and tries again while <see cref="XilinClientOptions.Timeout"/> lasts. Returns over AMQP when the broker has
    /// confirmed it, and over HTTP when the service has answered.
    /// </summary>
    /// <param name="message">The submission.</param>
    /// <param name="cancellationToken">Ends the sending and the waiting for the receipt.</param>
    /// <returns>The submission with its awaitable reply.</returns>
    /// <exception cref="TransportUnavailableException">It could not be sent in time; it is not known whether it arrived.</exception>
    public async Task<SentSubmission> SendAsync(SubmissionMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
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
    /// Results as they are published, without end: rankings and alerts, over HTTP totals too. Connects again after a loss: over HTTP from
    /// the last event that was seen; over AMQP what is published while the connection is down is not seen.
    /// </summary>
    /// <param name="since">HTTP: the id of the last event that is known, <c>0</c> for all events; null: from now on. AMQP: not
    /// used.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The results, in the order of publication.</returns>
    /// <exception cref="TransportUnavailableException">The broker does not let the user read results.</exception>
    public async IAsyncEnumerable<ResultEvent> WatchAsync(
        string? since = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var onDisconnected = _options.OnDisconnected ?? (_ => { });
        using var service = _options.Broker is null ? CreateHttpClient(_options, Timeout.InfiniteTimeSpan) : null;
        var events = _options.Broker is { } broker
            ? new AmqpFeed(broker, ["ranking.#", "alert.#"], onDisconnected).FollowAsync(cancellationToken)
            : new HttpFeed(service!, since, onDisconnected).FollowAsync(cancellationToken);
        await foreach (var result in events)
        {
            yield return result;
        }
    }

    /// <summary>Closes the connection. Submissions that wait for a receipt fail.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private static HttpClient CreateHttpClient(XilinClientOptions options, TimeSpan timeout)
    {
        var address = options.Server!.AbsoluteUri;
        return new()
        {
            BaseAddress = address.EndsWith('/') ? options.Server : new Uri(address + "/"),
            Timeout = timeout,
            DefaultRequestHeaders = { Authorization = options.AccessKey is { } key ? new("Bearer", key) : null },
        };
    }
}
