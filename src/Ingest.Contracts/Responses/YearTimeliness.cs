namespace XilinIngest.Contracts.Responses;

/// <summary>
/// How punctually the units at and below a unit reported in a year (及时率), by which offices are assessed. A month's report is complete
/// when every indicator due of the unit has a figure; what counts is when the service received the submission that completed it.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="Year">The year.</param>
/// <param name="Units">The units from which anything is due in the year, in catalogue order.</param>
public sealed record YearTimeliness(string Unit, int Year, IReadOnlyList<UnitTimeliness> Units);

/// <summary>A unit's reports of a year.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="OnTime">The number of months reported on time.</param>
/// <param name="Late">The number of months reported late.</param>
/// <param name="Missing">The number of months past their deadline that are not reported.</param>
/// <param name="Months">January to December.</param>
public sealed record UnitTimeliness(
    string Unit, string NameZh, string NameEn, int OnTime, int Late, int Missing, IReadOnlyList<MonthTimeliness> Months)
{
    /// <summary>The share of the months due so far that were on time, in per cent with one decimal; null: none was due.</summary>
    public decimal? OnTimePerCent { get; init; }
}

/// <summary>A unit's report of a month.</summary>
/// <param name="Period">The month, such as 2022-07.</param>
/// <param name="State">Whether it was on time.</param>
/// <param name="Deadline">When it was due; null: the month is history, or not in the calendar.</param>
/// <param name="CompletedAt">When the submission was received that first completed it; null: it never was complete.</param>
public sealed record MonthTimeliness(string Period, ReportTiming State, DateTimeOffset? Deadline, DateTimeOffset? CompletedAt);
