using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

internal static class ColourRows
{
    internal static readonly CsvSchema Shape = new(
        "colours.csv", "level", "scheme", "amber_behind", "red_behind", "margin", "silenced_by_parent");

    internal static List<ColourRule> Read(CsvTable? table)
    {
        var lines = new Dictionary<UnitLevel, int>();
        var rules = new List<ColourRule>();
        foreach (var row in table?.Rows ?? [])
        {
            var rule = new ColourRule(
                row.Word("level", CatalogueVocabulary.Levels), row.Word("scheme", CatalogueVocabulary.Schemes), Points(row, "amber_behind"),
                Points(row, "red_behind"),
                Points(row, "margin"), row.YesNo("silenced_by_parent"));
            if (!row.IsValid)
            {
                continue;
            }

            if (rule.RedBehind < rule.AmberBehind)
            {
                row.Fault(
                    "red_behind", new("红色的界限小于黄色的", "red begins before amber"),
                    new("red_behind 不得小于 amber_behind", "red_behind is at least amber_behind"));
            }

            if (!lines.TryAdd(rule.Level, row.Line))
            {
                row.Fault(
                    "level", new($"第 {lines[rule.Level]} 行已是该层级", $"line {lines[rule.Level]} is that level already"),
                    new("每个层级一行", "write one row a level"));
            }

            rules.Add(rule);
        }

        return rules;
    }

    private static decimal Points(CsvRow row, string column)
    {
        var points = row.Number(column);
        return points >= 0
            ? points
            : row.Fault(column, new("不能小于零", "it is below zero"), new("请填写百分点数，如 10", "write percentage points, such as 10"), 0m);
    }
}
