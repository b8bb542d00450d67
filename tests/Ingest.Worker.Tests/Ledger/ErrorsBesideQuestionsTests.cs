using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary>The village reported 5 petitions for June; its sheet for July says 50, and has an error besides.</summary>
public sealed class A_question_beside_an_error : IDisposable
{
    private readonly LedgerFixture _ledger = new();

    public A_question_beside_an_error() =>
        Assert.Equal(Verdict.Accepted, _ledger.Receipt(NewSubmission(Village, "2022-06", Petitions(5)).Bytes()).Verdict);

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Is_asked_at_once_whatever_is_wrong_with_the_form()
    {
        Assert.Equal("F301 R01", Found(NewSubmission(Village, "2022-07", Value("NOPE", 1, "件"), Petitions(50))));
        Assert.Equal("F109 R01", Found(July().Set("submittedAt", "x")));
        Assert.Equal("F110 R01", Found(July().Set("submittedAt", "2022-08-06T00:00:00+08:00")));
        Assert.Equal("F107 R01", Found(July().Set("submissionId", null)));
        Assert.Equal("F101 R01", Found(July().Set("revision", 0)));
        Assert.Equal("F302 R01", Found(NewSubmission(Village, "2022-07", Sales(1), Petitions(50))));
        Assert.Equal("F308 R01 R06", Found(WithYearToDate(July(), -5)));
        Assert.Equal("F109 R06",
            Found(WithYearToDate(NewSubmission(Village, "2022-07", Value("PROFIT", -17055, "万元")), -5).Set("submittedAt", null)));
    }

    [Fact]
    public void Is_asked_where_the_id_is_anothers()
    {
        var first = ValidSubmission();
        _ledger.Receipt(first.Bytes());
        Assert.Equal("F108 R01", Found(July().Set("submissionId", first["submissionId"]!.GetValue<string>())));
    }

    [Fact]
    public void Is_answered_in_the_same_sheet_or_stays_open()
    {
        var sheet = July()
            .Set("submittedAt", null).Set("explanations", new JsonArray(Because("R01", "集中处理历史积案"), Because("R06", "集中处理历史积案")));
        Assert.Equal(["F109 error", "R01 explained"],
            _ledger.Receipt(sheet.Bytes()).Findings.Select(finding => $"{finding.Rule} {finding.Severity.ToWireName()}"));
        sheet = July().Set("submittedAt", null).Set("explanations", new JsonArray(Because("R01", "核实无误")));
        Assert.Equal("F109 F401 R01", Found(sheet));
    }

    [Fact]
    public void Is_not_asked_of_a_figure_that_is_not_understood()
    {
        Assert.Equal("F307", Found(NewSubmission(Village, "2022-07", Value("PETITIONS", 50, "次"))));
        var sheet = July();
        sheet.FirstValue()["lastYear"] = "many";
        Assert.Equal("F306", Found(sheet));
        Assert.Equal("F309", Found(NewSubmission(Village, "2022-07", Rate(1, 0))));
    }

    [Fact]
    public void Is_not_asked_where_unit_or_month_are_unknown()
    {
        Assert.Equal("F201", Found(July().Set("unit", "320404007999")));
        Assert.Equal("F203", Found(July().Set("period", "2022-7")));
        Assert.Equal("F202 F204", Found(July().Set("period", "0001-01")));
        Assert.Equal("F202", Found(July().Set("unit", NewVillage)));
    }

    [Fact]
    public void Is_not_told_to_a_sender_who_may_not_submit_for_the_unit()
    {
        foreach (var (sender, told) in new[] { ("320404007202", "F502"), ("", "F501"), (Village, "R01"), ("320404007000", "R01") })
        {
            var pending = _ledger.Prepare(July().Bytes());
            SenderIdentity.OfOffice(sender).Authorize(pending.Submission, _ledger.Catalogue);
            Assert.Equal(told,
                string.Join(' ', _ledger.Committer.Commit([pending]).Receipts.Single().Receipt.Findings.Select(finding => finding.Rule)));
        }
    }

    private static JsonObject July() => NewSubmission(Village, "2022-07", Petitions(50));

    private static JsonObject WithYearToDate(JsonObject sheet, decimal figure)
    {
        sheet.FirstValue()["yearToDate"] = figure;
        return sheet;
    }

    private string Found(JsonObject sheet)
    {
        var receipt = _ledger.Receipt(sheet.Bytes());
        Assert.Equal(Verdict.Refused, receipt.Verdict);
        Assert.All(receipt.Findings, FindingAssertions.AssertComplete);
        return string.Join(' ', receipt.Findings.Select(finding => finding.Rule).Order(StringComparer.Ordinal));
    }
}
