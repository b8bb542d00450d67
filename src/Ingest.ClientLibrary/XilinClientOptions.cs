using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary;

/// <summary>
/// Where the service is, who signs in there, and what the caller wants to hear. Name <see cref="Server"/> or <see cref="Broker"/>, not
/// both.
/// </summary>
public sealed class XilinClientOptions
{
    /// <summary>The service over HTTP, such as <c>http://127.0.0.1:5080</c>, without user and password.</summary>
    public Uri? Server { get; init; }

    /// <summary>The access key for <see cref="Server"/>; it begins with <c>xk_</c>. Null: the service asks for none.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The message broker over AMQP.</summary>
    public BrokerConnectionSettings? Broker { get; init; }

    /// <summary>For how long a submission is tried and waits for its receipt; positive. Default: 20 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The path of a unit in the division tree, such as <c>32.04.04.004.201</c>; arguments are its code and the month (<c>yyyy-MM</c>).
    /// AMQP only, where it is the routing key. Null, or a null result: the path that the code alone tells.
    /// </summary>
    public Func<string, string, string?>? UnitPath { get; init; }

    /// <summary>
    /// Takes receipts of submissions that this client did not send, such as those of an earlier process. A receipt leaves the queue when
    /// the call returns; it may be called on any thread and for the same receipt again. AMQP only. Null: these receipts stay in the queue.
    /// </summary>
    public Action<SubmissionReceipt>? OnOtherReceipt { get; init; }

    /// <summary>
    /// Called with the reason when the connection of <see cref="XilinClient.WatchAsync"/> is lost; the client then connects again.
    /// </summary>
    public Action<string>? OnDisconnected { get; init; }

    /// <summary>
    /// Called with a description of a message on the receipt queue that is no receipt; the message is dropped. AMQP only.
    /// </summary>
    public Action<string>? OnInvalidMessage { get; init; }
}
