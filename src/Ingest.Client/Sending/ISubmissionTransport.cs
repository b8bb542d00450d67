using XilinIngest.Client.Outbox;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Sending;

/// <summary>The way to the service: HTTP, or a message queue.</summary>
internal interface ISubmissionTransport : IAsyncDisposable
{
    /// <summary>How many are on their way at once at most.</summary>
    int MaxConcurrency { get; }

    /// <summary>Sends one submission and waits for its answer. Sent again, it gets the same one.</summary>
    /// <exception cref="TransportUnavailableException">There is no answer: it is not known whether the service has it.</exception>
    Task<SubmissionReply> SendAsync(OutboxEntry entry, CancellationToken cancellationToken);
}

/// <summary>The receipt, or, in the service's own words, why there can be none.</summary>
internal sealed record SubmissionReply(SubmissionReceipt? Receipt, string? Problem = null);

/// <summary>The service cannot be reached, does not answer, or says that it cannot take anything now.</summary>
internal sealed class TransportUnavailableException(string zh, string en, Exception? inner = null) : Exception(en, inner)
{
    public string MessageZh { get; } = zh;

    /// <summary>Whether another try would end alike: someone has to do something first.</summary>
    public bool IsPermanent { get; init; }

    /// <summary>Whether it was this submission alone that did not get through: the others may.</summary>
    public bool AffectsOnlyThisEntry { get; init; }
}
