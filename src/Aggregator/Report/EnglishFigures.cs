using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>The figures of a row in English: exact ones, each rounded once in the row's own scale.</summary>
/// <param name="Scale">The scale of the row.</param>
/// <param name="Printing">How the row is printed.</param>
/// <param name="Total">The published total; null: there is none.</param>
internal sealed record EnglishFigures(EnglishScale Scale, Printing Printing, IndicatorTotal? Total)
{
    /// <summary>The base as a number in the scale; null: there is none.</summary>
    public string? Base => Total?.Base is { } exact ? Scale.NumberOf(exact, Printing) : null;

    /// <summary>The comparison as text; null: nothing is compared.</summary>
    public string? Comparison => ComparisonBuilder.Build(Total, printing: null) is { } comparison
        ? ComparisonBuilder.En(comparison, Total?.YearToDate, exact => Scale.AmountOf(exact, Printing)) : null;

    /// <summary>The year-to-date with its unit. A figure that is cut down is told as printed: over 250,000 person-times.</summary>
    public string YearToDate(ReportRow row) => row.IsCutDown ? "over " + Scale.Amount(row.YearToDate!.Value)
        : Scale.AmountOf(Total!.YearToDate!.Value, Printing);
}
