using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Reloading;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>The folder of the catalogue and the delays until an edit takes effect.</summary>
public sealed record CatalogueSourceOptions
{
    public required string Folder { get; init; }

    /// <summary>How long the files must be unchanged before they are read, because an editor writes in several steps.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How often the files are polled, because watchers miss edits on network shares and mounted volumes.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The delay before an edit that could not be read or recorded is tried again.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Checks a catalogue against the existing figures. If it finds no fault, it puts the catalogue into effect before further figures are
/// stored.
/// </summary>
/// <param name="next">The catalogue.</param>
/// <param name="takeEffect">Called if there is no fault.</param>
/// <returns>The faults.</returns>
public delegate IReadOnlyList<CatalogueFault> CatalogueApproval(Catalogue next, Action takeEffect);

/// <summary>
/// The catalogue in force. It is replaced as a whole when its files change and have no fault. A faulty edit is logged with every fault and
/// does not change it. Any thread may read <see cref="Current"/>. A decision must use the same instance throughout.
/// </summary>
public sealed class CatalogueSource : IDisposable
{
    private readonly CatalogueSourceOptions _options;
    private readonly ILogger<CatalogueSource> _logger;
    private readonly TimeProvider _time;
    private readonly FolderWatcher _watch;
    private volatile Catalogue _current;
    private volatile IReadOnlyList<CatalogueFault> _lastFaults = [];
    private readonly Lock _replacing = new();
    private CatalogueApproval? _approval;

    /// <exception cref="CatalogueFaultsException">The files have faults; the message lists every fault.</exception>
    public CatalogueSource(CatalogueSourceOptions options, TimeProvider time, ILogger<CatalogueSource> logger)
        : this(options, time, logger, ReadFiles(options.Folder))
    {
    }

    private CatalogueSource(
        CatalogueSourceOptions options, TimeProvider time, ILogger<CatalogueSource> logger,
        (string Fingerprint, CatalogueReadResult Result) read)
    {
        _options = options;
        _logger = logger;
        _time = time;
        var (fingerprint, result) = read;
        _current = result.Catalogue ?? throw new CatalogueFaultsException(options.Folder, result.Faults);
        _watch = new FolderWatcher(options, time, logger, fingerprint, Apply);
    }

    /// <summary>
    /// Begins to read the files, on another thread: a host is built meanwhile, which takes as long as reading twenty thousand units.
    /// </summary>
    /// <returns>Waits for the reading and makes the source, as the constructor does.</returns>
    public static Func<TimeProvider, ILogger<CatalogueSource>, CatalogueSource> BeginRead(CatalogueSourceOptions options) =>
        BeginRead(options, out _);

    /// <inheritdoc cref="BeginRead(CatalogueSourceOptions)"/>
    /// <param name="options">The folder.</param>
    /// <param name="read">Completes when the files have been read.</param>
    internal static Func<TimeProvider, ILogger<CatalogueSource>, CatalogueSource> BeginRead(CatalogueSourceOptions options, out Task read)
    {
        Task<(string, CatalogueReadResult)>? reading = Task.Run(() => ReadFiles(options.Folder));
        read = reading;

        // The result is not kept: it has the first catalogue, which an edit replaces.
        return (time, logger) => new(options, time, logger,
            Interlocked.Exchange(ref reading, null)?.GetAwaiter().GetResult() ?? ReadFiles(options.Folder));
    }

    public Catalogue Current => _current;

    /// <inheritdoc cref="FolderWatcher.Polls"/>
    internal int Polls => _watch.Polls;

    /// <summary>The folder of its files.</summary>
    public string Folder => _options.Folder;

    /// <summary>The faults of the last edit, which did not take effect; empty if the files are the catalogue in force.</summary>
    public IReadOnlyList<CatalogueFault> LastFaults => Directory.Exists(_options.Folder) ? _lastFaults : [FolderMissing()];

    /// <summary>
    /// Sets the approval that every later catalogue needs. The catalogue in force is checked immediately. Without an approval, every
    /// indicator and unit in force is assumed to have figures.
    /// </summary>
    /// <exception cref="CatalogueFaultsException">The catalogue in force has removed or redefined an entry that has figures.</exception>
    public void SetApproval(CatalogueApproval admit)
    {
        lock (_replacing)
        {
            _approval = admit;
            if (admit(_current, static () => { }) is { Count: > 0 } faults)
            {
                throw new CatalogueFaultsException(_options.Folder,
                    CatalogueReader.WithLines(faults, CatalogueReader.Snapshot(_options.Folder)));
            }
        }
    }

    /// <summary>
    /// Raised after <see cref="Current"/> was replaced, on a pool thread, one at a time. Exceptions of handlers are logged.
    /// </summary>
    public event EventHandler? Changed;

    public void Dispose() => _watch.Dispose();

    private static (string Fingerprint, CatalogueReadResult Result) ReadFiles(string folder)
    {
        var files = CatalogueReader.Snapshot(folder);
        return (files.Fingerprint, CatalogueReader.Read(files));
    }

    private void Apply(Tables.FolderSnapshot files)
    {
        var result = CatalogueReader.Read(files);
        IReadOnlyList<CatalogueFault> faults;
        try
        {
            faults = result.IsValid ? CatalogueReader.WithLines(Replace(result.Catalogue), files) : result.Faults;
        }
        catch (Exception exception)
        {
            _lastFaults = [NotRecorded(exception)];
            throw;
        }

        _lastFaults = faults;
        if (!result.IsValid || faults.Count > 0)
        {
            _logger.LogError(
                "The catalogue in {Folder} was edited and has {Count} fault(s); the one in force stays. {Faults}",
                _options.Folder, faults.Count, string.Join(Environment.NewLine, faults));
            return;
        }

        _logger.LogInformation(
            "The catalogue in {Folder} was edited and is in force: {Indicators} indicators, {Units} units, {Rules} rules",
            _options.Folder, result.Catalogue.Indicators.Count, result.Catalogue.Units.All.Count, result.Catalogue.Rules.Count);
        foreach (var handler in Changed?.GetInvocationList().Cast<EventHandler>() ?? [])
        {
            NotifyHandler(handler);
        }
    }

    // The folder is checked on demand, because the next poll may be half a minute away and would report each missing file.
    private CatalogueFault FolderMissing() => new(
        _options.Folder, null, null,
        new("目录文件夹不存在，现用的是最后一次读到的目录", "the catalogue's folder is gone; the one that was read last is in force"),
        new("请恢复该文件夹，或检查其磁盘是否已挂载；重新启动前必须恢复", "put the folder back, or see whether its disk is mounted; a restart needs it"));

    // The edit is retried until it is recorded. The fault tells the editor that it is not in effect yet.
    private CatalogueFault NotRecorded(Exception exception) => new(
        _options.Folder, null, null,
        new($"文件无误，但修改尚未生效：数据库暂时无法写入（{exception.Message}）",
            $"the files are good, and are not in force yet: the database cannot be written for now ({exception.Message.TrimEnd('.')})"),
        new("稍后自动重试；一直不生效的，请检查数据库和磁盘", "it is tried again by itself; if that does not help, look at the database and its disk"));

    // Puts the catalogue in force, or returns the faults that prevent it.
    private IReadOnlyList<CatalogueFault> Replace(Catalogue next)
    {
        lock (_replacing)
        {
            var before = _current;
            if (PartitionEdit.FindFault(before.Partitions, next.Partitions) is { } fault)
            {
                return [fault];
            }

            if (_approval is { } admit)
            {
                try
                {
                    return admit(next, () => _current = next);
                }
                catch
                {
                    // A catalogue that could not be recorded is not in force.
                    _current = before;
                    throw;
                }
            }

            if (HistoryGuard.Check(before, next, _time.GetUtcNow()) is { Count: > 0 } faults)
            {
                return faults;
            }

            _current = next;
            return [];
        }
    }

    private void NotifyHandler(EventHandler handler)
    {
        try
        {
            handler(this, EventArgs.Empty);
        }
#pragma warning disable CA1031 // The failure of one handler must not affect the others, and the catalogue is already in force.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "A listener failed to take the new catalogue");
        }
    }
}
