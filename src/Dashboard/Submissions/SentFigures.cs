using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>The figures of a submitted value by their names.</summary>
internal static class SentFigures
{
    /// <summary>In the order in which they are shown.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        FigureNames.Value, FigureNames.Numerator, FigureNames.Denominator, FigureNames.YearToDate, FigureNames.LastYear, FigureNames.Date,
    ];

    /// <summary>The name of a figure's old number in a receipt.</summary>
    public static string NameBefore(string figure) => figure + "_before";

    /// <summary>A figure as sent; a date as the number yyyyMMdd, as receipts have it.</summary>
    public static decimal? NumberOf(IndicatorValue value, string figure) => figure switch
    {
        FigureNames.Value => value.Value,
        FigureNames.Numerator => value.Numerator,
        FigureNames.Denominator => value.Denominator,
        FigureNames.YearToDate => value.YearToDate,
        FigureNames.LastYear => value.LastYear,
        _ => value.Date is { } day ? (day.Year * 10000) + (day.Month * 100) + day.Day : null,
    };

    /// <summary>Whether the indicator is withdrawn with all its figures.</summary>
    public static bool IsWithdrawn(IndicatorValue value) =>
        value.Withdraw?.Contains(FigureNames.Value) == true || (value.Withdraw is null && Names.All(name => NumberOf(value, name) is null));
}
