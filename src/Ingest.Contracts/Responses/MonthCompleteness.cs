namespace XilinIngest.Contracts.Responses;

/// <summary>
/// The units below a unit that have reported a month, and those that are late (催报). Its n of m differs from that of a total. Here a unit
/// counts once if it has reported this month for every indicator due from it. In a total it counts per indicator if no due month of the
/// year up to the month is missing, because a year-to-date lacks a missing month in every later month. A month can therefore be complete
/// here while its totals are provisional; the list of the earlier month then names the missing units.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="Period">The month.</param>
/// <param name="Deadline">When reports are due; null if the month is not in the calendar.</param>
/// <param name="Reported">n: units that have reported everything due for this month, even if earlier months are missing.</param>
/// <param name="Expected">m: units from which anything is due for this month.</param>
/// <param name="Missing">The units that have not, each with the missing indicators.</param>
/// <param name="Units">The codes of all of them, in catalogue order.</param>
public sealed record MonthCompleteness(
    string Unit, string Period, DateTimeOffset? Deadline, int Reported, int Expected, IReadOnlyList<MissingReport> Missing,
    IReadOnlyList<string> Units)
{
    /// <summary>n of "n of m approved": units whose whole report of the month is approved (审核).</summary>
    public int Approved { get; init; }

    /// <summary>m of "n of m approved": units of <see cref="Units"/> whose reports are reviewed; 0: none is.</summary>
    public int ToApprove { get; init; }

    /// <summary>The units of <see cref="Missing"/> whose report was returned and not replaced.</summary>
    public IReadOnlyList<string> Returned { get; init; } = [];

    /// <summary>The month's state; null: it is not in the calendar.</summary>
    public MonthStateName? State { get; init; }

    /// <summary>
    /// Whether the results may lack rows of the ledger, so that a unit of <see cref="Missing"/> may have reported. Rows on their way do not
    /// count.
    /// </summary>
    public bool MayLackReports { get; init; }

    /// <summary>Whether the month is closed or locked: a unit that has not reported can do so with a reason alone, or not at all.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsClosed => State is MonthStateName.Closed or MonthStateName.Locked;
}

/// <summary>A unit that has not reported everything due.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Late">Whether the deadline has passed.</param>
/// <param name="Indicators">The missing indicators.</param>
public sealed record MissingReport(string Unit, string NameZh, string NameEn, bool Late, IReadOnlyList<string> Indicators);
