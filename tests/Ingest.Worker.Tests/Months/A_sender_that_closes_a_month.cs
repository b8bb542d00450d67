using XilinIngest.Contracts;
using XilinIngest.Submissions.Senders;
using static XilinIngest.TestFixtures.MonthMessages;

namespace XilinIngest.Worker.Tests.Months;

public sealed class A_sender_that_closes_a_month : IDisposable
{
    private const string Root = "320404000000";
    private const string Street = "320404007000";
    private readonly LedgerFixture _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Is_on_the_broker_the_office_of_the_topmost_unit()
    {
        Assert.Equal("accepted F704", Answer(SenderIdentity.OfOffice(Root)));
        Assert.Equal("refused F504", Answer(SenderIdentity.OfOffice(Street)));
        Assert.Equal("refused F501", Answer(SenderIdentity.OfOffice("")));
    }

    [Fact]
    public void Is_over_HTTP_who_has_the_right_and_not_who_enters_for_the_topmost_unit()
    {
        Assert.Equal("refused F504", Answer(SenderIdentity.OfAccount("clerk", isTrusted: false, [Root], mayClose: false)));
        Assert.Equal("accepted F704", Answer(SenderIdentity.OfAccount("leader", isTrusted: false, [], mayClose: true)));
        Assert.Equal("refused F701", Answer(SenderIdentity.OfAccount("admin", isTrusted: true, [], mayClose: false)));
    }

    [Fact]
    public void Takes_no_id_of_another_where_it_has_no_right_and_leaves_the_month_as_it_is()
    {
        var close = Closing("2022-07");
        Assert.Equal("refused F504", Answer(SenderIdentity.OfOffice(Village), close.Bytes()));
        Assert.Equal(Verdict.Accepted, _ledger.Receipt(ValidSubmission().Bytes()).Verdict);
        Assert.Equal("accepted F704", Answer(SenderIdentity.OfOffice(Root), close.Bytes()));
        Assert.Equal(2, _ledger.Rows().Count(row => row.Period == "2022-07" && row.Revision == 0));
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Without_the_right_does_not_learn_who_is_missing() => Assert.DoesNotContain(
        Receipt(SenderIdentity.OfOffice(Street), Closing("2022-07", reason: null).Bytes()).Findings,
        finding => finding.MessageEn.Contains("Village", StringComparison.Ordinal));

    private string Answer(SenderIdentity sender, byte[]? body = null)
    {
        var receipt = Receipt(sender, body ?? Closing("2022-07").Bytes());
        return string.Join(' ', receipt.Findings.Select(finding => finding.Rule).Prepend(receipt.Verdict.ToWireName()));
    }

    private SubmissionReceipt Receipt(SenderIdentity sender, byte[] body)
    {
        var pending = _ledger.Prepare(body);
        sender.Authorize(pending.Submission, _ledger.Catalogue);
        return _ledger.Committer.Commit([pending]).Receipts.Single().Receipt;
    }
}
