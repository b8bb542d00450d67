using Polly;
using Polly.Retry;

namespace XilinIngest.Messaging;

/// <summary>The retry policy for messages that the broker does not confirm, or rejects.</summary>
internal static class PublishRetryPolicy
{
    /// <summary>
    /// The number of attempts for one message. A message that the broker rejects every time, for instance because of its size, is then
    /// given up.
    /// </summary>
    public const int MaxAttempts = 6;

    // A broker rejects a message at once, for instance while the leader of a queue is being elected.
    private static readonly TimeSpan RejectedDelay = TimeSpan.FromSeconds(2);

    /// <param name="notConfirmed">Called before each further attempt, with what happened: an English sentence.</param>
    /// <param name="clock">Measures the delays; null: the system's.</param>
    public static ResiliencePipeline Create(Action<string> notConfirmed, TimeProvider? clock = null) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<MissingConfirmException>().Handle<MessageRejectedException>(),
            MaxRetryAttempts = MaxAttempts - 1,

            // An attempt that was not confirmed has already waited.
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(
                attempt.Outcome.Exception is MessageRejectedException ? RejectedDelay : TimeSpan.Zero),
            OnRetry = attempt =>
            {
                notConfirmed(attempt.Outcome.Exception!.Message);
                return default;
            },
        })
        .Build();
}

/// <summary>The broker is connected and did not confirm a message in time.</summary>
internal sealed class MissingConfirmException(string destination)
    : Exception($"The broker is connected but did not confirm a message for {destination} in time.");

/// <summary>The broker did not keep a message, for instance because a queue is full.</summary>
internal sealed class MessageRejectedException(string destination) : Exception($"The broker rejected a message for {destination}.");
