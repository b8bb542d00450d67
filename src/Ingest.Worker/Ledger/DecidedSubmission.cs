using XilinIngest.Contracts;

namespace XilinIngest.Worker.Ledger;

/// <summary>The row of a submission.</summary>
/// <param name="Entry">The row.</param>
/// <param name="IsNew">Whether this batch adds it; false: the submission was sent before.</param>
/// <param name="Findings">Its findings, as they are stored.</param>
internal readonly record struct DecidedSubmission(LedgerEntry Entry, bool IsNew, IReadOnlyList<Finding> Findings);
