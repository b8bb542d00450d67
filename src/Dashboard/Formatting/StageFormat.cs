using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>Stages in words: where a unit stands, or how many units stand where.</summary>
internal static class StageFormat
{
    /// <summary>The stage of one unit, with its date.</summary>
    public static string Name(CatalogueIndicator indicator, decimal stage, DateOnly? since, Lang lang)
    {
        var name = decimal.IsInteger(stage) && stage >= 0 && stage < indicator.Stages.Count ? indicator.Stages[(int)stage] : null;
        var date = since is { } day ? lang.T($"（{Date(day)}）", $" ({Date(day)})") : "";
        return (name is null ? FigureFormat.Number(stage) : lang.T(name.NameZh, name.NameEn)) + date;
    }

    /// <summary>How many units stand at each stage, from the highest down; of one unit, its stage.</summary>
    public static string Text(CatalogueIndicator indicator, IReadOnlyList<int>? units, DateOnly? since, Lang lang)
    {
        if (units is null || units.Sum() == 0)
        {
            return FigureFormat.NoFigure;
        }

        var standing = Enumerable.Range(0, units.Count).Reverse().Where(stage => units[stage] > 0).ToList();
        return units.Sum() == 1
            ? Name(indicator, standing[0], since, lang)
            : string.Join(lang.T("，", ", "), standing.Select(stage => $"{Name(indicator, stage, null, lang)} {units[stage]}"));
    }

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What a ranking shows of a place.</summary>
    public static string Ranked(CatalogueIndicator indicator, RankedUnit place, Lang lang) =>
        place.Value is not { } value ? FigureFormat.NoFigure
        : place.Since is not null || value == 0 || indicator.Stages.Count > 2 ? Name(indicator, value, place.Since, lang)
        : FigureFormat.Number(value) + lang.T(indicator.PrintedUnitZh, " " + indicator.PrintedUnitEn);
}
