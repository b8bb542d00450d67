namespace XilinIngest.ClientLibrary.Transports;

/// <summary>The transport to the service: HTTP or AMQP.</summary>
internal interface ISubmissionTransport : IAsyncDisposable
{
    /// <summary>The maximum number of concurrent submissions.</summary>
    int MaxConcurrency { get; }

    /// <summary>Sends one submission and waits for its reply. A resend gets the same reply.</summary>
    /// <param name="message">The submission.</param>
    /// <param name="onConfirmed">Called when the other end has stored the submission.</param>
    /// <param name="cancellationToken">Cancels the sending and the wait.</param>
    /// <exception cref="TransportUnavailableException">There is no reply; it is unknown whether the service has the submission.</exception>
    Task<SubmissionReply> SendAsync(SubmissionMessage message, Action onConfirmed, CancellationToken cancellationToken);
}
