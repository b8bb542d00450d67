using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Tables;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>
/// Passes the files on when they have changed and are stable: two reads, <see cref="CatalogueSourceOptions.SettleTime"/> apart, must find
/// the same bytes. One timer serves both the regular poll and the early poll after a notification of the file system.
/// </summary>
internal sealed class FolderWatcher : IDisposable
{
    private readonly CatalogueSourceOptions _options;
    private readonly ILogger _logger;
    private readonly Action<FolderSnapshot> _apply;
    private readonly Lock _polling = new();
    private readonly ITimer _timer;
    private readonly FileSystemWatcher? _watcher;
    private string _appliedFingerprint;
    private string? _pendingFingerprint;
    private volatile bool _isDisposed;
    private int _polls;

    internal FolderWatcher(
        CatalogueSourceOptions options, TimeProvider time, ILogger logger, string taken, Action<FolderSnapshot> take)
    {
        (_options, _logger, _appliedFingerprint, _apply) = (options, logger, taken, take);
        // The first poll is early, because the watcher misses an edit between the initial read and its own start.
        _timer = time.CreateTimer(_ => Poll(), null, options.SettleTime, options.PollInterval);
        _watcher = StartWatcher();
    }

    /// <summary>How often the files have been looked at.</summary>
    public int Polls => Volatile.Read(ref _polls);

    public void Dispose()
    {
        _isDisposed = true;
        _watcher?.Dispose();
        _timer.Dispose();
    }

    private FileSystemWatcher? StartWatcher()
    {
        try
        {
            var watcher = new FileSystemWatcher(_options.Folder, "*.csv");
            watcher.Changed += (_, _) => SchedulePoll();
            watcher.Created += (_, _) => SchedulePoll();
            watcher.Deleted += (_, _) => SchedulePoll();
            watcher.Renamed += (_, _) => SchedulePoll();
            watcher.Error += (_, _) => SchedulePoll();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            _logger.LogWarning(e, "{Folder} cannot be watched; it is looked at every {Interval}", _options.Folder, _options.PollInterval);
            return null;
        }
    }

    private void SchedulePoll()
    {
        if (!_isDisposed)
        {
            _timer.Change(_options.SettleTime, _options.PollInterval);
        }
    }

    private void Poll()
    {
        // A timer may fire during the previous poll. Polls run one at a time, and the later one reads again afterwards.
        lock (_polling)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                var files = CatalogueReader.Snapshot(_options.Folder);
                if (files.Fingerprint == _appliedFingerprint)
                {
                    _pendingFingerprint = null;
                }
                else if (files.Fingerprint != _pendingFingerprint)
                {
                    _pendingFingerprint = files.Fingerprint;
                    SchedulePoll();
                }
                else
                {
                    _pendingFingerprint = null;
                    _apply(files);
                    _appliedFingerprint = files.Fingerprint;
                }
            }
#pragma warning disable CA1031 // An exception in a timer callback ends the process. The service continues with the catalogue in force.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _logger.LogError(e, "The catalogue in {Folder} could not be looked at or put in force; it is tried again", _options.Folder);
                _timer.Change(_options.RetryDelay, _options.PollInterval);
            }

            Volatile.Write(ref _polls, _polls + 1);
        }
    }
}
