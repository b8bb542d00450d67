namespace XilinIngest.ClientLibrary.Transports;

/// <summary>The way to the service: HTTP or AMQP.</summary>
internal interface ISubmissionTransport : IAsyncDisposable
{
    /// <summary>How many submissions may be on their way at once.</summary>
    int MaxConcurrency { get; }

    /// <summary>Sends one submission and waits for its reply. Sent again, it gets the same one.</summary>
    /// <param name="message">The submission.</param>
    /// <param name="onConfirmed">Called when the other end has it safe.</param>
    /// <param name="cancellationToken">Ends the sending and the waiting.</param>
    /// <exception cref="TransportUnavailableException">There is no reply: it is not known whether the service has the
    /// submission.</exception>
    Task<SubmissionReply> SendAsync(SubmissionMessage message, Action onConfirmed, CancellationToken cancellationToken);
}
