using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Dictionary;

/// <summary>An indicator of the dictionary.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Definition">Its definition; null: the catalogue states none.</param>
internal sealed record DictionaryEntry(CatalogueIndicator Indicator, CatalogueDefinition? Definition)
{
    /// <summary>All indicators, in catalogue order.</summary>
    public static IEnumerable<DictionaryEntry> All(CatalogueView catalogue, IEnumerable<CatalogueDefinition> definitions)
    {
        var byCode = definitions.ToDictionary(definition => definition.Indicator, StringComparer.Ordinal);
        return catalogue.Indicators.Select(indicator => new DictionaryEntry(indicator, byCode.GetValueOrDefault(indicator.Code)));
    }

    public string Name(Lang lang) => lang.T(Indicator.NameZh, Indicator.NameEn);

    /// <summary>Whether each of the words is in its names, its code or its definition, in either language.</summary>
    public bool Matches(string search)
    {
        string?[] texts =
            [Indicator.NameZh, Indicator.NameEn, Indicator.Code, Definition?.What.Zh, Definition?.What.En, Definition?.Scope.Zh,
                Definition?.Scope.En];
        return search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .All(word => texts.Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true));
    }

    /// <summary>The dictionary as a file, in the language of the reader.</summary>
    public static ExportTable ToTable(CatalogueView catalogue, IEnumerable<CatalogueDefinition> definitions, Lang lang)
    {
        List<DictionaryEntry> entries = [.. All(catalogue, definitions)];
        string[] headings =
            [lang.T("代码", "Code"), lang.T("指标", "Indicator"), lang.T("类别", "Section"), lang.T("指标含义", "Definition")];
        return new(lang.T("指标解释", "Dictionary of indicators"),
            [.. headings, .. entries is [var first, ..] ? first.Facts(lang).Select(fact => fact.Label) : []],
            [.. entries.Select(entry => new object?[]
            {
                entry.Indicator.Code, entry.Name(lang), SectionNames.Heading(entry.Indicator.Chapter, entry.Indicator.Section, lang),
                IndicatorFacts.What(entry.Definition, lang),
            }.Concat(entry.Facts(lang).Select(fact => fact.Text)).ToList())]);
    }

    private IReadOnlyList<IndicatorFact> Facts(Lang lang) => IndicatorFacts.Build(Indicator, Definition, lang);
}
