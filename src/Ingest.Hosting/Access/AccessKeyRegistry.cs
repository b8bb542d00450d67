using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// Finds the caller of a key in the current file of keys. A key that is removed from the file is refused a moment later. Once a file of
/// keys or a provider exists, everyone has to sign in until the service is restarted without them.
/// </summary>
public sealed class AccessKeyRegistry
{
    // A change of a file's permissions leaves its time unchanged, so an unreadable file is read again after a delay.
    private const int RetryDelayMilliseconds = 5_000;

    private readonly ILogger<AccessKeyRegistry> _logger;
    private readonly Lock _reloadLock = new();
    private readonly byte[] _ownKeyHash;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _endedSessions = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<(AccessKey Key, byte[] Hash)> _keys = [];
    private volatile KeyFileStamp? _loadedStamp;
    private long _nextRetryAt = long.MaxValue;
    private volatile bool _isSignInRequired;

    public AccessKeyRegistry(AccessOptions options, ILogger<AccessKeyRegistry> logger)
    {
        (Options, _logger) = (options, logger);
        (OwnKey, _) = AccessKeyFile.Create("", [], [], default);
        _ownKeyHash = AccessKeyFile.HashOf(OwnKey);
        _isSignInRequired = options.IsSignInRequired;
    }

    public AccessOptions Options { get; }

    /// <summary>The key with which the pages of this process use its API. Created at the start and kept in memory.</summary>
    public string OwnKey { get; }

    /// <summary>Whether anyone has to sign in.</summary>
    public bool IsSignInRequired
    {
        get
        {
            ReloadIfChanged();
            return _isSignInRequired;
        }
    }

    /// <summary>The caller of a key; null: the key is unknown.</summary>
    public Caller? FindCaller(string secret)
    {
        ReloadIfChanged();
        var hash = AccessKeyFile.HashOf(secret);
        AccessKey? found = null;

        // Every key is compared in constant time, so that the duration reveals nothing.
        foreach (var (key, kept) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, kept) ? key : found;
        }

        return CryptographicOperations.FixedTimeEquals(hash, _ownKeyHash) ? DashboardCaller : found?.Caller;
    }

    /// <summary>Whether a sign-in is still valid: the key exists unchanged, and the time has not expired.</summary>
    public bool IsStillValid(Caller caller)
    {
        ReloadIfChanged();
        return (caller.IsLocalTrusted
            ? !_isSignInRequired
            : caller.Key is null || caller.Key == DashboardCaller.Key
            || _keys.Any(kept => kept.Key.Id == caller.Key && HasSameRights(kept.Key.Caller, caller)))
            && !(caller.Session is { } session && _endedSessions.ContainsKey(session))
            && !(caller.ExpiresAt < TimeProvider.System.GetUtcNow());
    }

    /// <summary>Creates the session of a sign-in on the pages, which a cookie carries.</summary>
    public static string NewSession() => Guid.NewGuid().ToString("N");

    /// <summary>
    /// Ends a session: copies of its cookie are refused, and its other open pages close. A restart forgets ended sessions.
    /// </summary>
    public void EndSession(Caller caller)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (old, _) in _endedSessions.Where(ended => ended.Value < now))
        {
            _endedSessions.TryRemove(old, out _);
        }

        if (caller.Session is { } session)
        {
            _endedSessions[session] = now + SignInSchemes.MaxSessionLifetime;
        }
    }

    private static Caller DashboardCaller { get; } = new() { Name = "dashboard", Rights = Rights.Administer, Key = "dashboard" };

    private static bool HasSameRights(Caller kept, Caller caller) =>
        kept.Rights == caller.Rights && kept.Name == caller.Name && kept.Units.SequenceEqual(caller.Units);

    private void ReloadIfChanged()
    {
        if (Options.KeyFile is not { } path)
        {
            return;
        }

        var now = StampOf(path);
        if (now == _loadedStamp && Environment.TickCount64 < Interlocked.Read(ref _nextRetryAt))
        {
            return;
        }

        lock (_reloadLock)
        {
            if (now != _loadedStamp || Environment.TickCount64 >= _nextRetryAt)
            {
                Interlocked.Exchange(ref _nextRetryAt,
                    TryReload(path, now.IsThere) ? long.MaxValue : Environment.TickCount64 + RetryDelayMilliseconds);
                _loadedStamp = now;
            }
        }
    }

    // Kubernetes mounts a secret as a link that stays, and changes what it leads to: the file behind it counts.
    private static KeyFileStamp StampOf(string path)
    {
        var link = new FileInfo(path);
        var file = link.LinkTarget is null ? link : link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? link;
        return new(Path.Exists(path), file.Exists ? (file.FullName, file.LastWriteTimeUtc, file.Length) : default);
    }

    // While the file cannot be read, no key is accepted, because the keys read before may include one that was removed.
    private bool TryReload(string path, bool isThere)
    {
        _isSignInRequired |= isThere;
        try
        {
            _keys = isThere ? [.. AccessKeyFile.Read(path).Select(key => (key, Convert.FromHexString(key.Sha256)))] : [];
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            _keys = [];
            _logger.LogError(
                "The access keys in {File} cannot be read; no key is accepted: {Reason} Repair the file, or create a new one with the "
                + "command key add. 访问密钥文件无法读取，所有密钥暂不可用，请修复该文件或用 key add 重新生成。", path, exception.Message);
            return false;
        }
    }

    private sealed record KeyFileStamp(bool IsThere, (string Path, DateTime At, long Length) Content);
}
