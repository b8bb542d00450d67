using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Months;

/// <summary>A request to close or to reopen a month, as it was read.</summary>
/// <param name="Action">What it asks for.</param>
/// <param name="Reason">Why; null: none was given.</param>
/// <param name="Until">When a reopened month closes again by itself; null: when it is closed again.</param>
public sealed record MonthRequest(MonthAction Action, string? Reason, DateTimeOffset? Until);
