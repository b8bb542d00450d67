using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary;

/// <summary>The service, the sign-in and the callbacks of a client. Set <see cref="Server"/> or <see cref="Broker"/>, not both.</summary>
public sealed class XilinClientOptions
{
    /// <summary>The service over HTTP, such as <c>http://127.0.0.1:5080</c>, without user and password.</summary>
    public Uri? Server { get; init; }

    /// <summary>The access key for <see cref="Server"/>; it begins with <c>xk_</c>. Null: the service does not require one.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The message broker over AMQP.</summary>
    public BrokerConnectionSettings? Broker { get; init; }

    /// <summary>How long a submission is retried and waits for its receipt; positive. Default: 20 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The path of a unit in the division tree, such as <c>32.04.04.004.201</c>. The arguments are its code and the month (<c>yyyy-MM</c>).
    /// AMQP only: it is the routing key. Null, or a null result: the path is derived from the code.
    /// </summary>
    public Func<string, string, string?>? UnitPath { get; init; }

    /// <summary>
    /// Receives receipts of submissions that this client did not send, such as those of an earlier process. A receipt leaves the queue when
    /// the call returns. The call may come on any thread, and twice for the same receipt. AMQP only. Null: these receipts stay in the
    /// queue.
    /// </summary>
    public Action<SubmissionReceipt>? OnOtherReceipt { get; init; }

    /// <summary>
    /// Called with the reason when the connection of <see cref="XilinClient.WatchAsync"/> is lost; the client then reconnects.
    /// </summary>
    public Action<string>? OnDisconnected { get; init; }

    /// <summary>
    /// Called with a description of a message on the receipt queue that is not a receipt; the message is dropped. AMQP only.
    /// </summary>
    public Action<string>? OnInvalidMessage { get; init; }
}
