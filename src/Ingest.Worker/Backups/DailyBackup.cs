using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XilinIngest.Hosting;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Backups;

/// <summary>
/// Makes a backup every day in the service itself, for a computer without a task scheduler that anyone tends. A time that was missed,
/// because the computer was off, is made up for after the next start. A backup that fails is tried again every hour.
/// </summary>
internal sealed class DailyBackup(
    BackupPlan plan, Func<BackupSource> source, BackupFault fault, TimeProvider clock, ILogger<DailyBackup> logger) : BackgroundService
{
    // A computer that sleeps wakes up late: the clock is looked at again and again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    // The start has the processor first.
    private static readonly TimeSpan PauseAfterStart = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(PauseAfterStart, clock, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            var due = plan.DueAfter(new BackupRecord(source().KeyPath).Read(now)) ?? now;
            if (due > now)
            {
                await Task.Delay(due - now < LongestWait ? due - now : LongestWait, clock, stoppingToken);
            }
            else if (!await TryRunAsync(stoppingToken))
            {
                await Task.Delay(PauseAfterFault, clock, stoppingToken);
            }
        }
    }

    /// <summary>Makes a backup now.</summary>
    /// <returns>False: it failed; health and the log say why.</returns>
    internal async Task<bool> TryRunAsync(CancellationToken cancellationToken)
    {
        var from = source();
        try
        {
            var made = await new BackupRun(from, plan.Folder, new BackupRetention(), clock).RunAsync(cancellationToken);
            fault.Clear();
            logger.LogInformation(
                "Backup {Folder} was made and verified: {Rows} rows, {Bytes} bytes; {Deleted} older ones were deleted.", made.Folder,
                made.Rows, made.Bytes, made.Deleted);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var (zh, en) = Describe(exception);
            fault.Set(zh, en);
            logger.LogError(exception, "The backup to {Folder} failed and is tried again in an hour: {Fault}", plan.Folder, en);
            return false;
        }
    }

    private (string Zh, string En) Describe(Exception exception) => exception switch
    {
        BackupException known => (known.MessageZh, known.Message),
        _ when StorageFault.FromProbeException(exception, plan.Folder) is { } storage =>
            ($"{storage.ReasonZh}{storage.RemedyZh}", $"{storage.ReasonEn} {storage.RemedyEn}"),
        _ => exception.Message.Split(" / ", 2) is [var zh, var en] ? (zh, en) : (exception.Message, exception.Message),
    };
}

/// <summary>Why the newest attempt to make a backup failed, for health.</summary>
internal sealed class BackupFault
{
    private volatile Tuple<string, string>? _last;

    /// <summary>In Chinese and English; null: it succeeded, or this process makes none.</summary>
    public (string Zh, string En)? Last => _last is { } last ? (last.Item1, last.Item2) : null;

    public void Set(string zh, string en) => _last = Tuple.Create(zh, en);

    public void Clear() => _last = null;
}
