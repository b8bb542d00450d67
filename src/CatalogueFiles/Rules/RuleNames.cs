using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Rules;

/// <summary>A figure of an expression; null if it is absent or unknown.</summary>
internal delegate decimal? RuleFigure(RuleFigures figures);

/// <summary>The figures that have a name of their own.</summary>
internal static class RuleNames
{
    private static readonly Dictionary<string, RuleFigure> Figures = new()
    {
        ["month"] = f => f.Month,
        ["ytd"] = f => f.Ytd,
        ["months_sum"] = f => f.MonthsSum,
        ["previous"] = f => f.Previous,
        ["last_year"] = f => f.LastYear,
        ["recorded"] = f => f.Recorded,
        ["typical"] = f => f.Typical,
        ["numerator"] = f => f.Numerator,
        ["denominator"] = f => f.Denominator,
        ["next"] = f => f.Next,
        ["date"] = f => f.Date,
        ["previous_date"] = f => f.PreviousDate,
        ["next_date"] = f => f.NextDate,
    };

    internal static IEnumerable<string> All => Figures.Keys;

    internal static RuleFigure? Find(string name) => Figures.GetValueOrDefault(name);
}
