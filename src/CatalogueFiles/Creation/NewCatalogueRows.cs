namespace XilinIngest.CatalogueFiles.Creation;

/// <summary>A unit of a new catalogue.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, in both languages until it is translated.</param>
/// <param name="Kind">The word of <c>units.csv</c>, such as <c>village</c>.</param>
/// <param name="Parent">The parent's code; empty: it is the topmost one.</param>
/// <param name="Registers">The registers, with spaces between.</param>
/// <param name="ReportsWhole">Whether it reports its totals itself.</param>
public sealed record NewUnit(string Code, string Name, string Kind, string Parent, string Registers, bool ReportsWhole);

/// <summary>An indicator of a new catalogue.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, in both languages until it is translated.</param>
/// <param name="Measure">Its unit of measure, such as 万元.</param>
/// <param name="Kind">The word of <c>indicators.csv</c>, such as <c>flow</c>.</param>
/// <param name="ReportedBy">The level that reports it, such as <c>village</c>.</param>
/// <param name="Register">Only units of this register report it; empty: all of the level.</param>
/// <param name="Basis">The basis of its growth: <c>none</c>, <c>comparable</c> or <c>recorded</c>.</param>
/// <param name="IsExemptInJanuary">Whether no January report is due.</param>
/// <param name="MayBeNegative">Whether a month's value may be below zero.</param>
/// <param name="Chapter">The chapter of the report.</param>
public sealed record NewIndicator(
    string Code, string Name, string Measure, string Kind, string ReportedBy, string Register, string Basis, bool IsExemptInJanuary,
    bool MayBeNegative, string Chapter);

/// <summary>The reporting windows of a new catalogue, in days of the month after the one that is reported.</summary>
/// <param name="From">The first month.</param>
/// <param name="Months">How many months.</param>
/// <param name="DeadlineDay">When reports are due, at 18:00.</param>
/// <param name="ClosingDay">From when a correction needs a reason, at 18:00.</param>
/// <param name="HistoryFrom">
/// The first month of history, which is backfilled (补录) until the closing day four months after <paramref name="From"/>; null: none.
/// </param>
public sealed record NewCalendar(
    Indicators.Period From, int Months, int DeadlineDay, int ClosingDay, Indicators.Period? HistoryFrom = null)
{
    /// <summary>The first month that a unit may report.</summary>
    public Indicators.Period FirstMonth => HistoryFrom ?? From;

    /// <summary>How many months of history there are.</summary>
    public int HistoryMonths => (From.Year - FirstMonth.Year) * 12 + From.Month - FirstMonth.Month;
}
