using System.Text;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Files;

namespace XilinIngest.Client.Tests.Files;

public sealed class A_csv_file : IDisposable
{
    private const string Good =
        "单位,报告期,指标,本月,计量单位,备注\r\n320404004201,2022-07,ENTERPRISE_VISITS,35,家,好\r\n320404004202,2022-07,ENTERPRISE_VISITS,７,家,\r\n";
    private readonly XilinProcess _xilin = new();

    public static TheoryData<byte[]> Encodings => new(
        Encoding.UTF8.GetBytes(Good), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Good)], Gbk(Good),
        [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Good.Replace(',', '\t'))], Gbk(Good.Replace(',', ';')));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Is_read_as_Excel_may_have_saved_it(byte[] bytes)
    {
        var content = Read(bytes);
        Assert.Empty(content.Findings);
        Assert.Equal(
            ["""{"unit":"320404004201","period":"2022-07","values":[{"indicator":"ENTERPRISE_VISITS","value":35,"unit":"家","note":"好"}]}""",
             """{"unit":"320404004202","period":"2022-07","values":[{"indicator":"ENTERPRISE_VISITS","value":7,"unit":"家"}]}"""],
            content.Drafts.Select(draft => Encoding.UTF8.GetString(Checking.SubmissionBody.ToBytes(draft.Body))));
        Assert.All(content.Drafts, draft => Assert.Empty(draft.Findings));
    }

    [Fact]
    public void May_name_units_and_indicators_as_the_catalogue_does()
    {
        var content = Read(Gbk("单位,报告期,指标,本月,计量单位\n东岱村,2022年7月,走访企业,35,家\n"), ClientCatalogue.FromFolder(RepositoryFiles.Catalogue));
        Assert.Equal(("320404004201", "ENTERPRISE_VISITS"), (content.Drafts[0].Unit, content.Drafts[0].IndicatorLocations.Keys.Single()));
    }

    [Fact]
    public void Has_every_fault_told_with_its_row_and_column()
    {
        var content = Read(Encoding.UTF8.GetBytes(
            """
            unit,period,indicator,value,unit_of_measure,year_to_date
            320404004201,2022-07,ENTERPRISE_VISITS,"1,234",家,5%
            320404004201,2022-07,ENTERPRISE_VISITS,3,家,

            3.20404E+11,Jul-22,ENTERPRISE_VISITS,3,家,
            320404004201,2022-07,DIGITAL_DIAGNOSES,,家,
            320404004201,2022-07,NUCLEIC_ACID_TESTS,1,234,家,5
            """));
        var findings = content.Findings.Concat(content.Drafts.SelectMany(draft => draft.Findings));
        Assert.Equal(
            [(2, null, "C217"), (2, "value", "C201"), (2, "year_to_date", "C201"), (3, null, "F304"), (5, "period", "C204"),
                (5, "unit", "C203"), (6, null, "C206"), (7, null, "C202")],
            findings.Select(finding => (finding.Location.Row, finding.Location.Column, finding.Finding.Rule))
                .OrderBy(finding => finding.Row)
                    .ThenBy(finding => finding.Column, StringComparer.Ordinal).Select(f => (f.Row ?? 0, f.Column, f.Rule)));
    }

    [Fact]
    public void With_a_row_without_an_indicator_names_that_row_and_column_and_reads_its_figure()
    {
        var content = Read(Encoding.UTF8.GetBytes("""
            unit,period,indicator,value,unit_of_measure
            320404004201,2022-07,ENTERPRISE_VISITS,1,家
            320404004201,2022-07,,"1,234",家
            """));
        var findings = Assert.Single(content.Drafts).Findings;
        Assert.Equal(
            [("C220", 3, "indicator"), ("C201", 3, "value")],
            findings.Select(finding => (finding.Finding.Rule, finding.Location.Row ?? 0, finding.Location.Column ?? "")));
    }

    [Fact]
    public void With_a_quote_left_open_holds_back_what_that_row_is_of_and_nothing_else()
    {
        var content = Read(Encoding.UTF8.GetBytes("""
            unit,period,indicator,value,unit_of_measure,note
            320404004201,2022-07,ENTERPRISE_VISITS,1,家,
            320404004201,2022-07,DIGITAL_DIAGNOSES,1,家,"open
            320404004202,2022-07,ENTERPRISE_VISITS,2,家,
            """));
        Assert.Equal(3, content.Findings.Single().Location.Row);
        Assert.Equal([("320404004201", "C217"), ("320404004202", "")],
            content.Drafts.Select(draft => (draft.Unit, string.Join(' ', draft.Findings.Select(finding => finding.Finding.Rule)))));
    }

    [Theory]
    [InlineData("是", "", "", """{"indicator":"ENTERPRISE_VISITS","value":null,"unit":"家"}""")]
    [InlineData("Yes", "", "", """{"indicator":"ENTERPRISE_VISITS","value":null,"unit":"家"}""")]
    [InlineData("否", "3", "", """{"indicator":"ENTERPRISE_VISITS","value":3,"unit":"家"}""")]
    [InlineData("", "撤回", "", """{"indicator":"ENTERPRISE_VISITS","value":null,"unit":"家"}""")]
    [InlineData("", "3", "withdraw", """{"indicator":"ENTERPRISE_VISITS","value":3,"withdraw":["lastYear"],"unit":"家"}""")]
    [InlineData("", "", "撤回", """{"indicator":"ENTERPRISE_VISITS","withdraw":["lastYear"],"unit":"家"}""")]
    [InlineData("√", "", "", "C209")]
    [InlineData("1", "3", "", "C209")]
    [InlineData("撤回", "", "", "C209")]
    [InlineData("是", "3", "", "C210")]
    [InlineData("", "撤回", "3", "C210")]
    [InlineData("", "null", "", "C201")]
    [InlineData("", "撤销", "", "C201")]
    public void Withdraws_by_the_words_that_are_documented_and_no_others(string withdraw, string value, string lastYear, string expected)
    {
        var draft = Read(
            Encoding.UTF8.GetBytes(
                $"unit,period,indicator,value,last_year,withdraw,unit_of_measure\n320404004201,2022-07,ENTERPRISE_VISITS,{value},"
                    + $"{lastYear},{withdraw},家\n")).Drafts.Single();
        Assert.Equal(expected,
            draft.Findings.Count > 0
                ? draft.Findings.Single().Finding.Rule
                    : Encoding.UTF8.GetString(
                        Checking.SubmissionBody.ToBytes((System.Text.Json.Nodes.JsonObject)draft.Body["values"]![0]!)));
    }

    [Fact]
    public void With_invisible_characters_around_its_cells_is_read_and_within_them_is_told()
    {
        var content =
            Read(Encoding.UTF8.GetBytes(
                "\u200Bunit,period,indicator,value,unit_of_measure\n"
                    + "\u202D320404004201\u202C,2022-07\u200B,ENTERPRISE_VISITS,35,家\u200B\n"));
        Assert.Empty(content.Drafts.Single().Findings);
        Assert.Equal(("320404004201", "家"), (content.Drafts[0].Unit, content.Drafts[0].Body["values"]![0]!["unit"]!.GetValue<string>()));
        var within = Read(
            Encoding.UTF8.GetBytes("unit,period,indicator,value,unit_of_measure\n3204\u200B04004201,2022-07,ENTERPRISE_VISITS,35,家\n"));
        Assert.Equal(("C211", "unit"),
            within.Drafts.Single().Findings.Select(finding => (finding.Finding.Rule, finding.Location.Column)).First());
    }

    [Theory]
    [InlineData("unit,period,indicator\n", "C105")]
    [InlineData("unit,unit,period,indicator,value,unit_of_measure\n", "C104")]
    [InlineData("unit,period,indicator,value,unit_of_measure,colour\n", "C103")]
    [InlineData("unit,period,indicator,value,unit_of_measure\n", "C102")]
    [InlineData("", "C102")]
    public void Whose_headings_are_wrong_is_refused_as_a_whole(string text, string rule) =>
        Assert.Equal(rule, Read(Encoding.UTF8.GetBytes(text)).Findings[0].Finding.Rule);

    [Fact]
    public void That_is_no_text_is_said_to_be_none() =>
        Assert.Equal("C101", Read([0x80, 0xFF, 0x00, 0x01]).Findings.Single().Finding.Rule);

    public void Dispose() => _xilin.Dispose();

    private FileContent Read(byte[] bytes, ClientCatalogue? catalogue = null) =>
        SubmissionFileReader.Read(_xilin.File("报表.csv", bytes), catalogue);

    private static byte[] Gbk(string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GBK").GetBytes(text);
    }
}
