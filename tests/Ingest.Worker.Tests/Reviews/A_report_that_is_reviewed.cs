using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using static XilinIngest.TestFixtures.MonthMessages;
using static XilinIngest.TestFixtures.ReviewMessages;

namespace XilinIngest.Worker.Tests.Reviews;

/// <summary>It is 5 August 2022: July is open. The street reviews the reports of its villages.</summary>
public sealed class A_report_that_is_reviewed : IDisposable
{
    private const string July = "2022-07";
    private const string Root = "320404000000";
    private const string Village2 = "320404007202";
    private readonly CatalogueFolder _catalogue = ReviewedCatalogue("district,,yes,320404007000,")
        .Append("indicators.csv", "FUND,专项资金,Fund,万元,flow,district,,,,none,none,higher,no,万元,\"10,000 yuan\",1,0,no,,,,发展,经济");

    private readonly LedgerFixture _ledger;

    public A_report_that_is_reviewed() => _ledger = new LedgerFixture(_catalogue.Path);

    public void Dispose()
    {
        _ledger.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public void Is_approved_or_returned_by_a_row_of_its_unit_and_month_without_a_revision()
    {
        Assert.Equal("accepted", Answer(ValidSubmission()));
        var receipt = _ledger.Receipt(Returning(1, Village, July).Bytes());
        Assert.Equal((Village, July, 0, 2L), (receipt.Unit, receipt.Period, receipt.Revision, receipt.Sequence));
        Assert.True(_ledger.IsSigned(receipt.Checkpoint));
        var row = _ledger.Rows()[1];
        Assert.True(row is { IsIntact: true, IsRequest: true, Sender: "test" });
        Assert.Null(row.ToMonthChange());
        Assert.Equal((1, ReturnReason), (row.ToReview()!.Row, row.ToReview()!.Reason));
        Assert.Equal("accepted", Answer(Approving(1, Village, July)));
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Names_a_row_that_there_is_and_that_is_its_own_report()
    {
        Assert.Equal("accepted", Answer(ValidSubmission()));
        Assert.Equal("accepted F704", Answer(Closing("2022-06")));
        Assert.Equal("refused F308", Answer(NewSubmission(Village, July, Petitions(-3))));
        Assert.Equal("refused F801", Answer(Approving(99, Village, July)));
        Assert.Equal("refused F802", Answer(Approving(1, Village2, July)));
        Assert.Equal("refused F802", Answer(Approving(1, Village, "2022-06")));
        Assert.Equal("refused F803", Answer(Approving(3, Village, July)));
        Assert.Equal("refused F802", Answer(Approving(2, Village, July)));
        Assert.Equal("accepted", Answer(Approving(1, Village, July)));
        Assert.Equal("refused F803", Answer(Returning(8, Village, July)));
    }

    [Fact]
    public void Is_judged_by_the_revisions_before_it()
    {
        Assert.Equal("accepted", Answer(NewSubmission(Village, July, Petitions(3), Value("FIRMS", 5, "家"))));
        Assert.Equal("accepted F602", Answer(NewSubmission(Village, July, Petitions(4)).Set("revision", 2)));

        // The rest of row 1 still counts, and is reviewed.
        Assert.Equal("accepted", Answer(Approving(1, Village, July)));
        Assert.Equal("accepted F603", Answer(NewSubmission(Village, July, Value("FIRMS", 5, "家")).Set("revision", 3)));
        Assert.Equal("refused F804", Answer(Returning(1, Village, July)));
        Assert.Equal("accepted", Answer(Returning(2, Village, July)));
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Is_decided_once_by_two_reviewers_in_the_order_of_the_ledger()
    {
        Assert.Equal("accepted; refused F801; accepted; refused F806; accepted; accepted", Answers(
            NewSubmission(Village, July, Petitions(3)), Approving(9, Village2, July), Returning(1, Village, July),
            Returning(1, Village, July), Approving(1, Village, July), Returning(1, Village, July)));
        using var other = _ledger.NewCommitter();
        Assert.Equal("refused F806", Answer(other, Returning(1, Village, July)));
        Assert.Equal("accepted", Answer(other, Approving(1, Village, July)));
        Assert.Equal("refused F806", Answer(Approving(1, Village, July)));
        var again = Returning(1, Village, July);
        var first = _ledger.Receipt(again.Bytes());
        Assert.Equivalent(first, _ledger.Receipt(again.Bytes()));
        Assert.Equal("refused F108", Answer(Approving(1, Village, July).Set("messageId", (string)again["messageId"]!)));
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Stops_counting_when_it_is_returned_and_counts_again_when_it_is_replaced()
    {
        Assert.Equal("accepted", Answer(NewSubmission(Village, July, [.. All(3)])));
        Assert.DoesNotContain("一村", MissingOfJuly(), StringComparison.Ordinal);
        Assert.Equal("accepted", Answer(Returning(1, Village, July)));
        Assert.Contains("一村", MissingOfJuly(), StringComparison.Ordinal);

        // What the revision does not name stays returned, and its figures are as new.
        Assert.Equal("accepted F602 F602 F602", Answer(NewSubmission(Village, July, [.. All(3).SkipLast(1)]).Set("revision", 2)));
        Assert.Contains("一村", MissingOfJuly(), StringComparison.Ordinal);
        Assert.Equal("accepted F602", Answer(NewSubmission(Village, July, [.. All(3).TakeLast(1)]).Set("revision", 3)));
        Assert.DoesNotContain("一村", MissingOfJuly(), StringComparison.Ordinal);
        using var restarted = _ledger.NewCommitter();
        Assert.Equal("refused F703", Answer(restarted, Closing(July, reason: null)));
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Is_no_ground_of_a_question_while_it_is_returned()
    {
        foreach (var month in new[] { "2022-03", "2022-04", "2022-05", "2022-06" })
        {
            Assert.Equal("accepted", Answer(NewSubmission(Village, month, Petitions(30)).Corrected()));
        }

        Assert.Equal("accepted", Answer(NewSubmission(Village, July, Petitions(30))));
        Assert.Equal("accepted", Answer(Approving(1, Village, "2022-03")));
        Assert.Equal("refused R01", Answer(NewSubmission(Village, July, Petitions(300)).Set("revision", 2)));
        Assert.Equal("accepted; accepted; accepted; accepted", Answers(
            Returning(1, Village, "2022-03"), Returning(2, Village, "2022-04"), Returning(3, Village, "2022-05"),
            Returning(4, Village, "2022-06")));
        Assert.Equal("accepted F602", Answer(NewSubmission(Village, July, Petitions(300)).Set("revision", 2)));
    }

    [Theory]
    [InlineData("\u202e序倒字文，理由不清")]
    [InlineData("看不见的\u200b字符")]
    [InlineData("分行\u2028的理由说明")]
    public void Is_not_returned_for_a_reason_that_is_not_seen_as_it_is(string reason)
    {
        Assert.Equal("accepted", Answer(ValidSubmission()));
        Assert.Equal("refused F101", Answer(Returning(1, Village, July, reason)));
        Assert.Equal("refused F101", Answer(Closing(July, reason)));
        Assert.Equal("accepted", Answer(Returning(1, Village, July)));
    }

    [Fact]
    public void Names_the_id_of_its_message_where_that_is_missing()
    {
        Assert.Equal("accepted", Answer(ValidSubmission()));
        var receipt = _ledger.Receipt(Returning(1, Village, July).Set("messageId", "7").Bytes());
        Assert.Contains("messageId", Assert.Single(receipt.Findings).MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void Needs_a_reason_to_be_returned_a_level_that_is_reviewed_and_a_month_that_is_not_locked()
    {
        Assert.Equal("accepted; accepted", Answers(ValidSubmission(), NewSubmission(Firm, July, Sales(7))));
        Assert.Equal("refused F807", Answer(Returning(1, Village, July, reason: null)));
        Assert.Equal("refused F808", Answer(Returning(1, Village, July, "核实无误")));
        Assert.Equal("refused F805", Answer(Approving(2, Firm, July)));
        Assert.Equal("accepted F704; accepted", Answers(Closing(July), Returning(1, Village, July)));
        _ledger.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal("refused F809", Answer(Approving(1, Village, July)));
        Assert.Equal("accepted; accepted", Answers(Reopening(July), Approving(1, Village, July)));
    }

    [Fact]
    public void May_be_that_of_the_topmost_unit_and_leaves_its_months_as_they_are()
    {
        Assert.Equal("accepted", Answer(NewSubmission(Root, July, Value("FUND", 9, "万元"))));
        Assert.Equal("accepted", Answer(Returning(1, Root, July)));
        Assert.Equal("refused F705", Answer(Reopening(July)));
        Assert.Equal("accepted F704; refused F806", Answers(Closing(July), Returning(1, Root, July)));
        using var restarted = _ledger.NewCommitter();
        Assert.Equal("refused F701", Answer(restarted, Closing(July)));
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Is_not_reviewed_by_a_message_with_faults_and_all_of_them_are_told()
    {
        Assert.Equal("accepted", Answer(ValidSubmission()));
        Assert.Equal("refused F102 F107 F101 F101",
            Answer(Approving(1, Village, July)
                .Set("messageId", "seven").Set("rowToReview", "one").Set("decision", "shred").Set("values", 1)));
        Assert.Equal("refused F201 F203", Answer(Approving(1, "x", "2022-13")));
        Assert.Equal("refused F102", Answer(Closing(July).Set("rowToReview", 1)));
    }

    [Fact]
    public void Keeps_verify_from_passing_over_a_row_that_was_let_in_by_hand()
    {
        Assert.Equal("accepted; accepted", Answers(ValidSubmission(), Returning(1, Village, July)));
        _ledger.ExecuteSql("UPDATE ledger_entry SET verdict = 'refused' WHERE sequence = 1");
        Assert.Contains(_ledger.Verify().Faults,
            fault => fault.StartsWith("row 2 reviewed row 1, which had no figure in force", StringComparison.Ordinal));
    }

    private static IEnumerable<JsonObject> All(decimal petitions) =>
    [
        Petitions(petitions), Value("PROFIT", 1, "万元"),
        new() { ["indicator"] = "VACCINATION", ["unit"] = "%", ["numerator"] = 1, ["denominator"] = 2 }, Value("FIRMS", 5, "家"),
    ];

    // A closing without a reason is refused and names who is missing.
    private string MissingOfJuly() =>
        Assert.Single(_ledger.Receipt(Closing(July, reason: null).Bytes()).Findings, finding => finding.Rule == "F703").MessageZh;

    private string Answers(params JsonObject[] messages) =>
        string.Join("; ", _ledger.Receipts(messages.Select(message => message.Bytes())).Select(Text));

    private string Answer(JsonObject message) => Text(_ledger.Receipt(message.Bytes()));

    private string Answer(Worker.Ledger.LedgerCommitter committer, JsonObject message) =>
        Text(committer.Commit([_ledger.Prepare(message.Bytes())]).Receipts.Single().Receipt);

    private static string Text(SubmissionReceipt receipt) =>
        string.Join(' ', receipt.Findings.Select(finding => finding.Rule).Prepend(receipt.Verdict.ToWireName()));
}
