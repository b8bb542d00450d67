using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>
/// The columns of the grid. A column of optional figures is there only if an indicator of the form has such a figure.
/// </summary>
/// <param name="Lines">The indicators of the form.</param>
public sealed record EntryColumns(IReadOnlyList<IndicatorFields> Lines)
{
    /// <summary>Whether there is a column for the same period of last year as the unit reports it today.</summary>
    public bool HasLastYear { get; } = Lines.Any(line => line.AsksForLastYear);

    /// <summary>Whether there is a column for the year-to-date.</summary>
    public bool HasYearToDate { get; } = Lines.Any(line => line.Has(FigureNames.YearToDate));

    public int Count => 7 + (HasLastYear ? 1 : 0) + (HasYearToDate ? 1 : 0);

    /// <summary>The fields of a row from left to right; null where the row has no field in a column.</summary>
    public IReadOnlyList<Field?> FieldsOf(IndicatorFields line) =>
        line.Indicator.IsRatio ? [line.Numerator, line.Denominator]
        : line.Has(FigureNames.Date) ? [line.Value, line.Date]
        :
        [
            line.Value,
            .. HasLastYear ? [line.AsksForLastYear ? line.LastYear : null] : Array.Empty<Field?>(),
            .. HasYearToDate ? [line.Has(FigureNames.YearToDate) ? line.YearToDate : null] : Array.Empty<Field?>(),
        ];
}
