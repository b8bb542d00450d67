using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;

namespace XilinIngest.Admin.Federation;

/// <summary>The figures of an indicator in one line, by the names that they have in a submission.</summary>
internal static class FigureText
{
    public static string Of(IndicatorValue? value) => value is null ? "–" : Of(
        value.Value, value.YearToDate, value.LastYear, value.Numerator, value.Denominator, value.Date);

    public static string Of(FormFigures figures) => Of(
        figures.Value, figures.YearToDate, figures.LastYear, figures.Numerator, figures.Denominator, figures.Date);

    private static string Of(
        decimal? value, decimal? yearToDate, decimal? lastYear, decimal? numerator, decimal? denominator, DateOnly? date)
    {
        (string Name, IFormattable? Figure)[] figures =
        [
            (FigureNames.Value, value), (FigureNames.YearToDate, yearToDate), (FigureNames.LastYear, lastYear),
            (FigureNames.Numerator, numerator), (FigureNames.Denominator, denominator),
        ];
        var parts = figures.Where(pair => pair.Figure is not null)
            .Select(pair => $"{pair.Name} {pair.Figure!.ToString(null, CultureInfo.InvariantCulture)}").ToList();
        if (date is { } day)
        {
            parts.Add($"{FigureNames.Date} {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        }

        return parts.Count == 0 ? "–" : string.Join(", ", parts);
    }
}
