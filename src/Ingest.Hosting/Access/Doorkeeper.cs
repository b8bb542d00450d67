using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// Knows who has which key, as the file of keys says now: a key that is taken out of it opens nothing a moment later. Once there is a
/// file of keys, or a provider, everyone has to sign in, until the service is started again without.
/// </summary>
public sealed class Doorkeeper
{
    // Rights on a file may be mended without a trace on it.
    private const int BeforeTheNextTry = 5_000;

    private readonly ILogger<Doorkeeper> _logger;
    private readonly Lock _reading = new();
    private readonly byte[] _own;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<(AccessKey Key, byte[] Hash)> _keys = [];
    private volatile Stamp? _read;
    private long _readAgain = long.MaxValue;
    private volatile bool _isOn;

    public Doorkeeper(AccessOptions options, ILogger<Doorkeeper> logger)
    {
        (Options, _logger) = (options, logger);
        (OwnKey, _) = AccessKeyFile.Make("", [], [], default);
        _own = AccessKeyFile.HashOf(OwnKey);
        _isOn = options.IsOn;
    }

    public AccessOptions Options { get; }

    /// <summary>The key that the pages in this process ask its API with: made at the start, and in memory alone.</summary>
    public string OwnKey { get; }

    /// <summary>Whether anyone has to sign in.</summary>
    public bool IsOn
    {
        get
        {
            LookAgain();
            return _isOn;
        }
    }

    /// <summary>Whose a key is; null: no one's.</summary>
    public Viewer? Find(string secret)
    {
        LookAgain();
        var hash = AccessKeyFile.HashOf(secret);
        AccessKey? found = null;

        // All of them, each in the same time: how long it takes tells nothing.
        foreach (var (key, kept) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, kept) ? key : found;
        }

        return CryptographicOperations.FixedTimeEquals(hash, _own) ? Pages : found?.Viewer;
    }

    /// <summary>Whether what someone signed in with still holds: the key is there and says the same, and the time is not over.</summary>
    public bool Holds(Viewer viewer)
    {
        LookAgain();
        return (viewer.IsEveryone ? !_isOn : viewer.Key is null || viewer.Key == Pages.Key || _keys.Any(kept => kept.Key.Id == viewer.Key && Same(kept.Key.Viewer, viewer)))
            && !(viewer.Session is { } session && _ended.ContainsKey(session))
            && !(viewer.Until < TimeProvider.System.GetUtcNow());
    }

    /// <summary>What was begun by signing in on a page, for a cookie.</summary>
    public static string NewSession() => Guid.NewGuid().ToString("N");

    /// <summary>They sign out: a copy of the cookie opens nothing any more, and other open pages go. After a restart, none is remembered.</summary>
    public void End(Viewer viewer)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (old, _) in _ended.Where(ended => ended.Value < now))
        {
            _ended.TryRemove(old, out _);
        }

        if (viewer.Session is { } session)
        {
            _ended[session] = now + SignInSchemes.AtMost;
        }
    }

    private static Viewer Pages { get; } = new() { Name = "dashboard", Rights = Rights.Administer, Key = "dashboard" };

    private static bool Same(Viewer kept, Viewer viewer) => kept.Rights == viewer.Rights && kept.Name == viewer.Name && kept.Units.SequenceEqual(viewer.Units);

    private void LookAgain()
    {
        if (Options.KeyFile is not { } path)
        {
            return;
        }

        var file = new FileInfo(path);
        var now = new Stamp(Path.Exists(path), file.Exists ? (file.LastWriteTimeUtc, file.Length) : default);
        if (now == _read && Environment.TickCount64 < Interlocked.Read(ref _readAgain))
        {
            return;
        }

        lock (_reading)
        {
            if (now != _read || Environment.TickCount64 >= _readAgain)
            {
                Interlocked.Exchange(ref _readAgain, Read(path, now.IsThere) ? long.MaxValue : Environment.TickCount64 + BeforeTheNextTry);
                _read = now;
            }
        }
    }

    // A file that cannot be read opens nothing: a key that was taken out of it might still be among those that were.
    private bool Read(string path, bool isThere)
    {
        _isOn |= isThere;
        try
        {
            _keys = isThere ? [.. AccessKeyFile.Read(path).Select(key => (key, Convert.FromHexString(key.Sha256)))] : [];
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            _keys = [];
            _logger.LogError("The keys in {File} cannot be read, and no key opens anything: {Reason} Mend the file, or make it anew with the command key add. 访问密钥文件无法读取,所有密钥暂不可用,请修复该文件或用 key add 重新生成。", path, exception.Message);
            return false;
        }
    }

    private sealed record Stamp(bool IsThere, (DateTime At, long Length) Content);
}
