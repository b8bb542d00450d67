using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using static XilinIngest.TestFixtures.MonthMessages;

namespace XilinIngest.Worker.Tests.Months;

/// <summary>It is 5 August 2022: July is open, May is closed by the calendar, 2021 is locked.</summary>
public sealed class A_month_that_is_closed : IDisposable
{
    private const string Root = "320404000000";
    private const string Wuxing = "320404001000";
    private const string Village2 = "320404007202";
    private readonly LedgerFixture _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Takes_only_corrections_with_a_reason_from_the_row_on()
    {
        Assert.Equal("accepted", Answer(ValidSubmission()));
        Assert.Equal("accepted F704", Answer(Closing("2022-07")));
        Assert.Equal("refused F206", Answer(ValidSubmission().Set("revision", 2)));
        Assert.Equal("accepted F603", Answer(ValidSubmission().Set("revision", 2).Corrected()));
        Assert.Equal("accepted", Answer(NewSubmission(Village, "2022-06", Petitions(3))));
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Judges_a_batch_by_the_order_of_its_rows()
    {
        var receipts = _ledger.Receipts(
            ValidSubmission().Bytes(), Closing("2022-07").Bytes(), ValidSubmission().Set("revision", 2).Bytes(),
            Reopening("2022-07").Bytes(), ValidSubmission().Set("revision", 3).Bytes(), Closing("2022-07").Bytes(),
            ValidSubmission().Set("revision", 4).Bytes());
        Assert.Equal("accepted; accepted F704; refused F206; accepted; accepted F603; accepted F704; refused F206",
            string.Join("; ", receipts.Select(Text)));
        Assert.Single(receipts.Select(receipt => receipt.Checkpoint.TreeSize).Distinct());
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Is_a_row_of_the_root_without_a_revision_that_has_a_receipt_and_a_signature()
    {
        var receipt = _ledger.Receipt(Closing("2022-07").Bytes());
        Assert.Equal((Root, "2022-07", 0, 1L), (receipt.Unit, receipt.Period, receipt.Revision, receipt.Sequence));
        Assert.True(_ledger.IsSigned(receipt.Checkpoint));
        var row = Assert.Single(_ledger.Rows());
        Assert.True(row is { IsIntact: true, IsRequest: true, Sender: "test" });
        Assert.NotNull(row.ToMonthChange());
        Assert.Null(row.ToReview());
    }

    [Fact]
    public void Sent_again_has_the_same_receipt_and_another_closing_is_refused()
    {
        var close = Closing("2022-07");
        var first = _ledger.Receipt(close.Bytes());
        Assert.Equivalent(first, _ledger.Receipt(close.Bytes()));
        Assert.Equivalent(first, _ledger.Receipts(Closing("2022-06").Bytes(), close.Bytes())[1]);
        Assert.Equal("refused F701", Answer(Closing("2022-07")));
        Assert.Equal("refused F108", Answer(Reopening("2022-07").Set("messageId", (string)close["messageId"]!)));
    }

    [Fact]
    public void Stays_so_for_another_worker_and_after_a_restart()
    {
        Assert.Equal("accepted", Answer(ValidSubmission()));
        using var other = _ledger.NewCommitter();
        Assert.Equal("accepted F603", Answer(other, ValidSubmission().Set("revision", 2)));
        Assert.Equal("accepted F704", Answer(Closing("2022-07")));
        Assert.Equal("refused F206", Answer(other, ValidSubmission().Set("revision", 3)));
        Assert.Equal("accepted", Answer(other, Reopening("2022-07")));
        Assert.Equal("accepted F603", Answer(ValidSubmission().Set("revision", 3)));
        using var restarted = _ledger.NewCommitter();
        Assert.Equal("refused F705", Answer(restarted, Reopening("2022-07")));
    }

    [Fact]
    public void Needs_a_reason_while_units_are_missing_and_names_them()
    {
        var finding = Assert.Single(_ledger.Receipt(Closing("2022-07", reason: null).Bytes()).Findings);
        Assert.Equal("F703", finding.Rule);
        Assert.Contains("尚有 4 个单位未报齐：五星街道、一村、二村、企业1", finding.MessageZh, StringComparison.Ordinal);
        Assert.Contains("4 units have not reported everything for 2022-07: Wuxing, Village 1, Village 2, Firm 1", finding.MessageEn,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Needs_none_once_all_have_reported_also_in_the_same_batch()
    {
        JsonObject[] villages = [Petitions(3), Value("FIRMS", 5, "家"), Value("PROFIT", 1, "万元"),
            new() { ["indicator"] = "VACCINATION", ["unit"] = "%", ["numerator"] = 1, ["denominator"] = 2 }];
        Assert.Equal("accepted", Answer(NewSubmission(Village, "2022-07", Copy(villages))));
        Assert.Equal("accepted", Answer(NewSubmission(Village2, "2022-07", Copy(villages))));
        Assert.Equal("accepted", Answer(NewSubmission(Wuxing, "2022-07", [.. Copy(villages), Sales(9)])));
        Assert.Equal("refused F703", Answer(Closing("2022-07", reason: null)));
        Assert.Equal("accepted; accepted",
            string.Join("; ", _ledger.Receipts(NewSubmission(Firm, "2022-07", Sales(7)).Bytes(),
                Closing("2022-07", reason: null).Bytes()).Select(Text)));
    }

    [Fact]
    public void Is_reopened_with_a_reason_alone_and_closes_again_at_its_time()
    {
        Assert.Equal("accepted F704", Answer(Closing("2022-07")));
        Assert.Equal("refused F706", Answer(Reopening("2022-07", reason: null)));
        Assert.Equal("refused F707", Answer(Reopening("2022-07", reason: "核实无误")));
        Assert.Equal("refused F708", Answer(Reopening("2022-07", until: "2022-08-04T00:00:00+08:00")));
        Assert.Equal("refused F101", Answer(Reopening("2022-07", until: "tomorrow")));
        Assert.Equal("accepted", Answer(Reopening("2022-07", until: "2022-09-30T18:00:00+08:00")));
        _ledger.Clock.Advance(TimeSpan.FromDays(50));
        Assert.Equal("accepted", Answer(ValidSubmission()));
        _ledger.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal("refused F206", Answer(ValidSubmission().Set("revision", 2)));
    }

    [Fact]
    public void By_the_calendar_can_be_reopened_also_when_it_is_locked()
    {
        Assert.Equal("refused F206", Answer(NewSubmission(Village, "2022-05", Petitions(3))));
        Assert.Equal("accepted", Answer(Reopening("2022-05")));
        Assert.Equal("accepted", Answer(NewSubmission(Village, "2022-05", Petitions(3))));
        Assert.Equal("refused F207", Answer(NewSubmission(Village, "2021-05", Petitions(3)).Corrected()));
        Assert.Equal("refused F702", Answer(Closing("2021-05")));
        Assert.Equal("accepted", Answer(Reopening("2021-05")));
        Assert.Equal("accepted", Answer(NewSubmission(Village, "2021-05", Petitions(3))));
        Assert.Equal("accepted F704", Answer(Closing("2021-05")));
        Assert.Equal("refused F206", Answer(NewSubmission(Village, "2021-05", Petitions(3)).Set("revision", 2)));
        Assert.Equal("accepted F603", Answer(NewSubmission(Village, "2021-05", Petitions(3)).Set("revision", 2).Corrected()));
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Theory]
    [InlineData("2022-13", "refused F203")]
    [InlineData("2099-01", "refused F204")]
    [InlineData("2022-09", "refused F205")]
    public void Must_be_one_that_is_open(string period, string expected) => Assert.Equal(expected, Answer(Closing(period)));

    [Fact]
    public void Is_not_closed_by_a_message_with_faults_and_all_of_them_are_told()
    {
        Assert.Equal("refused F102 F107", Answer(Closing("2022-07").Set("messageId", "seven").Set("unit", Village)));
        Assert.Equal("refused F104", Answer(Closing("2022-07", new string('理', 501))));
        Assert.Equal("accepted", Answer(ValidSubmission()));
    }

    [Fact]
    public void Keeps_verify_from_passing_over_a_row_that_was_let_in_by_hand()
    {
        Assert.Equal("accepted F704", Answer(Closing("2022-07")));
        Assert.Equal("accepted", Answer(Reopening("2022-07")));
        Assert.Equal("accepted", Answer(ValidSubmission()));
        _ledger.ExecuteSql("UPDATE ledger_entry SET verdict = 'refused' WHERE sequence = 2");
        Assert.Contains(_ledger.Verify().Faults,
            fault => fault.Contains($"row 3 ({Village}, 2022-07) was accepted without a reason, after row 1", StringComparison.Ordinal));
    }

    private static JsonObject[] Copy(JsonObject[] values) => [.. values.Select(value => value.DeepClone().AsObject())];

    private string Answer(JsonObject message) => Text(_ledger.Receipt(message.Bytes()));

    private string Answer(Worker.Ledger.LedgerCommitter committer, JsonObject message) =>
        Text(committer.Commit([_ledger.Prepare(message.Bytes())]).Receipts.Single().Receipt);

    private static string Text(SubmissionReceipt receipt) =>
        string.Join(' ', receipt.Findings.Select(finding => finding.Rule).Prepend(receipt.Verdict.ToWireName()));
}
