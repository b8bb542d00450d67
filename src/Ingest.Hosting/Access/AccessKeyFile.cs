using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XilinIngest.InputOutput;
using XilinIngest.Storage;

namespace XilinIngest.Hosting.Access;

/// <summary>A key as it is stored: its rights and the hash of its secret.</summary>
/// <param name="Id">Identifies the key in commands and lists.</param>
/// <param name="Name">The holder, who is the sender of what is submitted with it.</param>
/// <param name="Rights">read, enter, close, act, review, admin.</param>
/// <param name="Units">The units whose figures may be entered, whose alerts may be acted on, or that review with it.</param>
/// <param name="Sha256">The hash of the secret, in hexadecimal.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record AccessKey(
    string Id, string Name, IReadOnlyList<string> Rights, IReadOnlyList<string> Units, string Sha256, DateTimeOffset CreatedAt)
{
    /// <summary>The rights by their names in the file.</summary>
    public static IReadOnlyDictionary<string, Rights> RightsByName { get; } = new Dictionary<string, Rights>
    {
        ["read"] = Hosting.Access.Rights.Read,
        ["enter"] = Hosting.Access.Rights.Enter,
        ["close"] = Hosting.Access.Rights.Close,
        ["act"] = Hosting.Access.Rights.Act,
        ["review"] = Hosting.Access.Rights.Review,
        ["admin"] = Hosting.Access.Rights.Administer,
    };

    public Caller Caller =>
        new()
        {
            Name = Name,
            Rights = Rights.Aggregate(Hosting.Access.Rights.None, (all, word) => all | RightsByName.GetValueOrDefault(word)),
            Units = Units,
            Key = Id
        };
}

/// <summary>The file of keys: JSON, readable by its owner, replaced as a whole.</summary>
public static class AccessKeyFile
{
    /// <summary>The prefix of every secret, by which scanners recognise a leaked one.</summary>
    public const string Prefix = "xk_";

    private const int SecretBytes = 32;
    private const UnixFileMode OtherUsersMode = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = ApiJson.Options.Encoder };

    /// <exception cref="JsonException">The file does not hold a list of keys.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<AccessKey> Read(string path) =>
        JsonSerializer.Deserialize<AccessKeyFileContent>(File.ReadAllBytes(path), Json) is { Keys: { } keys }
        && keys.All(key => key is { Id: not null, Name: not null, Rights: not null, Units: not null, Sha256.Length: 64 }
            && !key.Rights.Contains(null!) && !key.Units.Contains(null!))
            ? keys
            : throw new JsonException("There is no list of keys in it.");

    /// <summary>Creates a key. The secret is returned here only; the file stores its hash.</summary>
    public static (string Secret, AccessKey Key) Create(
        string name, IReadOnlyList<string> rights, IReadOnlyList<string> units, DateTimeOffset now)
    {
        var secret = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return (secret,
            new AccessKey(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), name, rights, units,
                Convert.ToHexStringLower(HashOf(secret)), now));
    }

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Changes the keys. Concurrent changes wait for each other.</summary>
    /// <returns>False: another command is changing them.</returns>
    public static bool Change(string path, Func<IReadOnlyList<AccessKey>, IReadOnlyList<AccessKey>> change)
    {
        // A symbolic link is resolved: a new file in its place would not be the one that the services read.
        path = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
        using var alone = RetryPolicies.WaitForFileLock.Execute(() => FileLock.TryAcquire(path + ".lock"));
        if (alone is null)
        {
            return false;
        }

        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // An existing group permission is kept; other users get none.
            options.UnixCreateMode = File.Exists(path)
                ? File.GetUnixFileMode(path) & ~OtherUsersMode : UnixFileMode.UserRead | UnixFileMode.UserWrite;
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

    private sealed record AccessKeyFileContent(IReadOnlyList<AccessKey> Keys);
}
