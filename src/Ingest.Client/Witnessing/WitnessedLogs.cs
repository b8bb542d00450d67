using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Witnessing;

/// <summary>
/// The logs that a witness cosigns, by the file of their keys: a line for each, as <c>/api/ledger/key</c> gives them. Of several keys of
/// one log the first counts, because that list has the newest one first: a key that was replaced must not sign anew.
/// </summary>
internal sealed class WitnessedLogs
{
    private const int MaxBytes = 1024 * 1024;
    private readonly Dictionary<string, NoteVerifier> _keys;

    private WitnessedLogs(Dictionary<string, NoteVerifier> keys) => _keys = keys;

    /// <summary>The keys that count, one for each log.</summary>
    public IReadOnlyCollection<NoteVerifier> Keys => _keys.Values;

    /// <summary>Reads the file.</summary>
    /// <exception cref="CommandException">It has no key of a log, or a line that is none.</exception>
    public static WitnessedLogs Read(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > MaxBytes)
        {
            throw new CommandException(ExitCodes.Usage,
                $"没有台账公钥的文件 {path}。请从服务取得：curl 服务地址/api/ledger/key > {path}，并与统计站公布的公钥核对。",
                $"There is no file of the logs' keys {path}. Get it from the service, curl SERVICE/api/ledger/key > {path}, and compare "
                + "the keys with those that the statistics office published.");
        }

        var keys = new Dictionary<string, NoteVerifier>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!NoteVerifier.TryParse(line, out var key))
            {
                throw new CommandException(ExitCodes.Usage,
                    $"{path} 第 {number} 行不是公钥。每行一把，如服务的 /api/ledger/key 所给。",
                    $"Line {number} of {path} is no key. It has one in each line, as the service gives them at /api/ledger/key.");
            }

            // The keys of times are in that list too.
            if (key.Algorithm == NoteAlgorithm.Ed25519)
            {
                keys.TryAdd(key.Name, key);
            }
        }

        return keys.Count > 0 ? new WitnessedLogs(keys) : throw new CommandException(ExitCodes.Usage,
            $"{path} 里没有台账的公钥。请从服务的 /api/ledger/key 取得。",
            $"{path} has no key of a log. The service gives them at /api/ledger/key.");
    }

    /// <summary>The key that counts for a log; null: the log is unknown.</summary>
    public NoteVerifier? Find(string origin) => _keys.GetValueOrDefault(origin);
}
