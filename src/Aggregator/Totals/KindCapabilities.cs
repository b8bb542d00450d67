using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Totals;

/// <summary>The properties of a kind in the form that clients get.</summary>
internal static class KindCapabilities
{
    public static string NameOf(GrowthUnit unit) => unit == GrowthUnit.Points ? GrowthUnits.Points : GrowthUnits.Percent;

    public static string NameOf(TargetMeasure measure) => measure switch
    {
        TargetMeasure.Level => TargetMeasures.Level,
        TargetMeasure.Path => TargetMeasures.Path,
        TargetMeasure.Stage => TargetMeasures.Stage,
        _ => TargetMeasures.Pace,
    };

    /// <summary>The names of the fields that a submission may have and that are stored.</summary>
    public static IReadOnlyList<string> FieldNamesOf(IndicatorKind kind) =>
        [.. Names.Where(pair => (kind.Fields & ~kind.DerivedFields & pair.Field) != 0).Select(pair => pair.Name)];

    private static readonly (FigureFields Field, string Name)[] Names =
    [
        (FigureFields.Value, FigureNames.Value), (FigureFields.YearToDate, FigureNames.YearToDate),
        (FigureFields.LastYear, FigureNames.LastYear),
        (FigureFields.Numerator, FigureNames.Numerator), (FigureFields.Denominator, FigureNames.Denominator),
        (FigureFields.Date, FigureNames.Date),
    ];
}
