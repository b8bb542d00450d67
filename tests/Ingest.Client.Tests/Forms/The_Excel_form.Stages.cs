using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;
using XilinIngest.Client.Checking;

namespace XilinIngest.Client.Tests.Forms;

/// <summary>Indicators whose value is a stage, with a date.</summary>
public sealed partial class The_Excel_form
{
    [Theory]
    [InlineData("2 方案评审", "2022-07-15")]
    [InlineData("方案评审", "2022年7月15日")]
    [InlineData("2", "2022/7/15")]
    public void Takes_a_stage_by_number_or_name_and_its_date(string stage, string date)
    {
        using var form = Form("320404004201", "2022-07");
        var (plan, site) = (form.RowOf("AREA_PLANNING"), form.RowOf("PARTY_BUILDING_SITE"));
        form.Text("D" + plan, stage).Text("L" + plan, date).Text("D" + site, "是").Number("L" + site, "44512", form.Format(14));
        var draft = Assert.Single(Read(form).Drafts);
        Assert.Empty(draft.Findings);
        Assert.Equal(
            """[{"indicator":"AREA_PLANNING","value":2,"date":"2022-07-15","unit":"阶段"},{"indicator":"PARTY_BUILDING_SITE","value":"""
                + """1,"date":"2021-11-12","unit":"个"}]""",
            draft.Body["values"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Empty(OfflineChecks.Check(draft, Known));
    }

    [Theory]
    [InlineData("D", "5 已批", "C220")]
    [InlineData("D", "评审", "C220")]
    [InlineData("L", "7月15日", "C219")]
    public void Refuses_a_stage_or_a_date_that_is_not_clear(string column, string text, string rule)
    {
        using var form = Form("320404004201", "2022-07");
        form.Text(column + form.RowOf("AREA_PLANNING"), text);
        Assert.Equal(rule, Assert.Single(Read(form).Drafts.Single().Findings).Finding.Rule);
    }

    [Theory]
    [InlineData("2 方案评审", "", "F316")]
    [InlineData("2 方案评审", "1900-01-01", "F319")]
    [InlineData("0 未启动", "2022-07-15", "F318")]
    public void Is_told_offline_where_a_stage_and_its_date_do_not_belong_together(string stage, string date, string rule)
    {
        using var form = Form("320404004201", "2022-07");
        var row = form.RowOf("AREA_PLANNING");
        form.Text("D" + row, stage);
        if (date.Length > 0)
        {
            form.Text("L" + row, date);
        }

        var draft = Assert.Single(Read(form).Drafts);
        Assert.Empty(draft.Findings);
        Assert.Equal(rule, Assert.Single(OfflineChecks.Check(draft, Known)).Finding.Rule);
    }

    [Fact]
    public void Offers_the_stages_in_a_list_and_no_cell_has_two_rules()
    {
        using var form = Form("320404004201", "2022-07");
        var validations = form.Sheet().Descendants<DataValidation>().ToList();
        var plan = Assert.Single(validations,
            validation => validation.SequenceOfReferences!.InnerText == "D" + form.RowOf("AREA_PLANNING"));
        Assert.Equal("\"0 未启动,1 方案编制,2 方案评审,3 规划报批,4 规划批复\"", plan.Formula1!.Text);
        Assert.DoesNotContain(validations, validation => validation != plan
            && validation.SequenceOfReferences!.InnerText!.Split(' ')
            .Any(range => Covers(range, int.Parse(form.RowOf("AREA_PLANNING"), CultureInfo.InvariantCulture))));

        static bool Covers(string range, int row) =>
            range.StartsWith('D') && range.Split(':') is var ends && int.Parse(ends[0][1..], CultureInfo.InvariantCulture) <= row
            && int.Parse(ends[^1][1..], CultureInfo.InvariantCulture) >= row;
    }
}
