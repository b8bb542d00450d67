namespace XilinIngest.Contracts.Responses;

/// <summary>
/// Who has reported a month below a unit, and who is late (催报). Its n of m is not that of a total: here a unit counts once, when
/// it has reported this month for every indicator due of it; in a total it counts per indicator, when nothing due of the year up
/// to the month is missing, for what a year-to-date lacks is lacking in every later month. So a month can be complete here
/// while its totals are provisional; who is missing is then in the list of the earlier month.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="Period">The month.</param>
/// <param name="Deadline">When reports were due; null: the month is not in the calendar.</param>
/// <param name="Reported">n: units that have reported everything due for this month, whatever is missing of the months before.</param>
/// <param name="Expected">m: units from which anything is due for this month.</param>
/// <param name="Missing">Those that have not, with what is missing.</param>
/// <param name="Units">The codes of all of them, in catalogue order.</param>
public sealed record MonthCompleteness(
    string Unit, string Period, DateTimeOffset? Deadline, int Reported, int Expected, IReadOnlyList<MissingReport> Missing,
    IReadOnlyList<string> Units);

/// <summary>A unit that has not reported everything due.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Late">Whether the deadline has passed.</param>
/// <param name="Indicators">What is missing.</param>
public sealed record MissingReport(string Unit, string NameZh, string NameEn, bool Late, IReadOnlyList<string> Indicators);
