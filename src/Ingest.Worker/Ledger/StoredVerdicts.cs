using XilinIngest.Contracts;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Verdicts as the ledger stores and hashes them. A row keeps its text as it was read, so that verification can name a row that was
/// altered.
/// </summary>
internal static class StoredVerdicts
{
    public const string Accepted = "accepted";
    public const string Refused = "refused";
    public const string Superseded = "superseded";

    /// <exception cref="DamagedDataException">No verdict has this text.</exception>
    public static Verdict Parse(string text) =>
        WireNames.Parse<Verdict>(text)
        ?? throw new DamagedDataException(
            $"The ledger has a row with the verdict '{text}', which is none. Run verify, and restore the ledger from a backup.");
}
