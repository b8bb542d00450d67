using System.Data.Common;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace XilinIngest.Storage;

/// <summary>The retry policies for databases, files and locks.</summary>
public static class RetryPolicies
{
    private const int MaxTransientRetries = 3;
    private static readonly TimeSpan LockRetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    /// <summary>Retries a whole transaction a few times after a transient database fault.</summary>
    public static ResiliencePipeline RetryTransient(ILogger logger) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DbException>(StorageFault.IsTransient),
            MaxRetryAttempts = MaxTransientRetries,
            Delay = TimeSpan.FromMilliseconds(20),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = arguments =>
            {
                // Logged once. The caller reports the last failure.
                if (arguments.AttemptNumber == 0)
                {
                    logger.LogWarning(
                        "Transaction failed ({Reason}); retrying, at most {Times} times.", arguments.Outcome.Exception?.Message,
                        MaxTransientRetries);
                }

                return default;
            },
        })
        .Build();

    /// <summary>
    /// Retries without limit, with a growing delay of at most five seconds: a database that answers again is used at once.
    /// </summary>
    /// <param name="failed">Called for every failure, before the delay.</param>
    /// <param name="isFinal">Whether an exception is permanent and is thrown; null: none is.</param>
    public static ResiliencePipeline RetryUntilRecovered(Action<Exception> failed, Func<Exception, bool>? isFinal = null) =>
        new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is { } exception
                && isFinal?.Invoke(exception) != true
                && !arguments.Context.CancellationToken.IsCancellationRequested),
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

    /// <summary>Retries without limit, each time after a recovery that something else signals.</summary>
    /// <param name="shouldRetry">Which exceptions of the type a recovery ends.</param>
    /// <param name="recovered">Completes at the recovery from an exception.</param>
    public static ResiliencePipeline RetryAfter<TException>(Func<TException, bool> shouldRetry, Func<TException, Task> recovered)
        where TException : Exception => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle(shouldRetry),
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.Zero,
            OnRetry = async arguments =>
                await recovered((TException)arguments.Outcome.Exception!).WaitAsync(arguments.Context.CancellationToken),
        })
        .Build();

    /// <summary>Waits up to a minute for a lease that another process holds. Null: it was not released.</summary>
    public static ResiliencePipeline<IDisposable?> WaitForLease { get; } = RetryWhileNull(maxRetries: 1_200);

    /// <summary>Waits two seconds for a file lock that another command holds. Null: it was not released.</summary>
    public static ResiliencePipeline<IDisposable?> WaitForFileLock { get; } = RetryWhileNull(maxRetries: 40);

    /// <summary>
    /// Reads again, without a delay, if another process changed the data during the reading. Returns the last reading if all attempts were
    /// disturbed.
    /// </summary>
    /// <param name="isConsistent">Whether nothing was changed during the reading.</param>
    /// <param name="maxAttempts">The number of readings.</param>
    /// <param name="delay">The pause before the next one.</param>
    public static ResiliencePipeline<T> RereadUntil<T>(
        Func<T, bool> isConsistent, int maxAttempts, TimeSpan delay = default) => new ResiliencePipelineBuilder<T>()
        .AddRetry(new RetryStrategyOptions<T>
        {
            ShouldHandle =
            arguments => ValueTask.FromResult(arguments.Outcome.Exception is null && !isConsistent(arguments.Outcome.Result!)),
            MaxRetryAttempts = maxAttempts - 1,
            Delay = delay,
        })
        .Build();

    private static ResiliencePipeline<IDisposable?> RetryWhileNull(int maxRetries) => new ResiliencePipelineBuilder<IDisposable?>()
        .AddRetry(new RetryStrategyOptions<IDisposable?>
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome is { Exception: null, Result: null }),
            MaxRetryAttempts = maxRetries,
            Delay = LockRetryDelay,
            BackoffType = DelayBackoffType.Constant,
        })
        .Build();
}
