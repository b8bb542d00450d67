using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>The definitions of <c>definitions.csv</c>.</summary>
internal static class DefinitionRows
{
    private const int MaxLength = 600;

    internal static readonly CsvSchema Shape = new(
        "definitions.csv", "code", "what_zh", "what_en", "formula_zh", "formula_en", "scope_zh", "scope_en", "source_zh", "source_en",
        "since", "note_zh", "note_en");

    /// <returns>The definitions of the lines without a fault.</returns>
    internal static List<IndicatorDefinition> Read(CsvTable? table, Catalogue catalogue)
    {
        var lines = new Dictionary<IndicatorCode, int>();
        var definitions = new List<IndicatorDefinition>();
        foreach (var row in table?.Rows ?? [])
        {
            var code = Code(row, catalogue);
            var what = Required(row, "what");
            var scope = Required(row, "scope");
            var source = Required(row, "source");
            var (formula, note) = (Optional(row, "formula"), Optional(row, "note"));
            Period? since = row.IsEmpty("since") ? null : row.Month("since");
            if (row.IsValid && !lines.TryAdd(code, row.Line))
            {
                row.Fault(
                    "code", new($"第 {lines[code]} 行已有该指标的解释", $"line {lines[code]} defines the indicator already"),
                    new("请删去一行", "remove one of the two"));
            }

            if (row.IsValid)
            {
                definitions.Add(new(code, what!, formula, scope!, source!, since, note));
            }
        }

        return definitions;
    }

    private static IndicatorCode Code(CsvRow row, Catalogue catalogue)
    {
        var code = row.Indicator("code");
        if (row.IsValid && !catalogue.TryFind(code.Value, out _))
        {
            row.Fault(
                "code", new($"indicators.csv 中没有指标 {code}", $"indicators.csv has no indicator {code}"),
                new("请更正代码，或删去本行", "correct the code, or remove the line"));
        }

        return code;
    }

    private static DefinitionWords? Required(CsvRow row, string name)
    {
        row.Required(name + "_zh");
        row.Required(name + "_en");
        return Words(row, name);
    }

    private static DefinitionWords? Optional(CsvRow row, string name)
    {
        var (isZhEmpty, isEnEmpty) = (row.IsEmpty(name + "_zh"), row.IsEmpty(name + "_en"));
        if (isZhEmpty != isEnEmpty)
        {
            row.Fault(
                name + (isZhEmpty ? "_zh" : "_en"), new("只填写了一种语言", "only one of the two languages is there"),
                new("请两种语言都填写，或都留空", "write both, or leave both empty"));
        }

        return isZhEmpty || isEnEmpty ? null : Words(row, name);
    }

    private static DefinitionWords Words(CsvRow row, string name) => new(Text(row, name + "_zh"), Text(row, name + "_en"));

    private static string Text(CsvRow row, string column)
    {
        var text = row.Text(column);
        return text.Length <= MaxLength && !text.Any(char.IsControl)
            ? text
            : row.Fault(
                column, new($"超过 {MaxLength} 个字，或含有控制字符", $"it has more than {MaxLength} characters, or control characters"),
                new("请精简文字", "make it shorter"), "");
    }
}
