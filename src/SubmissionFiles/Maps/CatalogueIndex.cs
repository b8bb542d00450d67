using XilinIngest.Indicators;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>The units and indicators by their codes and names as tables write them, and by the names that a map adds.</summary>
internal sealed class CatalogueIndex
{
    private readonly ILookup<string, Unit> _units;
    private readonly ILookup<string, Indicator> _indicators;
    private readonly Dictionary<string, string> _names = [];

    public CatalogueIndex(Catalogue catalogue)
    {
        _units = catalogue.Units.All
            .SelectMany(unit => Keys(unit.Code.Value, unit.NameZh, unit.NameEn).Select(key => (key, unit)))
            .ToLookup(pair => pair.key, pair => pair.unit);
        _indicators = catalogue.Indicators
            .SelectMany(indicator => Keys(indicator.Code.Value, indicator.NameZh, indicator.NameEn).Select(key => (key, indicator)))
            .ToLookup(pair => pair.key, pair => pair.indicator);
    }

    private CatalogueIndex(CatalogueIndex catalogue, Dictionary<string, string> names) =>
        (_units, _indicators, _names) = (catalogue._units, catalogue._indicators, names);

    /// <param name="names">The names that the map adds for a sheet; of several for one text the first counts.</param>
    public CatalogueIndex With(IEnumerable<TableMapLine> names) => new(this, names.DistinctBy(line => NameKey.Of(line.Text))
        .ToDictionary(line => NameKey.Of(line.Text), line => NameKey.Of(line.StandsFor)));

    /// <summary>All units that a text may mean.</summary>
    public IReadOnlyList<Unit> FindUnits(string text) => [.. _units[Resolve(text)]];

    /// <summary>All indicators that a text may mean.</summary>
    public IReadOnlyList<Indicator> FindIndicators(string text) => [.. _indicators[Resolve(text)]];

    private string Resolve(string text) => _names.GetValueOrDefault(NameKey.Of(text)) ?? NameKey.Of(text);

    private static IEnumerable<string> Keys(params string[] names) => names.Select(NameKey.Of).Where(key => key.Length > 0).Distinct();
}
