using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Tables;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>
/// Hands over the files when they have changed and stood still: two looks, <see cref="CatalogueSourceOptions.SettlesIn"/> apart,
/// must find the same bytes. One timer serves both the poll and the haste after the file system told of a change.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly CatalogueSourceOptions _options;
    private readonly ILogger _logger;
    private readonly Action<FolderSnapshot> _take;
    private readonly Lock _looking = new();
    private readonly ITimer _timer;
    private readonly FileSystemWatcher? _watcher;
    private string _taken;
    private string? _seen;
    private volatile bool _isDisposed;

    internal FolderWatch(
        CatalogueSourceOptions options, TimeProvider time, ILogger logger, string taken, Action<FolderSnapshot> take)
    {
        (_options, _logger, _taken, _take) = (options, logger, taken, take);
        // The first look is soon: an edit between the reading at start and the watcher would be missed until the poll.
        _timer = time.CreateTimer(_ => Look(), null, options.SettlesIn, options.PollsEvery);
        _watcher = StartWatcher();
    }

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
            watcher.Changed += (_, _) => LookSoon();
            watcher.Created += (_, _) => LookSoon();
            watcher.Deleted += (_, _) => LookSoon();
            watcher.Renamed += (_, _) => LookSoon();
            watcher.Error += (_, _) => LookSoon();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            _logger.LogWarning(e, "{Folder} cannot be watched; it is looked at every {Interval}", _options.Folder, _options.PollsEvery);
            return null;
        }
    }

    private void LookSoon()
    {
        if (!_isDisposed)
        {
            _timer.Change(_options.SettlesIn, _options.PollsEvery);
        }
    }

    private void Look()
    {
        // A timer may fire while the last look still reads: one at a time, the late one looks again afterwards.
        lock (_looking)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                var files = CatalogueReader.Snapshot(_options.Folder);
                if (files.Fingerprint == _taken)
                {
                    _seen = null;
                }
                else if (files.Fingerprint != _seen)
                {
                    _seen = files.Fingerprint;
                    LookSoon();
                }
                else
                {
                    _seen = null;
                    _take(files);
                    _taken = files.Fingerprint;
                }
            }
#pragma warning disable CA1031 // What escapes a timer ends the process; the catalogue in force is better than none.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _logger.LogError(e, "The catalogue in {Folder} could not be looked at or put in force; it is tried again", _options.Folder);
                _timer.Change(_options.TriesAgainIn, _options.PollsEvery);
            }
        }
    }
}
