namespace XilinIngest.ClientLibrary;

/// <summary>
/// The service or the broker cannot be reached, does not respond, or denies access. It is unknown whether a submission arrived. Send it
/// again with the same id; it then gets the same receipt. <see cref="Exception.Message"/> is English.
/// </summary>
public sealed class TransportUnavailableException : Exception
{
    internal TransportUnavailableException(TransportFailure failure, string messageZh, string messageEn, Exception? inner = null)
        : base(messageEn, inner) => (Failure, MessageZh) = (failure, messageZh);

    /// <summary>The kind of failure.</summary>
    public TransportFailure Failure { get; }

    /// <summary>The message in Chinese.</summary>
    public string MessageZh { get; }

    /// <summary>Whether every retry fails until someone changes a key or a right.</summary>
    public bool IsPermanent => Failure
        is TransportFailure.UnknownAccessKey or TransportFailure.Forbidden or TransportFailure.RefusedByBroker;

    /// <summary>Whether only this submission cannot be sent; others may be.</summary>
    public bool AffectsOnlyThisSubmission => Failure is TransportFailure.Forbidden or TransportFailure.RefusedByBroker;
}

/// <summary>Why a service or a broker cannot be used.</summary>
public enum TransportFailure
{
    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>The broker confirmed the submission, but no receipt came in time.</summary>
    NoReceipt,

    /// <summary>The service responded with an error, or with something other than a receipt of this submission.</summary>
    UnexpectedAnswer,

    /// <summary>The access key is missing or unknown.</summary>
    UnknownAccessKey,

    /// <summary>The caller has no right to do this.</summary>
    Forbidden,

    /// <summary>The broker refuses the message or the queue because of the user's rights.</summary>
    RefusedByBroker,
}
