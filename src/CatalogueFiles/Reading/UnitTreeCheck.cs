using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>
/// Checks that the rows of <c>units.csv</c> form one tree in every month. A parent must be of a higher level than its child, and a unit has
/// one level. A cycle is therefore rejected, because one of its links would lead to a lower level.
/// </summary>
internal static class UnitTreeCheck
{
    internal static void Check(IReadOnlyList<WithRow<UnitRow>> rows, KnownCodes known, bool allRowsAreSound, List<CatalogueFault> faults)
    {
        var byCode = rows.GroupBy(placed => placed.Value.Code).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var spans in byCode.Values)
        {
            CheckSpansOfOneUnit(spans);
        }

        foreach (var placed in rows.Where(placed => placed.Value.Span.Parent is not null))
        {
            CheckParent(placed, byCode, known, allRowsAreSound);
        }

        CheckRoot(rows, allRowsAreSound, faults);
    }

    private static void CheckSpansOfOneUnit(List<WithRow<UnitRow>> spans)
    {
        var first = spans[0];
        foreach (var other in spans.Skip(1))
        {
            foreach (var column in new[] { "name_zh", "name_en", "kind", "reports_whole" })
            {
                if (other.Row.Text(column) != first.Row.Text(column))
                {
                    other.Row.Fault(
                        column, new($"与第 {first.Row.Line} 行同一单位的内容不同", $"it differs from line {first.Row.Line}, which is the same unit"),
                        new("同一代码的各行只能在上级、起止月份和名录上不同", "rows of one code may differ in parent, months and registers only"));
                }
            }
        }

        var inTime = spans.OrderBy(placed => placed.Value.Span.From).ToList();
        for (var i = 1; i < inTime.Count; i++)
        {
            var (before, after) = (inTime[i - 1], inTime[i]);
            if (before.Value.Span.To is not { } end || end >= after.Value.Span.From)
            {
                after.Row.Fault(
                    "valid_from", new($"与第 {before.Row.Line} 行的时段重叠", $"it overlaps line {before.Row.Line}"),
                    new("请填写前一行的 valid_to，早于本行的 valid_from", "end the earlier row with a valid_to before this valid_from"));
            }
        }
    }

    private static void CheckParent(
        WithRow<UnitRow> child, Dictionary<UnitCode, List<WithRow<UnitRow>>> byCode, KnownCodes known, bool allRowsAreSound)
    {
        var code = child.Value.Span.Parent!.Value;
        if (!byCode.TryGetValue(code, out var parent))
        {
            if (!known.MayContain(code.Value))
            {
                child.Row.Fault(
                    "parent", new($"单位 {code} 不存在", $"there is no unit {code}"), new("请补上该单位，或更正代码", "add that unit, or correct the code"));
            }

            return;
        }

        if (parent[0].Value.Level >= child.Value.Level)
        {
            child.Row.Fault(
                "parent", new($"{code} 的层级不高于本单位", $"{code} is not of a higher level than this unit"),
                new("上级应为街道之于村、区之于街道", "a village stands under a street, a street under a district"));
            return;
        }

        if (parent[0].Value.ReportsWhole)
        {
            child.Row.Fault(
                "parent", new($"{code} 报送全部下级的合计，不能再有下级", $"{code} reports the totals of all below it and may have no units under it"),
                new("请更正上级，或把它的 reports_whole 改为 no", "correct the parent, or set its reports_whole to no"));
        }

        if (allRowsAreSound && FirstMonthWithout(parent, child.Value.Span) is { } orphaned)
        {
            child.Row.Fault(
                "parent", new($"上级 {code} 在 {orphaned} 不存在", $"its parent {code} does not exist in {orphaned}"),
                new("请核对两者的起止月份；改换上级时另起一行", "check the months of both; a unit that moves has a row for each parent"));
        }
    }

    /// <summary>The first month of the child's span that no span of the parent covers.</summary>
    private static Period? FirstMonthWithout(List<WithRow<UnitRow>> parent, UnitSpan child)
    {
        var month = child.From;
        while (true)
        {
            var cover = parent.Select(placed => placed.Value.Span).FirstOrDefault(span => span.Covers(month));
            if (cover is null)
            {
                return month;
            }

            if (cover.To is not { } end || end >= child.To)
            {
                return null;
            }

            month = end.AddMonths(1);
        }
    }

    private static void CheckRoot(IReadOnlyList<WithRow<UnitRow>> rows, bool allRowsAreSound, List<CatalogueFault> faults)
    {
        var roots = rows.Where(placed => placed.Value.Span.Parent is null).ToList();
        if (roots.Count == 0 && allRowsAreSound)
        {
            faults.Add(new(
                UnitRows.Shape.File, null, "parent", new("没有根单位", "there is no root"),
                new("最高一级的单位 parent 留空", "leave the parent of the topmost unit empty")));
        }

        foreach (var second in roots.Where(placed => placed.Value.Code != roots[0].Value.Code))
        {
            second.Row.Fault(
                "parent", new($"第 {roots[0].Row.Line} 行已是根单位", $"line {roots[0].Row.Line} is the root already"),
                new("请填写上级的代码", "fill in the code of its parent"));
        }
    }
}
