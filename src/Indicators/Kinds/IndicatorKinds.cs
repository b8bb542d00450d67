using System.Diagnostics.CodeAnalysis;

namespace XilinIngest.Indicators;

/// <summary>All kinds. A new kind needs one file in this folder and one entry in this list.</summary>
public static class IndicatorKinds
{
    public static IReadOnlyList<IndicatorKind> All { get; } =
    [
        FlowKind.Instance, StockKind.Instance, NetIncreaseKind.Instance, RateKind.Instance, GivenKind.Instance, MilestoneKind.Instance,
        YesNoKind.Instance,
    ];

    /// <summary>The kinds by their word in the catalogue.</summary>
    public static IReadOnlyDictionary<string, IndicatorKind> ByCatalogueWord { get; } =
        All.ToDictionary(kind => kind.CatalogueWord, StringComparer.Ordinal);

    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out IndicatorKind? kind) =>
        (kind = All.FirstOrDefault(each => each.Name == name)) is not null;

    /// <exception cref="FormatException">There is no kind of that name.</exception>
    public static IndicatorKind Parse(string name) =>
        TryParse(name, out var kind) ? kind : throw new FormatException($"'{name}' is no kind of indicator.");

    /// <summary>The first kind that allows all these fields; for an indicator that is not in the catalogue.</summary>
    public static IndicatorKind ThatAllows(FigureFields fields) => All.FirstOrDefault(kind => (fields & ~kind.Fields) == 0) ?? All[0];
}
