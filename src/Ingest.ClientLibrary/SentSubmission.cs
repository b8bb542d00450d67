using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary;

/// <summary>A submission that the broker has confirmed or the service has answered.</summary>
public sealed class SentSubmission
{
    internal SentSubmission(Guid id, Task<SubmissionReply> reply) => (Id, Reply) = (id, reply);

    /// <summary>The submission's id.</summary>
    public Guid Id { get; }

    /// <summary>
    /// Completes with the service's reply. It fails with <see cref="TransportUnavailableException"/> if no receipt came in time, and is
    /// cancelled by the token that was given to <see cref="XilinClient.SendAsync"/>.
    /// </summary>
    public Task<SubmissionReply> Reply { get; }
}

/// <summary>The service's reply: a receipt, or a problem if it could not read the submission.</summary>
/// <param name="Receipt">The receipt with the verdict and all findings; null if there is a problem.</param>
/// <param name="Problem">The reason why the service could not read the submission, as sent by the service; null if there is a receipt. HTTP
/// only.</param>
public sealed record SubmissionReply(SubmissionReceipt? Receipt, string? Problem = null);
