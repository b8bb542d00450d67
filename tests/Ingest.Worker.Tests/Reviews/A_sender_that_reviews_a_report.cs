using XilinIngest.Contracts;
using XilinIngest.Submissions.Senders;
using static XilinIngest.TestFixtures.ReviewMessages;

namespace XilinIngest.Worker.Tests.Reviews;

public sealed class A_sender_that_reviews_a_report : IDisposable
{
    private const string July = "2022-07";
    private const string Root = "320404000000";
    private const string Street = "320404007000";
    private const string OtherStreet = "320404001000";
    private readonly CatalogueFolder _catalogue = ReviewedCatalogue($"village,{Village},yes,{OtherStreet},");
    private readonly LedgerFixture _ledger;

    public A_sender_that_reviews_a_report()
    {
        _ledger = new LedgerFixture(_catalogue.Path);
        _ledger.Receipts(ValidSubmission().Bytes(), NewSubmission("320404007202", July, Petitions(3)).Bytes(),
            NewSubmission(Firm, July, Sales(7)).Bytes());
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public void Is_on_the_broker_the_office_of_the_unit_above_or_of_the_unit_that_is_named()
    {
        Assert.Equal("refused F505", Answer(SenderIdentity.OfOffice(Street), Village, 1));
        Assert.Equal("accepted", Answer(SenderIdentity.OfOffice(OtherStreet), Village, 1));
        Assert.Equal("refused F505", Answer(SenderIdentity.OfOffice(OtherStreet), "320404007202", 2));
        Assert.Equal("refused F505", Answer(SenderIdentity.OfOffice("320404007202"), "320404007202", 2));
        Assert.Equal("accepted", Answer(SenderIdentity.OfOffice(Street), "320404007202", 2));
        Assert.Equal("refused F806", Answer(SenderIdentity.OfOffice(Root), "320404007202", 2));
        Assert.Equal("refused F501", Answer(SenderIdentity.OfOffice(""), "320404007202", 2));
    }

    [Fact]
    public void Is_over_HTTP_who_has_the_right_for_the_unit_that_reviews()
    {
        Assert.Equal("refused F505", Answer(Account(entersFor: Street, reviews: null), Village, 1));
        Assert.Equal("refused F505", Answer(Account(entersFor: null, reviews: [Street]), Village, 1));
        Assert.Equal("accepted", Answer(Account(entersFor: null, reviews: [OtherStreet]), Village, 1));
        Assert.Equal("accepted", Answer(Account(entersFor: null, reviews: []), "320404007202", 2));
        Assert.Equal("refused F806", Answer(SenderIdentity.OfAccount("admin", isTrusted: true, [], mayClose: false), Village, 1));
    }

    [Fact]
    public void Is_told_of_a_report_that_is_not_reviewed_if_it_is_above_its_unit_and_of_nothing_else()
    {
        Assert.Equal("refused F805", Answer(SenderIdentity.OfOffice("320404007202"), Firm, 3));
        Assert.Equal("refused F505", Answer(SenderIdentity.OfOffice(OtherStreet), Firm, 3));
        Assert.Equal("refused F505", Answer(SenderIdentity.OfOffice(OtherStreet), "320404007202", 99));
    }

    [Fact]
    public void Takes_no_id_of_another_where_it_has_no_right()
    {
        var review = Returning(1, Village, July).Bytes();
        Assert.Equal("refused F505", Answer(SenderIdentity.OfOffice(Village), review));
        Assert.Equal("accepted", Answer(SenderIdentity.OfOffice(OtherStreet), review));
        Assert.Empty(_ledger.Verify().Faults);
    }

    private static SenderIdentity Account(string? entersFor, IReadOnlyList<string>? reviews) =>
        SenderIdentity.OfAccount("clerk", isTrusted: false, entersFor is null ? [] : [entersFor], mayClose: true, reviews);

    private string Answer(SenderIdentity sender, string unit, long row) => Answer(sender, Approving(row, unit, July).Bytes());

    private string Answer(SenderIdentity sender, byte[] body)
    {
        var pending = _ledger.Prepare(body);
        sender.Authorize(pending.Submission, _ledger.Catalogue);
        var receipt = _ledger.Committer.Commit([pending]).Receipts.Single().Receipt;
        return string.Join(' ', receipt.Findings.Select(finding => finding.Rule).Prepend(receipt.Verdict.ToWireName()));
    }
}
