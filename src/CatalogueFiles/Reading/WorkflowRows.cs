using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>The rows of <c>workflow.csv</c>: whose reports are reviewed, and by whom.</summary>
internal static class WorkflowRows
{
    internal static readonly CsvSchema Shape = new("workflow.csv", "kind", "subtree", "reviewed", "by", "from") { MayBeMissing = true };

    /// <summary>The word for the unit above the one that reports.</summary>
    private const string UnitAbove = "above";

    internal static List<ReviewRule> Read(CsvTable? table, KnownCodes units, IReadOnlyList<WithRow<UnitRow>> unitRows)
    {
        var lines = new Dictionary<(UnitKind, UnitCode?), int>();
        var rules = new List<ReviewRule>();
        foreach (var row in table?.Rows ?? [])
        {
            // Who reviews is judged where it is known whether anyone does.
            var isReviewed = row.YesNo("reviewed");
            var by = row.IsValid ? Reviewer(row, isReviewed, units) : null;
            var rule = new ReviewRule(
                row.Word("kind", CatalogueVocabulary.UnitKinds), row.IsEmpty("subtree") ? null : KnownUnit(row, "subtree", units),
                isReviewed, by, row.IsEmpty("from") ? null : row.Month("from"));
            if (!row.IsValid)
            {
                continue;
            }

            if (rule is { IsReviewed: true, By: null }
                && unitRows.Any(unit => unit.Value.Kind == rule.Kind && unit.Value.Span.Parent is null))
            {
                row.Fault(
                    "by", new("最上级单位没有上级单位", "there is no unit above the topmost one"),
                    new("请填写审核单位的代码", "write the code of the unit that reviews"));
            }

            if (!lines.TryAdd((rule.Kind, rule.Subtree), row.Line))
            {
                var line = lines[(rule.Kind, rule.Subtree)];
                row.Fault(
                    "kind", new($"第 {line} 行已是该类单位", $"line {line} is of that kind of unit already"),
                    new("每类单位在每个范围内一行", "write one row for each kind and subtree"));
            }

            rules.Add(rule);
        }

        return rules;
    }

    // Null: the unit above.
    private static UnitCode? Reviewer(CsvRow row, bool isReviewed, KnownCodes units)
    {
        if (!isReviewed && !row.IsEmpty("by"))
        {
            row.Fault(
                "by", new("不审核的报表没有审核单位", "no unit reviews reports that are not reviewed"),
                new("请清空本格，或在 reviewed 填 yes", "empty this cell, or write yes in 'reviewed'"));
        }

        if (!isReviewed)
        {
            return null;
        }

        if (row.IsEmpty("by"))
        {
            return row.Fault(
                "by", new("没有写明由谁审核", "it does not say who reviews"),
                new("上一级单位审核的填 above，否则填写单位代码", "write 'above' for the unit above, or the code of a unit"), default(UnitCode?));
        }

        return row.Text("by") == UnitAbove ? null : KnownUnit(row, "by", units);
    }

    private static UnitCode? KnownUnit(CsvRow row, string column, KnownCodes units)
    {
        var code = row.Unit(column);
        if (code != default && !units.MayContain(code.Value))
        {
            row.Fault(column, new($"单位 {code} 不存在", $"there is no unit {code}"), new("请更正代码", "correct the code"));
        }

        return code;
    }
}
