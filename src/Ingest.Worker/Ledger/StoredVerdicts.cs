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

    /// <exception cref="DamagedDataException">The text is not a verdict.</exception>
    public static Verdict Parse(string text) =>
        WireNames.Parse<Verdict>(text)
        ?? throw new DamagedDataException(
            $"The ledger has a row with the unknown verdict '{text}'. Run verify, and restore the ledger from a backup.");
}
