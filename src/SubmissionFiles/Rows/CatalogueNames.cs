using XilinIngest.Indicators;

namespace XilinIngest.SubmissionFiles.Rows;

/// <summary>Finds units and indicators by their names, as files may use names in place of codes.</summary>
internal sealed class CatalogueNames(Catalogue catalogue)
{
    /// <summary>The code of the only unit with this name; null: there is none, or more than one.</summary>
    public string? FindUnitCode(string name) =>
        catalogue.Units.All.Where(unit => unit.NameZh == name || unit.NameEn == name).Take(2).ToList() is [var unit]
            ? unit.Code.Value : null;

    /// <summary>The code of the only indicator with this name; null: there is none, or more than one.</summary>
    public string? FindIndicatorCode(string name) =>
        catalogue.Indicators.Where(indicator => indicator.NameZh == name || indicator.NameEn == name).Take(2).ToList() is [var indicator]
            ? indicator.Code.Value : null;

    /// <summary>The stages that a value of the indicator may name; empty: the indicator is a quantity or unknown.</summary>
    public IReadOnlyList<Stage> StagesOf(string indicator) =>
        catalogue.TryFind(indicator, out var known) ? known.Kind.StagesOf(known) : [];
}
