using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XilinIngest.InputOutput;
using XilinIngest.Storage;

namespace XilinIngest.Hosting.Access;

/// <summary>A key as it is kept: what it opens, and a hash that shows whether someone has it.</summary>
/// <param name="Id">To name it by.</param>
/// <param name="Name">Whose it is: the sender of what comes with it.</param>
/// <param name="Rights">read, enter, admin.</param>
/// <param name="Units">Whose figures are entered with it.</param>
/// <param name="Sha256">Of the key, in hexadecimal.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record AccessKey(string Id, string Name, IReadOnlyList<string> Rights, IReadOnlyList<string> Units, string Sha256, DateTimeOffset CreatedAt)
{
    /// <summary>How the rights are written.</summary>
    public static IReadOnlyDictionary<string, Rights> RightsByName { get; } = new Dictionary<string, Rights>
    {
        ["read"] = Hosting.Access.Rights.Read, ["enter"] = Hosting.Access.Rights.Enter, ["admin"] = Hosting.Access.Rights.Administer,
    };

    public Caller Caller => new() { Name = Name, Rights = Rights.Aggregate(Hosting.Access.Rights.None, (all, word) => all | RightsByName.GetValueOrDefault(word)), Units = Units, Key = Id };
}

/// <summary>The file of keys: JSON, for its owner alone, written whole.</summary>
public static class AccessKeyFile
{
    /// <summary>What every key begins with, so that one that got where it should not be is known for what it is.</summary>
    public const string Prefix = "xk_";

    private const int SecretBytes = 32;
    private const int MaxAttempts = 40;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);
    private const UnixFileMode OtherUsersMode = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = ApiJson.Options.Encoder };

    /// <exception cref="JsonException">It is no file of keys.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<AccessKey> Read(string path) =>
        JsonSerializer.Deserialize<AccessKeyFileContent>(File.ReadAllBytes(path), Json) is { Keys: { } keys } && keys.All(key => key is { Id: not null, Name: not null, Rights: not null, Units: not null, Sha256.Length: 64 } && !key.Rights.Contains(null!) && !key.Units.Contains(null!))
            ? keys
            : throw new JsonException("There is no list of keys in it.");

    /// <summary>A new key. It is told this once, and kept nowhere.</summary>
    public static (string Secret, AccessKey Key) Create(string name, IReadOnlyList<string> rights, IReadOnlyList<string> units, DateTimeOffset now)
    {
        var secret = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return (secret, new AccessKey(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), name, rights, units, Convert.ToHexStringLower(HashOf(secret)), now));
    }

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Changes the keys, one change after the other.</summary>
    /// <returns>False: another command is changing them.</returns>
    public static bool Change(string path, Func<IReadOnlyList<AccessKey>, IReadOnlyList<AccessKey>> change)
    {
        // Where it is a link, what it leads to: a file in the link's place would be another one than the services read.
        path = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
        using var alone = AcquireLock(path + ".lock");
        if (alone is null)
        {
            return false;
        }

        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // Whoever let a group of services read it meant it.
            options.UnixCreateMode = File.Exists(path) ? File.GetUnixFileMode(path) & ~OtherUsersMode : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var keys = change(File.Exists(path) ? Read(path) : []);
        File.Delete(draft);
        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, new AccessKeyFileContent(keys), Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        return true;
    }

    // Another command is done in a moment.
    private static FileLock? AcquireLock(string path)
    {
        for (var tries = 0; ; tries++)
        {
            if (FileLock.TryAcquire(path) is { } taken)
            {
                return taken;
            }

            if (tries == MaxAttempts)
            {
                return null;
            }

            Thread.Sleep(RetryDelay);
        }
    }

    private sealed record AccessKeyFileContent(IReadOnlyList<AccessKey> Keys);
}
