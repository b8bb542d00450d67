using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace XilinIngest.Storage;

/// <summary>The one retry of the project: whole transactions, passing faults only, bounded, with jitter.</summary>
public static class Retries
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    public static ResiliencePipeline Create(ILogger logger) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<SqliteException>(IsPassing),
            MaxRetryAttempts = 6,
            Delay = TimeSpan.FromMilliseconds(20),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = arguments =>
            {
                logger.LogWarning("Storage is busy ({Reason}); attempt {Attempt}.", arguments.Outcome.Exception?.Message, arguments.AttemptNumber + 1);
                return default;
            },
        })
        .Build();

    public static bool IsPassing(SqliteException exception) => exception.SqliteErrorCode is SqliteBusy or SqliteLocked;
}
