using System.Text.Json.Nodes;
using XilinIngest.Contracts;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary>Petitions stand from row 1, revision 3; firms from row 2, revision 2.</summary>
public sealed class A_submission_that_comes_after_a_later_one : IDisposable
{
    private readonly LedgerFixture _ledger = new();

    public A_submission_that_comes_after_a_later_one() => _ledger.Receipts(
        NewSubmission(Village, "2022-07", Petitions(3)).Set("revision", 3).Bytes(),
        NewSubmission(Village, "2022-07", Firms).Set("revision", 2).Bytes());

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Is_told_which_rows_stand_in_place_of_its_values_and_how_to_replace_them()
    {
        var notice = Notice(Verdict.Superseded, Petitions(4), Firms);
        Assert.Equal(("F601", FindingSeverity.Notice, null), (notice.Rule, notice.Severity, notice.Indicator));
        Assert.Contains("信访（台账第 1 号，revision 3）；企业数（台账第 2 号，revision 2）", notice.MessageZh, StringComparison.Ordinal);
        Assert.Contains("Petitions (ledger row 1, revision 3); Firms (ledger row 2, revision 2)", notice.MessageEn,
            StringComparison.Ordinal);
        Assert.Contains("revision 改为大于 3", notice.RemedyZh, StringComparison.Ordinal);
        Assert.Contains("a revision above 3", notice.RemedyEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_told_of_a_part_that_did_not_take_and_accepted_for_the_rest()
    {
        var notice = Notice(Verdict.Accepted, Petitions(4), Value("PROFIT", 1, "万元"));
        Assert.Equal("PETITIONS", notice.Indicator);
        Assert.DoesNotContain("Profit", notice.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_take_once_it_has_done_what_it_was_told() =>
        Assert.Equal(["F602"],
            _ledger.Receipt(NewSubmission(Village, "2022-07", Petitions(4)).Set("revision", 4).Bytes()).Findings.Select(
                finding => finding.Rule));

    private static JsonObject Firms => Value("FIRMS", 8, "家");

    private Finding Notice(Verdict verdict, params JsonObject[] values)
    {
        var receipt = _ledger.Receipt(NewSubmission(Village, "2022-07", values).Bytes());
        Assert.Equal(verdict, receipt.Verdict);
        var notice = Assert.Single(receipt.Findings);
        FindingAssertions.AssertComplete(notice);
        return notice;
    }
}
