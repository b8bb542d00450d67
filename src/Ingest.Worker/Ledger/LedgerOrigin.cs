using System.Security.Cryptography;
using XilinIngest.SignedNotes;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// The names of ledgers. An installation has one, which the setting <c>Ledger:Origin</c> gives before the first start; the ledger of a
/// partition has the partition's path after it.
/// </summary>
internal static class LedgerOrigin
{
    private const int DigitsOfKey = 16;

    /// <summary>The name where none is set: it has digits of the key's hash, so that no other installation has it.</summary>
    public static string DefaultFor(NoteVerifier key) =>
        $"xilin/{Convert.ToHexStringLower(SHA256.HashData(key.PublicKey))[..DigitsOfKey]}";

    /// <param name="installation">The name of the installation.</param>
    /// <param name="partition">The path of the partition; null: one ledger has the whole tree.</param>
    public static string Of(string installation, string? partition) => partition is null ? installation : $"{installation}/{partition}";

    /// <summary>The name of the installation, by the keys that its ledgers recorded; null: no ledger has recorded any.</summary>
    public static string? FindRecorded(IEnumerable<LedgerStore> ledgers) => ledgers.Select(ledger =>
    {
        using var connection = ledger.Open();
        return FindIn(LedgerStore.ReadKeys(connection));
    }).FirstOrDefault(name => name is not null);

    /// <summary>The name of the installation, by the keys of one ledger; null: there is no key of times.</summary>
    public static string? FindIn(IEnumerable<LogKey> keys) =>
        keys.Select(key => key.Key).FirstOrDefault(
            key => key.Algorithm == NoteAlgorithm.Cosignature && key.Name.EndsWith(LogKeys.TimeName, StringComparison.Ordinal))?
            .Name[..^LogKeys.TimeName.Length];
}
