using Microsoft.Extensions.Logging;
using Polly;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Whether the ledger can be written and read. While it cannot be written, no submission is accepted, and the ledger is probed until it
/// recovers.
/// </summary>
internal sealed class LedgerAvailability
{
    private static readonly TimeSpan FirstProbeDelay = TimeSpan.FromSeconds(1);

    // A commit takes milliseconds, and a hundred times that under load. A call that takes longer shows that the database hangs.
    private static readonly TimeSpan DatabaseCallTimeout = TimeSpan.FromSeconds(6);

    private readonly LedgerStore _store;
    private readonly SubmissionQueue _queue;
    private readonly ResiliencePipeline _retryTransient;
    private readonly ILogger _logger;
    private long _databaseCallStartedAt;
    private long _commitCount;
    private volatile StorageFault? _writeFault;
    private volatile TaskCompletionSource _recovery = NewRecoverySource();

    public LedgerAvailability(LedgerStore store, SubmissionQueue queue, ILogger logger)
    {
        (_store, _queue, _logger) = (store, queue, logger);
        _retryTransient = RetryPolicies.RetryTransient(logger);
    }

    /// <summary>The newest failed commit; null after a commit succeeded. The health endpoint reports it.</summary>
    public Exception? LastCommitError { get; private set; }

    /// <summary>Why the ledger cannot be written; null: it can. While it cannot, no submission is accepted.</summary>
    public StorageFault? WriteFault => _writeFault;

    /// <summary>The fault of a database that does not answer a call; null: it answers.</summary>
    public LedgerUnavailableException? DatabaseTimeout
    {
        get
        {
            var startedAt = Volatile.Read(ref _databaseCallStartedAt);
            if (startedAt == 0)
            {
                return null;
            }

            var elapsed = TimeProvider.System.GetElapsedTime(startedAt);
            return elapsed > DatabaseCallTimeout ? LedgerUnavailableException.DatabaseTimeout(_store.Name, elapsed) : null;
        }
    }

    /// <summary>Completes when the ledger can be written again, or the service stops.</summary>
    public Task Recovered => _writeFault is null ? Task.CompletedTask : _recovery.Task;

    /// <exception cref="LedgerUnavailableException">The ledger cannot be written.</exception>
    public void EnsureWritable()
    {
        if (_writeFault is { } fault)
        {
            throw LedgerUnavailableException.FromFault(fault);
        }
    }

    /// <summary>Why nothing can be written, by the exception of a commit; null: it is of a submission.</summary>
    public static StorageFault? FindFault(Exception exception, string name) =>
        exception is SigningKeyReplacedException replaced ? replaced.Fault : StorageFault.FromException(exception, name);

    /// <summary>Runs a call to the database. Transient faults are retried; a call that hangs becomes visible.</summary>
    public T Run<T>(Func<T> call) => _retryTransient.Execute(() =>
    {
        Volatile.Write(ref _databaseCallStartedAt, TimeProvider.System.GetTimestamp());
        try
        {
            return call();
        }
        finally
        {
            Volatile.Write(ref _databaseCallStartedAt, 0);
        }
    });

    /// <summary>Reads from the ledger while no submission arrives, so that a fault is detected before the first submission waits.</summary>
    public void ProbeRead()
    {
        try
        {
            Run(() =>
            {
                _store.ProbeRead();
                return true;
            });
        }
        catch (Exception exception) when (StorageFault.FromProbeException(exception, _store.Name) is not null)
        {
            Pause(exception);
        }
    }

    /// <summary>Probes until the ledger can be written. Needs no submission, so that the service recovers although nobody sends.</summary>
    public async Task WaitUntilWritableAsync(CancellationToken stoppingToken)
    {
        if (_writeFault is null)
        {
            return;
        }

        // The first delay limits how often the service pauses and resumes when the probe finds space but a batch does not.
        _queue.RejectAll(() => LedgerUnavailableException.FromFault(_writeFault));
        await Task.Delay(FirstProbeDelay, TimeProvider.System, stoppingToken);
        var recovery = RetryPolicies.RetryUntilRecovered(Pause);
        await recovery.ExecuteAsync(async _ => await Task.Run(ProbeWrite, CancellationToken.None), stoppingToken);
    }

    /// <summary>Writes to the ledger, and accepts submissions again if that succeeds.</summary>
    public void ProbeWrite()
    {
        _store.ProbeWrite();
        _logger.LogInformation("{Path} is writable again; submissions are accepted.", _store.Name);
        LastCommitError = null;
        Resume();
    }

    /// <summary>Stops accepting submissions and rejects those that wait. Logs each reason once.</summary>
    public void Pause(Exception exception)
    {
        var fault = FindFault(exception, _store.Name) ?? StorageFault.FromProbeException(exception, _store.Name) ?? _writeFault!;
        StorageTelemetry.RecordFault("ledger");
        if (fault != _writeFault)
        {
            _logger.LogError(
                "{Reason} {Remedy} Nothing was acknowledged; no submission is accepted until storage recovers.", fault.ReasonEn,
                fault.RemedyEn);
        }

        if (_writeFault is null)
        {
            _recovery = NewRecoverySource();
        }

        (LastCommitError, _writeFault) = (exception, fault);
        _queue.RejectAll(() => LedgerUnavailableException.FromFault(fault));
    }

    /// <summary>Accepts submissions again, and releases those who wait for the recovery.</summary>
    public void Resume()
    {
        _writeFault = null;
        _recovery.TrySetResult();
    }

    /// <summary>How often this process committed.</summary>
    public long CommitCount => Volatile.Read(ref _commitCount);

    public void ReportCommitted()
    {
        LastCommitError = null;
        Interlocked.Increment(ref _commitCount);
    }

    /// <summary>A commit failed for a reason other than storage.</summary>
    public void ReportFailed(Exception exception) => LastCommitError = exception;

    private static TaskCompletionSource NewRecoverySource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
