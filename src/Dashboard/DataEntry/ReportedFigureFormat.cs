using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>Formats what a unit reported of an indicator, exact and in the canonical unit.</summary>
internal static class ReportedFigureFormat
{
    public static string Text(CatalogueIndicator indicator, FormFigures? figures, Lang lang) => figures switch
    {
        null => FigureFormat.NoFigure,
        { Value: { } stage } when indicator.Stages.Count > 0 => StageFormat.Name(indicator, stage, figures.Date, lang),
        { Value: null, Numerator: { } numerator } => $"{FigureFormat.Number(numerator)} / {FigureFormat.Number(figures.Denominator)}",
        { Numerator: { } numerator } =>
            $"{FigureFormat.Number(figures.Value)}% ({FigureFormat.Number(numerator)} / {FigureFormat.Number(figures.Denominator)})",
        { Value: null, YearToDate: { } opening } =>
            lang.T($"累计 {FigureFormat.Number(opening)}", $"{FigureFormat.Number(opening)} to date"),
        _ => FigureFormat.Number(figures.Value),
    };
}
