using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Checking;
using XilinIngest.Client.Files;
using XilinIngest.Client.Forms;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Tests.Forms;

public sealed partial class The_Excel_form
{
    private static readonly ClientCatalogue Known = ClientCatalogue.FromFolder(RepositoryFiles.Catalogue);
    private static readonly DateTimeOffset Now = new(2022, 8, 3, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Comes_back_as_it_was_filled_in()
    {
        using var form = Form("320404004201", "2022-07");
        var (visits, rate, tests) =
            (form.RowOf("ENTERPRISE_VISITS"), form.RowOf("SENIOR_VACCINATION_RATE"), form.RowOf("NUCLEIC_ACID_TESTS"));
        form.Number("D" + visits, "35").Number("E" + visits, "210").Number("F" + visits, "33").Text("J" + visits, "新增走访安排")
            .Number("G" + rate, "1234").Number("H" + rate, "1300")
            .Text("I" + tests, "是")
            .Text("B4", "张三").Number("D3", "2").Text("D4", "更正原来的错报").SavedAt(new DateTime(2022, 8, 2, 3, 4, 5, DateTimeKind.Utc));
        var draft = Assert.Single(Read(form).Drafts);
        Assert.Empty(draft.Findings);
        Assert.Equal(
            """{"unit":"320404004201","period":"2022-07","revision":2,"values":[{"indicator":"ENTERPRISE_VISITS","value":35,"yearToDate":"""
                + """210,"lastYear":33,"unit":"家","note":"新增走访安排"},{"indicator":"NUCLEIC_ACID_TESTS","value":null,"unit":"人次"},"""
                + """{"indicator":"SENIOR_VACCINATION_RATE","numerator":1234,"denominator":1300,"unit":"%"}"""
                + """],"submittedBy":"张三","correction":{"reason":"更正原来的错报"}}""",
            Encoding.UTF8.GetString(SubmissionBody.ToBytes(draft.Body)));
        Assert.Equal("新增走访安排", draft.PreparedExplanations["ENTERPRISE_VISITS"]);
        Assert.Equal(new DateTimeOffset(2022, 8, 2, 3, 4, 5, TimeSpan.Zero), draft.SavedAt);
        Assert.Empty(OfflineChecks.Check(draft, Known));
    }

    [Theory]
    [InlineData("1.1000000000000001", "1.1")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1705.4999999999998", "1705.5")]
    [InlineData("1.2E+7", "12000000")]
    [InlineData("-5", "-5")]
    public void Numbers_are_what_was_typed_not_what_binary_makes_of_them(string raw, string expected)
    {
        using var form = Form("320404004201", "2022-07");
        form.Number("D" + form.RowOf("ENTERPRISE_VISITS"), raw);
        var draft = Read(form).Drafts.Single();
        Assert.Empty(draft.Findings);
        Assert.Equal(expected, draft.Body["values"]![0]!["value"]!.GetValue<decimal>().ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("３５．５", "35.5")]
    [InlineData(" 1,234.50 ", "1234.5")]
    public void Numbers_stored_as_text_are_understood_where_there_is_one_way_to(string text, string expected)
    {
        using var form = Form("320404004201", "2022-07");
        form.Text("D" + form.RowOf("ENTERPRISE_VISITS"), text);
        Assert.Equal(expected,
            Read(form).Drafts.Single().Body["values"]![0]!["value"]!.GetValue<decimal>().ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_one_would_have_to_guess_is_a_finding_with_sheet_row_and_column()
    {
        using var form = Form("320404004201", "2022-07");
        var (percentage, date) = (form.Format(10), form.Format(14));
        string[] rows = [.. Enumerable.Range(7, 8).Select(row => $"{row}")];
        form.Text("D" + rows[0], "1,234")
            .Number("D" + rows[1], "0.95", percentage)
            .Number("D" + rows[2], "44743", date).Formula("D" + rows[3], "1/0", "#DIV/0!", CellValues.Error)
            .Formula("D" + rows[4], "A1+1", null)
            .Number("D" + rows[5], "33.333333333333336").Text("D" + rows[6], "五").Formula("D" + rows[7], "12+3", "15");
        var findings = Read(form).Drafts.Single().Findings;
        Assert.Equal(
            [(7, "C201"), (8, "C202"), (9, "C201"), (10, "C202"), (11, "C202"), (12, "C201"), (13, "C201")],
            findings.Select(finding => (finding.Location.Row!.Value, finding.Finding.Rule)));
        Assert.All(findings, finding => Assert.Equal(("东岱村", "本月"), (finding.Location.Sheet, finding.Location.Column)));
        Assert.Equal("form.xlsx 工作表“东岱村” 第 7 行 “本月”", findings[0].Location.Describe(english: false));
    }

    [Fact]
    public void Text_that_begins_like_a_formula_is_text()
    {
        var unit = new Unit
        {
            Code = new UnitCode("320404004201"),
            NameZh = "=cmd|'/c calc'!A0",
            NameEn = "",
            Kind = UnitKind.Village,
            Spans = [],
            Index = 0
        };
        var indicator = Known.Catalogue.Indicators[0] with { NameZh = "@SUM(1)", CanonicalUnit = "+元" };
        using var form = new FilledForm(FormWriter.Write([new FormSheet(unit, new Period(2022, 7), [new FormRow(indicator)], [])], Now));
        Assert.Empty(form.Sheet().Descendants<CellFormula>());
        Assert.Equal(CellValues.InlineString, form.Cells().Single(cell => cell.InnerText == "@SUM(1)").DataType!.Value);
        var quoted = form.Cells().Single(cell => cell.InnerText == unit.NameZh).StyleIndex!.Value;
        Assert.True(form.Book.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>()
            .ElementAt((int)quoted).QuotePrefix!.Value);
    }

    [Fact]
    public void Is_locked_but_for_what_is_to_be_filled_in_and_is_a_sound_workbook()
    {
        using var form = Form("91320404MA0000001L", "2022-01");
        Assert.True(form.Sheet().GetFirstChild<SheetProtection>()!.Sheet!.Value);
        var formats = form.Book.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();
        bool IsOpen(string cell) =>
            formats[(int)form.Cells().Single(c => c.CellReference == cell).StyleIndex!.Value].Protection?.Locked?.Value == false;
        Assert.False(IsOpen("A7"));
        Assert.False(IsOpen("B2"));
        Assert.True(IsOpen("D3"));

        // Fixed-asset investment is exempt in January: nothing to fill in, and the row says why.
        var exempt = form.RowOf("FIXED_ASSET_INVESTMENT");
        Assert.False(IsOpen("D" + exempt));
        Assert.Contains("1月免报", form.Cells().Single(cell => cell.CellReference == "J" + exempt).InnerText, StringComparison.Ordinal);
        Assert.Contains(form.Sheet().Descendants<DataValidation>(), validation => validation.Type?.Value == DataValidationValues.List
            && validation.SequenceOfReferences?.InnerText?.StartsWith('I') == true);

        using var document = SpreadsheetDocument.Open(new MemoryStream(form.Bytes()), false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
    }

    [Fact]
    public void Has_the_figures_of_last_month_and_last_year_beside_each()
    {
        var unit = Known.Catalogue.Units[new UnitCode("320404004000")];
        using var form =
            new FilledForm(
                FormWriter.Write(
                    [new FormSheet(unit, new Period(2022, 7), [new FormRow(Known.Catalogue.Indicators[0], 1705.5m, 1600m, 9000.25m)], [])],
                    Now));
        Assert.Equal(["1705.5", "1600", "9000.25"],
            form.Cells().Where(cell => cell.CellReference!.Value is "M7" or "N7" or "O7").Select(cell => cell.InnerText));
    }

    [Fact]
    public void Shows_what_stands_beside_each_and_says_that_a_blank_box_leaves_it()
    {
        var unit = Known.Catalogue.Units[new UnitCode("320404004000")];
        var row = new FormRow(Known.Catalogue.Indicators[0],
            Effective: new Contracts.Responses.FormFigures(626.17m, null, 5713.11m, null, null, 8));
        using var form = new FilledForm(FormWriter.Write([new FormSheet(unit, new Period(2022, 7), [row], [])], Now));
        Assert.Equal(["626.17", "", "5713.11"],
            form.Cells().Where(cell => cell.CellReference!.Value is "P7" or "Q7" or "R7").Select(cell => cell.InnerText));
        Assert.Equal(["现有本月（参考）", "现有累计（参考）", "现有上年同期（参考）"],
            form.Cells().Where(cell => cell.CellReference!.Value is "P6" or "Q6" or "R6").Select(cell => cell.InnerText));
        Assert.Contains("保持不变", form.Cells().Single(cell => cell.CellReference == "A5").InnerText, StringComparison.Ordinal);
        Assert.Contains("撤回",
            form.Sheet().Descendants<DataValidation>()
                .Single(validation =>
                    validation.SequenceOfReferences?.InnerText?.StartsWith("D7", StringComparison.Ordinal) == true).Formula1!.Text,
                    StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I", "√", "C209")]
    [InlineData("J", "新增走访安排", "C212")]
    [InlineData("K", "见附件", "C212")]
    public void With_a_cell_filled_that_is_none_of_what_it_may_be_or_goes_with_no_figure_says_so(string column, string text, string rule)
    {
        using var form = Form("320404004201", "2022-07");
        var row = form.RowOf("ENTERPRISE_VISITS");
        form.Text(column + row, text);
        var finding = Read(form).Drafts.Single().Findings.Single();
        Assert.Equal((rule, "东岱村", row), (finding.Finding.Rule, finding.Location.Sheet, $"{finding.Location.Row}"));
    }

    [Fact]
    public void Of_January_with_an_exempt_indicator_is_read_back_without_a_finding_also_as_an_earlier_version_wrote_it()
    {
        using var form = Form("91320404MA0000001L", "2022-01");
        form.Number("D" + form.RowOf("INDUSTRIAL_OUTPUT"), "5");
        Assert.Empty(Read(form).Drafts.Single().Findings);
    }

    [Fact]
    public void With_chosen_indicators_lets_others_be_chosen_from_a_list()
    {
        var unit = Known.Catalogue.Units[new UnitCode("320404004201")];
        var own = Known.ReportedBy(unit, new Period(2022, 7)).ToList();
        using var form = new FilledForm(FormWriter.Write([new FormSheet(unit, new Period(2022, 7), [new FormRow(own[0])], own)], Now));
        form.Text("A8", "ENTERPRISE_VISITS").Text("C8", "家").Number("D8", "3");
        Assert.Equal("ENTERPRISE_VISITS", Read(form).Drafts.Single().IndicatorLocations.Keys.Single());
        Assert.Contains(form.Sheet().Descendants<DataValidation>(),
            validation => validation.Formula1?.Text.Contains("指标目录", StringComparison.Ordinal) == true
            && validation.SequenceOfReferences?.InnerText == "A8:A12");
        using var document = SpreadsheetDocument.Open(new MemoryStream(form.Bytes()), false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
    }

    [Fact]
    public void Left_empty_or_no_form_at_all_is_said_to_be_so()
    {
        using var form = Form("320404004201", "2022-07");
        Assert.Equal("C102", Read(form).Findings.Single().Finding.Rule);
        Assert.Equal("C101",
            ExcelFile.Read([(byte)'P', (byte)'K', 3, 4, 1, 2, 3], new SourceLocation("x.xlsx"), Now, null).Findings.Single().Finding.Rule);
    }

    [Fact]
    public void With_figures_in_a_hidden_row_or_column_says_so_and_is_read_all_the_same()
    {
        using var form = Form("320404004201", "2022-07");
        var (seen, hidden) = (form.RowOf("ENTERPRISE_VISITS"), form.RowOf("NUCLEIC_ACID_TESTS"));
        form.Number("D" + seen, "35").Number("D" + hidden, "7").Number("F" + seen, "33");
        form.Sheet().Descendants<Row>().Single(row => row.RowIndex! == uint.Parse(hidden, CultureInfo.InvariantCulture)).Hidden = true;
        form.Sheet().Descendants<DocumentFormat.OpenXml.Spreadsheet.Column>()
            .Single(column => column.Min! <= 6 && column.Max! >= 6).Hidden = true;
        var read = Read(form);
        Assert.Equal(
            [(seen, "上年同期（1—本月）", "C208"), (hidden, "本月", "C208")],
            read.Notices.Select(notice => ($"{notice.Location.Row}", notice.Location.Column!, notice.Finding.Rule))
                .OrderBy(notice => notice.Item1 == hidden));
        Assert.Empty(read.Drafts.Single().Findings);
        Assert.Equal(2, read.Drafts.Single().IndicatorLocations.Count);
    }

    private static FilledForm Form(string code, string month)
    {
        var (unit, period) = (Known.Catalogue.Units[new UnitCode(code)], Period.Parse(month));
        return new FilledForm(
            FormWriter.Write(
                [new FormSheet(unit, period, [.. Known.ReportedBy(unit, period).Select(indicator => new FormRow(indicator))], [])], Now));
    }

    private static FileContent Read(FilledForm form) => ExcelFile.Read(form.Bytes(), new SourceLocation("form.xlsx"), Now, Known.Names);
}
