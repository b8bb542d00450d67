using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Reviews;

/// <summary>A request to approve or return a report, as it was read.</summary>
/// <param name="Row">The row of the report; null: it could not be read.</param>
/// <param name="Action">What it asks for; null: it could not be read.</param>
/// <param name="Reason">Why; null: none was given.</param>
public sealed record ReviewRequest(long? Row, ReviewAction? Action, string? Reason);
