using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// Knows who has which key, as the file of keys says now: a key that is taken out of it opens nothing a moment later. Once there is a
/// file of keys, or a provider, everyone has to sign in, until the service is started again without.
/// </summary>
public sealed class AccessKeyRegistry
{
    // Rights on a file may be mended without a trace on it.
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

    /// <summary>The key that the pages in this process ask its API with: made at the start, and in memory alone.</summary>
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

    /// <summary>Whose a key is; null: no one's.</summary>
    public Caller? FindCaller(string secret)
    {
        ReloadIfChanged();
        var hash = AccessKeyFile.HashOf(secret);
        AccessKey? found = null;

        // All of them, each in the same time: how long it takes tells nothing.
        foreach (var (key, kept) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, kept) ? key : found;
        }

        return CryptographicOperations.FixedTimeEquals(hash, _ownKeyHash) ? DashboardCaller : found?.Caller;
    }

    /// <summary>Whether what someone signed in with still holds: the key is there and says the same, and the time is not over.</summary>
    public bool IsStillValid(Caller caller)
    {
        ReloadIfChanged();
        return (caller.IsLocalTrusted ? !_isSignInRequired : caller.Key is null || caller.Key == DashboardCaller.Key || _keys.Any(kept => kept.Key.Id == caller.Key && HasSameRights(kept.Key.Caller, caller)))
            && !(caller.Session is { } session && _endedSessions.ContainsKey(session))
            && !(caller.ExpiresAt < TimeProvider.System.GetUtcNow());
    }

    /// <summary>What was begun by signing in on a page, for a cookie.</summary>
    public static string NewSession() => Guid.NewGuid().ToString("N");

    /// <summary>They sign out: a copy of the cookie opens nothing any more, and other open pages go. After a restart, none is remembered.</summary>
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

    private static bool HasSameRights(Caller kept, Caller caller) => kept.Rights == caller.Rights && kept.Name == caller.Name && kept.Units.SequenceEqual(caller.Units);

    private void ReloadIfChanged()
    {
        if (Options.KeyFile is not { } path)
        {
            return;
        }

        var file = new FileInfo(path);
        var now = new KeyFileStamp(Path.Exists(path), file.Exists ? (file.LastWriteTimeUtc, file.Length) : default);
        if (now == _loadedStamp && Environment.TickCount64 < Interlocked.Read(ref _nextRetryAt))
        {
            return;
        }

        lock (_reloadLock)
        {
            if (now != _loadedStamp || Environment.TickCount64 >= _nextRetryAt)
            {
                Interlocked.Exchange(ref _nextRetryAt, TryReload(path, now.IsThere) ? long.MaxValue : Environment.TickCount64 + RetryDelayMilliseconds);
                _loadedStamp = now;
            }
        }
    }

    // A file that cannot be read opens nothing: a key that was taken out of it might still be among those that were.
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
            _logger.LogError("The access keys in {File} cannot be read; no key is accepted: {Reason} Repair the file, or create a new one with the command key add. 访问密钥文件无法读取,所有密钥暂不可用,请修复该文件或用 key add 重新生成。", path, exception.Message);
            return false;
        }
    }

    private sealed record KeyFileStamp(bool IsThere, (DateTime At, long Length) Content);
}
