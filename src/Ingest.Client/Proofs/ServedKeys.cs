using System.Text.Json;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Proofs;

/// <summary>The keys of all ledgers, as the service gives them now. They are not trusted until <see cref="FollowFrom"/> says so.</summary>
internal sealed class ServedKeys
{
    private readonly IReadOnlyList<(string? Partition, LogKeys Keys)> _ledgers;

    private ServedKeys(IReadOnlyList<(string? Partition, LogKeys Keys)> ledgers) => _ledgers = ledgers;

    /// <exception cref="CommandException">The text is no list of keys.</exception>
    public static ServedKeys Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var read = new ServedKeys([.. document.RootElement.EnumerateArray().Select(ReadLedger)]);
            return read._ledgers.Count > 0 && read._ledgers.All(ledger => ledger.Keys is { Newest: not null, NewestOfTimes: not null })
                ? read : throw NoKeys();
        }
        catch (Exception exception)
        when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw NoKeys();
        }
    }

    /// <summary>The keys of a partition's ledger; null: there is no such ledger now.</summary>
    public LogKeys? Of(string? partition) => _ledgers.FirstOrDefault(ledger => ledger.Partition == partition).Keys;

    /// <summary>
    /// Whether each ledger has the name that belongs to it, and its keys are, or were introduced by, one that is pinned.
    /// </summary>
    public bool FollowFrom(PinnedKeyFile pinned) => _ledgers.All(ledger =>
        ledger.Keys.Origin == pinned.OriginOf(ledger.Partition) && ledger.Keys.FindFault(pinned.IsCurrent, pinned.IsKnown) is null);

    /// <summary>The keys to pin: the newest ones.</summary>
    public PinnedKeyFile ToFile() => new(
        [.. _ledgers.SelectMany(ledger => new[] { ledger.Keys.Newest!, ledger.Keys.NewestOfTimes! }).Distinct()],
        [.. _ledgers.SelectMany(ledger => ledger.Keys.All.Where(
            key => !key.Key.Equals(ledger.Keys.Newest) && !key.Key.Equals(ledger.Keys.NewestOfTimes)).Select(key => key.Key)).Distinct()]);

    private static (string? Partition, LogKeys Keys) ReadLedger(JsonElement ledger) => (
        ledger.TryGetProperty("partition", out var partition) ? partition.GetString() : null,
        new LogKeys(ledger.GetProperty("origin").GetString() ?? "", [.. ledger.GetProperty("keys").EnumerateArray().Select(ReadKey)]));

    private static LogKey ReadKey(JsonElement key) => new(
        NoteVerifier.TryParse(key.GetProperty("key").GetString() ?? "", out var read) ? read : throw NoKeys(),
        key.GetProperty("after").GetInt64(),
        key.TryGetProperty("introduction", out var introduction) ? introduction.GetString() : null);

    private static CommandException NoKeys() => new(
        ExitCodes.Refused, "服务给出的不是公钥，请核对地址。", "What the service gives is no public key: check the address.");
}
