using System.Globalization;
using System.Text.Json;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Catalogues;

namespace XilinIngest.Dashboard.Data;

/// <summary>Looks up names and parents in the catalogue in force.</summary>
internal sealed class CatalogueView(CatalogueResponse catalogue)
{
    private readonly Dictionary<string, CatalogueUnit> _units = catalogue.Units.ToDictionary(unit => unit.Code, StringComparer.Ordinal);
    private readonly Dictionary<string, CatalogueIndicator> _indicators =
        catalogue.Indicators.ToDictionary(indicator => indicator.Code, StringComparer.Ordinal);

    private readonly Lazy<Catalogue> _known = new(() => CatalogueJson.Parse(
        JsonSerializer.SerializeToElement(catalogue.Indicators, JsonSerializerOptions.Web),
        JsonSerializer.SerializeToElement(catalogue.Units, JsonSerializerOptions.Web)));

    /// <summary>The same indicators and units in the types of the rules, for files that are written and read by them.</summary>
    public Catalogue Known => _known.Value;

    public string Version => catalogue.Version;

    public IReadOnlyList<CatalogueUnit> Units => catalogue.Units;

    public IReadOnlyList<CatalogueIndicator> Indicators => catalogue.Indicators;

    public CatalogueUnit? Unit(string code) => _units.GetValueOrDefault(code);

    public CatalogueIndicator? Indicator(string code) => _indicators.GetValueOrDefault(code);

    /// <summary>The name of a unit; its code if the catalogue no longer contains it.</summary>
    public string UnitName(string code, Lang lang) => Unit(code) is { } unit ? lang.T(unit.NameZh, unit.NameEn) : code;

    /// <summary>The partition whose ledger has a unit's rows; null: one ledger has the whole tree.</summary>
    public string? PartitionOf(string code) => Unit(code)?.Partition;

    /// <summary>The partition of the topmost unit, whose ledger decides about months.</summary>
    public string? TopmostPartition => Units.FirstOrDefault(unit => unit.Spans.Any(span => span.Parent is null))?.Partition;

    /// <summary>The name of an indicator; its code if the catalogue no longer contains it.</summary>
    public string IndicatorName(string code, Lang lang) =>
        Indicator(code) is { } indicator ? lang.T(indicator.NameZh, indicator.NameEn) : code;

    /// <summary>The parent of a unit in a month; null: it is the root, or the unit does not exist in that month.</summary>
    public static string? ParentOf(CatalogueUnit unit, string period) => SpanIn(unit, period)?.Parent;

    /// <summary>The children of a unit, in catalogue order.</summary>
    public IEnumerable<CatalogueUnit> ChildrenOf(CatalogueUnit parent, string period) =>
        Units.Where(unit => ParentOf(unit, period) == parent.Code);

    /// <summary>The unit and its ancestors, from the bottom up.</summary>
    public IEnumerable<CatalogueUnit> PathOf(CatalogueUnit unit, string period)
    {
        for (var each = unit; each is not null; each = ParentOf(each, period) is { } parent ? Unit(parent) : null)
        {
            yield return each;
        }
    }

    /// <summary>Whether a unit equals another one or is a descendant of it.</summary>
    public bool IsWithin(string code, string whole, string period) =>
        Unit(code) is { } unit && PathOf(unit, period).Any(each => each.Code == whole);

    /// <summary>The units with totals in a month, each after its parent: district, streets and towns, villages and communities.</summary>
    public IEnumerable<(CatalogueUnit Unit, int Depth)> WithTotals(string period) =>
        Units.Where(unit => SpanIn(unit, period) is { Parent: null } && unit.Kind != Enterprise)
        .SelectMany(top => SelfAndDescendants(top, 0, period));

    public const string Enterprise = "Enterprise";

    private IEnumerable<(CatalogueUnit Unit, int Depth)> SelfAndDescendants(CatalogueUnit unit, int depth, string period) =>
        ChildrenOf(unit, period)
        .Where(child => child.Kind != Enterprise).SelectMany(child => SelfAndDescendants(child, depth + 1, period)).Prepend((unit, depth));

    // Months have the form yyyy-MM, so their order as text is their order in time.
    public static CatalogueSpan? SpanIn(CatalogueUnit unit, string period) => unit.Spans.FirstOrDefault(span =>
        string.CompareOrdinal(span.From, period) <= 0 && (span.To is null || string.CompareOrdinal(period, span.To) <= 0));
}

/// <summary>Months in the form that addresses use.</summary>
internal static class MonthKeys
{
    public static string AddMonths(string period, int by)
    {
        var number = (int.Parse(period[..4], CultureInfo.InvariantCulture) * 12) + int.Parse(period[5..], CultureInfo.InvariantCulture) - 1
            + by;
        return string.Create(CultureInfo.InvariantCulture, $"{number / 12:0000}-{(number % 12) + 1:00}");
    }

    public static bool IsMonth(string? text) => text is { Length: 7 } && text[4] == '-'
        && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1901 and <= 9997
        && int.TryParse(text[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12;

    /// <summary>The months from the first to the last, newest first.</summary>
    public static IEnumerable<string> Between(string first, string last)
    {
        for (var month = last; string.CompareOrdinal(month, first) >= 0; month = AddMonths(month, -1))
        {
            yield return month;
        }
    }
}
