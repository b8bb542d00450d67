using Polly;
using Polly.Retry;

namespace XilinIngest.Messaging;

/// <summary>The retry policy for messages that the broker does not confirm.</summary>
internal static class PublishRetryPolicy
{
    /// <summary>
    /// The number of attempts for one message. A message that the broker rejects every time, for instance because of its size, is then
    /// given up.
    /// </summary>
    public const int MaxAttempts = 6;

    /// <param name="notConfirmed">Called before each further attempt.</param>
    public static ResiliencePipeline Create(Action notConfirmed) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<MissingConfirmException>(),
            MaxRetryAttempts = MaxAttempts - 1,

            // An attempt has already waited for its confirm.
            Delay = TimeSpan.Zero,
            OnRetry = _ =>
            {
                notConfirmed();
                return default;
            },
        })
        .Build();
}

/// <summary>The broker is connected and did not confirm a message in time.</summary>
internal sealed class MissingConfirmException : Exception;
