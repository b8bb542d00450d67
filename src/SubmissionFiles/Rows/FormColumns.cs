using XilinIngest.Indicators;
using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Rows;

/// <summary>The content of a column.</summary>
internal enum FormColumn
{
    Unit, Period, Revision, Indicator, Value, UnitOfMeasure, YearToDate, LastYear, Numerator, Denominator, Date,
    Withdraw, Note, Explanation, Rule, Correction, SubmittedBy, SubmittedAt, Ignored,
}

/// <summary>Headings in Chinese and English.</summary>
internal static class FormColumns
{
    private static readonly (FormColumn Column, string[] Names)[] Known =
    [
        (FormColumn.Unit, ["unit", "单位代码", "单位"]),
        (FormColumn.Period, ["period", "报告期", "月份"]),
        (FormColumn.Revision, ["revision", "修订号"]),
        (FormColumn.Indicator, ["indicator", "指标代码", "指标"]),
        (FormColumn.Value, ["value", "本月"]),
        (FormColumn.UnitOfMeasure, ["unit_of_measure", "计量单位"]),
        (FormColumn.YearToDate, ["year_to_date", "1-本月累计", "1-本月", "累计"]),
        (FormColumn.LastYear, ["last_year", "上年同期", "上年同期(1-本月)"]),
        (FormColumn.Numerator, ["numerator", "分子"]),
        (FormColumn.Denominator, ["denominator", "分母"]),
        (FormColumn.Date, ["date", "日期", "达到日期"]),
        (FormColumn.Withdraw, ["withdraw", "撤回"]),
        (FormColumn.Note, ["note", "备注"]),
        (FormColumn.Explanation, ["explanation", "说明", "情况说明"]),
        (FormColumn.Rule, ["rule", "审核公式"]),
        (FormColumn.Correction, ["correction_reason", "更正原因"]),
        (FormColumn.SubmittedBy, ["submitted_by", "填报人"]),
        (FormColumn.SubmittedAt, ["submitted_at", "报送时间"]),
        (FormColumn.Ignored, ["unit_name", "单位名称", "indicator_name", "指标名称", "序号", "no", "上月(参考)", "上年同月(参考)", "上年累计(参考)",
            "现有本月(参考)", "现有累计(参考)", "现有上年同期(参考)", "现有分子(参考)", "现有分母(参考)", "现有日期(参考)"]),
    ];

    // Headings are compared in half-width characters.
    private static readonly Dictionary<string, FormColumn> ByName =
        Known.SelectMany(known => known.Names.Select(name => (name, known.Column))).ToDictionary(pair => pair.name, pair => pair.Column);

    /// <summary>Finds the column by the heading above it or by the label before a cell, with or without a colon.</summary>
    public static bool TryFind(string heading, out FormColumn column) => ByName.TryGetValue(
        NumberText.Normalize(heading).TrimEnd(':').Replace('–', '-').Replace('—', '-').ToLowerInvariant(), out column);

    public static string EnglishName(FormColumn column) => Known.First(known => known.Column == column).Names[0];

    public static string ChineseName(FormColumn column) => Known.First(known => known.Column == column).Names[1];
}

/// <summary>A cell with its text, its position, and its fault, if any.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Location">Its position.</param>
/// <param name="Finding">The fault of the cell, regardless of its column.</param>
/// <param name="DisplayedUnit">
/// Words and currency signs that its number format shows with the number, such as 万; null if there are none.
/// </param>
/// <param name="FigureFinding">
/// The fault of the cell if it holds a figure; it does not affect a code or a month. Null if there is none.
/// </param>
internal sealed record FileCell(string Text, SourceLocation Location, Contracts.Finding? Finding = null,
    string? DisplayedUnit = null, Contracts.Finding? FigureFinding = null)
{
    public bool IsEmpty => Finding is null && InputText.IsBlank(Text);
}
