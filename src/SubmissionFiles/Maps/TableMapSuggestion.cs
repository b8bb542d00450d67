using System.Globalization;
using XilinIngest.Indicators;
using XilinIngest.TabularFiles;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>A first map, and how many of its lines are to be filled in.</summary>
internal sealed record SuggestedMap(ExportTable Table, int Unfinished);

/// <summary>Writes a first map from the headings of a table. What it does not understand is left for a clerk to fill in.</summary>
internal static class TableMapSuggestion
{
    public static SuggestedMap Suggest(TableFile file, Catalogue catalogue, bool english)
    {
        var index = new CatalogueIndex(catalogue);
        var sheets = file.Sheets.Where(sheet => sheet is { IsVisible: true, Rows.Count: > 0 })
            .Select(sheet => (sheet.Name, Lines: new SheetSuggestion(sheet, index, catalogue, english).Lines())).ToList();
        var isOne = sheets.Select(sheet => string.Join('\n', sheet.Lines.Select(line => string.Join('\t', line)))).Distinct().Count() <= 1;
        var lines = sheets.Take(isOne ? 1 : sheets.Count)
            .SelectMany(sheet => sheet.Lines.Select(line => (IReadOnlyList<object?>)[isOne ? "" : sheet.Name, .. line])).ToList();
        var conversions = lines.Select(line => (From: (string)line[6]!, Indicator: index.FindIndicators((string)line[3]!)))
            .Where(line => line.From.Length > 0 && line.Indicator is [var one] && one.CanonicalUnit != line.From)
            .Select(line => (line.From, To: line.Indicator[0].CanonicalUnit)).Distinct()
            .Select(pair => (IReadOnlyList<object?>)["", Word(MapMeaning.Conversion, english), pair.From, "", "", "", pair.To,
                MeasureScale.Ratio(pair.From, pair.To)?.ToString(CultureInfo.InvariantCulture) ?? "", ""])
            .ToList();
        lines.AddRange(conversions);
        var headings = english ? TableMapWords.HeadingsEn : TableMapWords.HeadingsZh;
        return new(new ExportTable("map", headings, lines), lines.Count(line => IsUnfinished(line, english)));
    }

    internal static string Word(MapMeaning meaning, bool english) =>
        english ? TableMapWords.Of(meaning).En : TableMapWords.Of(meaning).Zh;

    private static bool IsUnfinished(IReadOnlyList<object?> line, bool english)
    {
        var (meaning, text, standsFor, field, measure, factor) =
            ((string)line[1]!, (string)line[2]!, (string)line[3]!, (string)line[4]!, (string)line[6]!, (string)line[7]!);
        return meaning.Length == 0 || text.Length == 0
            || (meaning == Word(MapMeaning.Figure, english) && (field.Length == 0 || measure.Length == 0))
            || (meaning == Word(MapMeaning.Name, english) && standsFor.Length == 0)
            || (meaning == Word(MapMeaning.Conversion, english) && factor.Length == 0);
    }
}
