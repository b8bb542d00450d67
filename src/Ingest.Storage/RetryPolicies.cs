using System.Data.Common;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace XilinIngest.Storage;

/// <summary>The retries of the project: whole transactions, with pauses that grow, and jitter.</summary>
public static class RetryPolicies
{
    private const int MaxAttempts = 3;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    /// <summary>For a fault that passes within moments, a few times; what lasts longer is thrown.</summary>
    public static ResiliencePipeline RetryTransient(ILogger logger) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DbException>(StorageFault.IsTransient),
            MaxRetryAttempts = MaxAttempts,
            Delay = TimeSpan.FromMilliseconds(20),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = arguments =>
            {
                // Once: what the last try fails for is told by who asked.
                if (arguments.AttemptNumber == 0)
                {
                    logger.LogWarning("The database did not do it ({Reason}); the whole transaction is tried again, {Times} times at most.", arguments.Outcome.Exception?.Message, MaxAttempts);
                }

                return default;
            },
        })
        .Build();

    /// <summary>For what cannot go on without: tries until it works, more and more rarely, at least every half minute. No one who waits for it tries meanwhile.</summary>
    /// <param name="failed">Told of every failure, before the pause.</param>
    /// <param name="isFinal">What no waiting mends, and is thrown; null: nothing.</param>
    public static ResiliencePipeline RetryUntilRecovered(Action<Exception> failed, Func<Exception, bool>? isFinal = null) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && isFinal?.Invoke(exception) != true && !arguments.Context.CancellationToken.IsCancellationRequested),
            MaxRetryAttempts = int.MaxValue,
            Delay = FirstDelay,
            MaxDelay = MaxDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = arguments =>
            {
                failed(arguments.Outcome.Exception!);
                return default;
            },
        })
        .Build();
}
