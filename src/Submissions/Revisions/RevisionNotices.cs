using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;

namespace XilinIngest.Submissions.Revisions;

/// <summary>The notices (提示) of a revision, F6xx: changed and unchanged figures. A notice does not refuse a submission.</summary>
public static class RevisionNotices
{
    private static readonly NamedField[] Fields =
    [
        new(FigureFields.Value, FigureNames.Value, "本月", "month"),
        new(FigureFields.YearToDate, FigureNames.YearToDate, "1—本月", "year-to-date"),
        new(FigureFields.LastYear, FigureNames.LastYear, "上年同期", "last year"),
        new(FigureFields.Numerator, FigureNames.Numerator, "分子", "numerator"),
        new(FigureFields.Denominator, FigureNames.Denominator, "分母", "denominator"),
        new(FigureFields.Date, FigureNames.Date, "日期", "date"),
    ];

    /// <summary>Fields that a later submission had set already.</summary>
    /// <param name="late">The fields.</param>
    /// <param name="whole">Whether no field of the submission took effect.</param>
    public static Finding SupersededFields(IReadOnlyList<SupersededField> late, bool whole)
    {
        var rows = late.GroupBy(field => (field.Provenance.Sequence, field.Provenance.Key.Revision))
            .OrderBy(row => row.Key.Sequence).ToList();
        var zh = rows.Select(row => $"{FieldList(row, whole, chinese: true)}（台账第 {row.Key.Sequence} 号，revision {row.Key.Revision}）");
        var en = rows.Select(
            row => $"{FieldList(row, whole, chinese: false)} (ledger row {row.Key.Sequence}, revision {row.Key.Revision})");
        var highest = rows.Max(row => row.Key.Revision);
        var indicators = late.Select(field => field.Indicator).Distinct().ToList();
        return Notice("F601",
            $"已有更新的报送，本份的这些数值未采用：{string.Join('；', zh)}。",
            $"A later submission stands; these values of this one did not take: {string.Join("; ", en)}.",
            $"如应以本份为准，请换新的编号，将 revision 改为大于 {highest} 后重新报送；否则无须处理。",
            $"If this one is right, send it again with a new id and a revision above {highest}; else there is nothing to do.",
            indicators.Count == 1 ? indicators[0] : null);
    }

    /// <summary>The changed figures, old → new, and the unchanged ones.</summary>
    public static Finding Changed(Indicator indicator, Figures before, Figures after)
    {
        var figures = new Dictionary<string, decimal>();
        var (zh, en, sameZh, sameEn) = ("", "", "", "");
        foreach (var field in Fields)
        {
            if (before[field.Field] != after[field.Field])
            {
                Add(figures, field.NameBefore, before[field.Field]);
                Add(figures, field.Name, after[field.Field]);
                var (oldZh, oldEn) = FormatFigure(indicator, field.Field, before, "无", "none");
                var (newZh, newEn) = FormatFigure(indicator, field.Field, after, "撤回", "withdrawn");
                zh = string.Concat(zh, zh.Length == 0 ? "" : "，", NameZh(indicator, field), " ", oldZh, " → ", newZh);
                en = string.Concat(en, en.Length == 0 ? "" : ", ", NameEn(indicator, field), " ", oldEn, " → ", newEn);
            }
            else if (after[field.Field] is not null)
            {
                var (textZh, textEn) = FormatFigure(indicator, field.Field, after, "", "");
                sameZh = string.Concat(sameZh, sameZh.Length == 0 ? "" : "、", NameZh(indicator, field), " ", textZh);
                sameEn = string.Concat(sameEn, sameEn.Length == 0 ? "" : ", ", NameEn(indicator, field), " ", textEn);
            }
        }

        var isAllChanged = sameZh.Length == 0;
        return Notice("F602",
            isAllChanged ? $"{indicator.NameZh}：{zh}。" : $"{indicator.NameZh}：{zh}；未变：{sameZh}。",
            isAllChanged ? $"{indicator.NameEn}: {en}." : $"{indicator.NameEn}: {en}; unchanged: {sameEn}.",
            isAllChanged ? "无须处理。" : "无须处理；未变的数如也应更正，请填报后再报一次。",
            isAllChanged
                ? "Nothing to do." : "Nothing to do; if a figure that stands unchanged is to be corrected too, give it and submit again.",
            indicator, figures);
    }

    /// <summary>Figures that equal the effective ones.</summary>
    public static Finding Unchanged(IReadOnlyList<Indicator> indicators) => Notice("F603",
        $"与现有数相同，没有变更：{string.Join('、', indicators.Select(indicator => indicator.NameZh))}。",
        $"The same as what stands, nothing changed: {string.Join(", ", indicators.Select(indicator => indicator.NameEn))}.",
        "无须处理；如本应更正，请核对所填的数。", "Nothing to do; if a correction was meant, check the figures.",
        indicators.Count == 1 ? indicators[0] : null);

    /// <summary>A correction that does not change the totals, because a reported year-to-date takes precedence.</summary>
    public static Finding YearToDateUnchanged(Indicator indicator, Period month, decimal yearToDate) => Notice("F604",
        $"{indicator.NameZh}：1—{month.Month}月累计仍按所报的 {BuiltInFindings.FormatNumber(yearToDate)} 计，自{month.NameZh}起累计数和增幅不因本次更正而变。",
        $"{indicator.NameEn}: the year-to-date of {month} stands as reported ({BuiltInFindings.FormatNumber(yearToDate)}); from {month} "
        + "on this correction changes neither it nor the growth.",
        $"累计数也应更正的，请一并更正{month.NameZh}的1—本月累计，或将其撤回。", $"If the year-to-date is to follow, correct that of {month} too, or withdraw it.",
        indicator, new Dictionary<string, decimal> { [FigureNames.YearToDate] = yearToDate });

    private static string FieldList(IEnumerable<SupersededField> fields, bool whole, bool chinese)
    {
        var names = fields.GroupBy(field => field.Indicator).Select(group =>
        {
            var name = chinese ? group.Key.NameZh : group.Key.NameEn;
            var some = string.Join(chinese ? "、" : ", ",
                group.Select(late => Array.Find(Fields, field => field.Field == late.Field)!)
                    .Select(field => chinese ? field.Zh : field.En));
            return whole ? name : chinese ? $"{name}的{some}" : $"{name}: {some}";
        });
        return string.Join(chinese ? "、" : ", ", names);
    }

    private static void Add(Dictionary<string, decimal> figures, string name, decimal? figure)
    {
        if (figure is { } number)
        {
            figures[name] = number;
        }
    }

    private static string NameZh(Indicator indicator, NamedField field) =>
        StageIn(indicator, field.Field) ? "阶段" : field.Zh;

    private static string NameEn(Indicator indicator, NamedField field) =>
        StageIn(indicator, field.Field) ? "stage" : field.En;

    // A yes/no has no named stages, so the month's value is written as it is.
    private static bool StageIn(Indicator indicator, FigureFields field) =>
        field == FigureFields.Value && indicator.Kind.HasNamedStages;

    // Chinese and English. Most figures are numbers, which have one text in both.
    private static (string Zh, string En) FormatFigure(
        Indicator indicator, FigureFields field, Figures figures, string absentZh, string absentEn)
    {
        if (field == FigureFields.Date)
        {
            return figures.Date is { } date ? Both(DateText.Format(date))
                : figures.Value is null ? (absentZh, absentEn)
                : ("无", "none");
        }

        if (figures[field] is not { } number)
        {
            return (absentZh, absentEn);
        }

        var stages = field == FigureFields.Value ? indicator.Kind.StagesOf(indicator) : [];
        return decimal.IsInteger(number) && number >= 0 && number < stages.Count
            ? ($"{number:0} {stages[(int)number].NameZh}", $"{number:0} {stages[(int)number].NameEn}")
            : Both(BuiltInFindings.FormatNumber(number));
    }

    private static (string Zh, string En) Both(string text) => (text, text);

    private static Finding Notice(
        string rule, string zh, string en, string remedyZh, string remedyEn, Indicator? indicator = null,
        IReadOnlyDictionary<string, decimal>? figures = null) =>
        FindingFactory.Create(rule, BuiltInFindings.Version, FindingSeverity.Notice, zh, en, remedyZh, remedyEn, indicator?.Code.Value,
            figures);

    private sealed record NamedField(FigureFields Field, string Name, string Zh, string En)
    {
        public string NameBefore { get; } = Name + "_before";
    }
}
