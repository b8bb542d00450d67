using DocumentFormat.OpenXml.Spreadsheet;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Input;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>
/// Writes the Excel form: one sheet for each unit. All cells are locked except those to fill in.
/// </summary>
internal static class FormWriter
{
    /// <summary>Written beside an indicator that is not due in January.</summary>
    public const string ExemptInJanuary = "1月免报，2月报1—2月合计";

    private const int FreeRows = 5;
    private static readonly double[] Widths = [34, 30, 10, 15, 15, 15, 12, 12, 8, 34, 24, 14, 15, 15, 15, 15, 15, 15, 12, 12, 14];

    private static readonly string[] Headings = ["指标代码", "指标名称", "计量单位", "本月", "1—本月累计", "上年同期（1—本月）", "分子", "分母", "撤回", "情况说明", "备注", "日期",
         "上月（参考）", "上年同月（参考）", "上年累计（参考）", "现有本月（参考）", "现有累计（参考）", "现有上年同期（参考）", "现有分子（参考）", "现有分母（参考）", "现有日期（参考）"];

    private const string Hint = "只填黄色单元格：没有发生填 0；留空的，已报的数（右边“现有”各栏）保持不变。只撤回一个数，在该格写“撤回”；撤回整项，“撤回”一栏选“是”。"
        + "“上年同期”填上年1—本月累计（存量指标填上年同月末数）。修订号留空自动编号；关账后更正须写更正原因。系统提出核实性问题时，用“情况说明”回答。"
        + "有阶段的指标从下拉列表中选阶段，并填达到的“日期”。";

    public static byte[] Write(IReadOnlyList<FormSheet> forms, DateTimeOffset now)
    {
        var names = new UniqueSheetNames(Choices);
        var sheets = forms.Select(form => new SheetContent(names.Take(form.Unit.NameZh, form.Unit.Code.Value), Sheet(form))).ToList();
        if (forms.Any(form => form.Choices.Count > 0))
        {
            var choices = forms.SelectMany(form => form.Choices).DistinctBy(indicator => indicator.Code);
            sheets.Add(new SheetContent(Choices, ChoiceSheet([.. choices]), IsHidden: true));
        }

        return WorkbookWriter.Write(sheets, FormStyles.Build(), ("xilin", now));
    }

    /// <summary>The hidden sheet with the indicators to choose from.</summary>
    public const string Choices = "指标目录";

    private static Worksheet Sheet(FormSheet form)
    {
        // Merged cells do not grow with their text.
        var hint = SheetParts.Row(5, Text(Hint, FormCellStyle.Hint));
        (hint.Height, hint.CustomHeight) = (48, true);
        var rows = new List<Row>
        {
            SheetParts.Row(1, Text($"{form.Unit.NameZh} {form.Period.NameZh}报表", FormCellStyle.Title)),
            SheetParts.Row(2, Text("单位代码", FormCellStyle.Label), Text(form.Unit.Code.Value, FormCellStyle.FixedText),
                Text("单位名称", FormCellStyle.Label), Text(form.Unit.NameZh, FormCellStyle.FixedText)),
            SheetParts.Row(3, Text("报告期", FormCellStyle.Label), Text(form.Period.ToString(), FormCellStyle.FixedText),
                Text("修订号", FormCellStyle.Label), Empty(FormCellStyle.InputNumber)),
            SheetParts.Row(4, Text("填报人", FormCellStyle.Label), Empty(FormCellStyle.InputText), Text("更正原因", FormCellStyle.Label),
                Empty(FormCellStyle.InputText)),
            hint,
            SheetParts.Row(6, [.. Headings.Select(heading => Text(heading, FormCellStyle.Heading))]),
        };
        rows.AddRange(form.Rows.Select((row, i) => SheetParts.Row(7 + i, Cells(row, form.Period))));
        var first = 7 + form.Rows.Count;
        var free = form.Choices.Count > 0 ? FreeRows : 0;
        rows.AddRange(Enumerable.Range(first, free).Select(number => SheetParts.Row(number, FreeCells())));
        var last = first + free - 1;
        return new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            SheetParts.FreezeRows(6),
            SheetParts.Columns(Widths),
            new SheetData(rows),
            new SheetProtection { Sheet = true, Objects = true, Scenarios = true, FormatColumns = false, FormatRows = false },
            new MergeCells(new MergeCell { Reference = "A1:K1" }, new MergeCell { Reference = "A5:U5" }) { Count = 2 },
            FormValidations.Build(form, first, last),
            new PageSetup { Orientation = OrientationValues.Landscape, FitToHeight = 0, PaperSize = 9 });
    }

    private static Cell[] FreeCells() =>
        [.. Enumerable.Range(0, 12)
            .Select(column => Empty(column is >= 3 and <= 7 ? FormCellStyle.InputNumber : FormCellStyle.InputText))];

    private static Cell[] Cells(FormRow row, Period period)
    {
        var indicator = row.Indicator;
        var fields = indicator.Kind.Fields & ~indicator.Kind.DerivedFields;
        Cell[] head = [Text(indicator.Code.Value, FormCellStyle.FixedText), Text(indicator.NameZh, FormCellStyle.FixedText),
                Text(indicator.CanonicalUnit, FormCellStyle.FixedText)];
        Cell[] references =
        [
            Reference(row.LastMonth), Reference(row.LastYearMonth), Reference(row.LastYearToDate),
            Reference((fields & FigureFields.Value) == 0 ? null : row.Effective?.Value),
            Reference(row.Effective?.YearToDate), Reference(row.Effective?.LastYear), Reference(row.Effective?.Numerator),
            Reference(row.Effective?.Denominator),
            row.Effective?.Date is { } since ? Text(DateText.Format(since), FormCellStyle.FixedText) : Empty(FormCellStyle.FixedText),
        ];
        if (!indicator.IsDueIn(period))
        {
            return [.. head, .. Enumerable.Range(0, 6).Select(_ => Empty(FormCellStyle.Exempt)),
                Text(ExemptInJanuary, FormCellStyle.Exempt), Empty(FormCellStyle.Exempt), Empty(FormCellStyle.Exempt), .. references];
        }

        var input = indicator.CanonicalUnit.EndsWith('元') ? FormCellStyle.InputMoney : FormCellStyle.InputNumber;
        return
        [
            .. head, Empty(input), Cell(FigureFields.YearToDate), Cell(FigureFields.LastYear), Cell(FigureFields.Numerator),
            Cell(FigureFields.Denominator),
            Empty(FormCellStyle.InputText), Empty(FormCellStyle.InputText), Empty(FormCellStyle.InputText),
            Empty((fields & FigureFields.Date) != 0 ? FormCellStyle.InputText : FormCellStyle.Exempt), .. references,
        ];

        Cell Cell(FigureFields field) => Empty((fields & field) != 0 ? input : FormCellStyle.Exempt);
    }

    private static Worksheet ChoiceSheet(IReadOnlyList<Indicator> indicators) =>
        new(new SheetData(indicators.Select((indicator, i) => SheetParts.Row(
            i + 1, Text(indicator.Code.Value, FormCellStyle.Plain), Text(indicator.NameZh, FormCellStyle.Plain)))));

    private static Cell Empty(FormCellStyle style) => SheetParts.EmptyCell((uint)style);

    private static Cell Text(string text, FormCellStyle style) => FormulaProtection.TextCell(text, (uint)style);

    private static Cell Reference(decimal? value) => value is not { } number
        ? Empty(FormCellStyle.FixedWhole)
        : SheetParts.NumberCell(number, (uint)(decimal.IsInteger(number) ? FormCellStyle.FixedWhole : FormCellStyle.FixedNumber));
}
