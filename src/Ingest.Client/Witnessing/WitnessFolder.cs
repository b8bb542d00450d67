using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using XilinIngest.Client.Outbox;
using XilinIngest.InputOutput;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Witnessing;

/// <summary>
/// The folder of a witness: its private key, and in one file the newest checkpoint that it cosigned of each log. Whoever has the key
/// without that file could cosign a second history, so the one is not used without the other.
/// </summary>
internal sealed class WitnessFolder : IDisposable
{
    private const string KeyFile = "witness-key.pem";
    private const string StateFile = "cosigned.json";
    private const string LockFile = "lock";
    private readonly string _path;
    private readonly FileLock _lock;

    private WitnessFolder(string path, FileLock held) => (_path, _lock) = (path, held);

    private string KeyPath => Path.Combine(_path, KeyFile);

    private string StatePath => Path.Combine(_path, StateFile);

    /// <exception cref="CommandException">Another witness uses it, or it cannot be written.</exception>
    public static WitnessFolder Open(string path)
    {
        AtomicFile.CreateFolder(path);
        return FileLock.TryAcquire(Path.Combine(path, LockFile)) is { } held
            ? new WitnessFolder(Path.GetFullPath(path), held)
            : throw new CommandException(ExitCodes.Local,
                $"另一个 xilin witness 正在使用 {path}。", $"Another xilin witness uses {path}.");
    }

    /// <summary>Reads the key and what it cosigned; makes both at the first start.</summary>
    /// <param name="name">The name of the key; null: as before.</param>
    /// <exception cref="CommandException">One of them is missing or damaged, or the name is another one.</exception>
    public (NoteSigner Key, IReadOnlyDictionary<string, SignedNote> Cosigned) Load(string? name)
    {
        var state = File.Exists(StatePath) ? ReadState() : null;
        if (!File.Exists(KeyPath))
        {
            // The key is written last: without it, nothing was cosigned.
            return state is null or { Checkpoints.Count: 0 }
                ? (Create(name), new Dictionary<string, SignedNote>()) : throw Unusable($"{KeyPath} 不存在", $"{KeyPath} is missing");
        }

        if (state is null || !NoteVerifier.TryParse(state.Key, out var recorded))
        {
            throw state is null
                ? Unusable($"{StatePath} 不存在", $"{StatePath} is missing") : Unusable($"{StatePath} 已损坏", $"{StatePath} is damaged");
        }

        if (name is not null && name != recorded.Name)
        {
            throw new CommandException(ExitCodes.Usage,
                $"这个见证人的名称是 {recorded.Name}，不能更改。请去掉 --name，或用另一个 --data。",
                $"This witness has the name {recorded.Name}, which stays. Leave --name out, or take another --data.");
        }

        var key = ReadKey(recorded.Name);
        return key.Verifier.Equals(recorded) ? (key, ReadCosigned(state, recorded))
            : throw Unusable($"{KeyPath} 不是 {StatePath} 的密钥", $"{KeyPath} is not the key of {StatePath}");
    }

    /// <summary>Writes what the key cosigned. It is on the disk, and found there after a power failure.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(NoteVerifier key, IEnumerable<SignedNote> cosigned) => AtomicFile.Write(
        StatePath, JsonSerializer.SerializeToUtf8Bytes(
            new CosignedCheckpoints(key.Text, [.. cosigned.Select(note => note.ToString())]), CosignedCheckpoints.Format));

    /// <summary>Keeps a checkpoint that contradicts a cosigned one, if none of its log is kept: with that one, it proves two histories.
    /// </summary>
    /// <returns>The file.</returns>
    public string KeepContradiction(SignedNote cosigned, SignedNote contradicting)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            cosigned.Text.Split('\n')[0])))[..16];
        var path = Path.Combine(_path, $"two-histories-{name}.txt");
        if (!File.Exists(path))
        {
            AtomicFile.Write(path, Encoding.UTF8.GetBytes($"{cosigned}\n{contradicting}"), isPrivate: false);
        }

        return path;
    }

    public void Dispose() => _lock.Dispose();

    private NoteSigner Create(string? name)
    {
        if (name is null || !KeyNames.IsValid(name))
        {
            throw new CommandException(ExitCodes.Usage,
                "第一次启动须用 --name 给见证人取名：自有域名加路径，如 tongji.example.cn/witness，不含空格和 +。",
                "At its first start a witness is named with --name: a domain of your own and a path, such as "
                + "audit.example.org/witness, without spaces and +.");
        }

        var pem = NoteSigner.CreatePem();
        var key = NoteSigner.FromPem(pem, name, NoteAlgorithm.Cosignature);
        Save(key.Verifier, []);
        AtomicFile.Write(KeyPath, Encoding.ASCII.GetBytes(pem));
        return key;
    }

    private NoteSigner ReadKey(string name)
    {
        try
        {
            return NoteSigner.FromPem(File.ReadAllText(KeyPath), name, NoteAlgorithm.Cosignature);
        }
        catch (FormatException)
        {
            throw Unusable($"{KeyPath} 里没有私钥", $"{KeyPath} holds no private key");
        }
    }

    private CosignedCheckpoints ReadState()
    {
        try
        {
            return JsonSerializer.Deserialize<CosignedCheckpoints>(File.ReadAllBytes(StatePath), CosignedCheckpoints.Format)
                is { Key: not null, Checkpoints: not null } state ? state : throw Unusable($"{StatePath} 已损坏", $"{StatePath} is damaged");
        }
        catch (JsonException)
        {
            throw Unusable($"{StatePath} 已损坏", $"{StatePath} is damaged");
        }
    }

    // Each checkpoint carries the cosignature of this witness, so that a changed byte is noticed.
    private Dictionary<string, SignedNote> ReadCosigned(CosignedCheckpoints state, NoteVerifier key)
    {
        var cosigned = new Dictionary<string, SignedNote>(StringComparer.Ordinal);
        foreach (var text in state.Checkpoints)
        {
            if (text is null || !SignedNote.TryParse(text, out var note) || !note.Verify([key]).IsTrusted
                || !CheckpointText.TryParse(note.Text, out var checkpoint) || !cosigned.TryAdd(checkpoint.Origin, note))
            {
                throw Unusable($"{StatePath} 已损坏", $"{StatePath} is damaged");
            }
        }

        return cosigned;
    }

    private CommandException Unusable(string zh, string en) => new(ExitCodes.Local,
        $"{zh}。见证人不知道自己联署过什么，就可能为第二套账联署，因此不启动。不要放回旧的备份。请把 {_path} 整个移走，用新名称（--name）另建一个见证人，"
        + "并把新公钥告知统计站和使用原公钥的审计人员。",
        $"{en}. A witness that does not know what it cosigned could cosign a second history, so it does not start. Do not put an older "
        + $"copy there. Move all of {_path} away, make another witness with a new name (--name), and give its key to the statistics "
        + "office and to the auditors who have the former one.");
}

/// <summary>The content of the file.</summary>
/// <param name="Key">The public key of the witness.</param>
/// <param name="Checkpoints">The newest checkpoint of each log, with the cosignature.</param>
internal sealed record CosignedCheckpoints(string Key, IReadOnlyList<string?> Checkpoints)
{
    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };
}
