using System.Text;
using XilinIngest.Contracts;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Tests.Ledger;

public sealed class A_committed_submission : IDisposable
{
    private readonly LedgerFixture _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Gets_a_receipt_that_its_checkpoint_covers()
    {
        var body = ValidSubmission().Bytes();
        var receipt = _ledger.Receipt(body);
        Assert.Equal((Verdict.Accepted, 1L, 1L, Now), (receipt.Verdict, receipt.Sequence, receipt.Checkpoint.TreeSize, receipt.ReceivedAt));
        Assert.True(_ledger.IsSigned(receipt.Checkpoint));
        Assert.Equal(receipt.LeafHash, receipt.Checkpoint.Root);
        var row = Assert.Single(_ledger.Rows());
        Assert.Equal(body, row.Body.ToArray());
        Assert.Equal(receipt.LeafHash, Convert.ToHexStringLower(MerkleHash.Leaf(row.CanonicalBytes())));
    }

    [Fact]
    public void Sent_again_gets_the_same_receipt_and_no_row()
    {
        var body = ValidSubmission().Bytes();
        var first = _ledger.Receipt(body);
        _ledger.Clock.Advance(TimeSpan.FromDays(400)); // the month is locked by now
        _ledger.Receipt(ValidSubmission().Bytes());
        Assert.Equivalent(first, _ledger.Receipt(body), strict: true);
        Assert.Equal(2, _ledger.Rows().Count);
    }

    [Fact]
    public void Sent_again_is_published_again_for_the_message_that_a_crash_lost()
    {
        var body = ValidSubmission().Bytes();
        var first = Assert.Single(_ledger.Commit(body).AcceptedPacks);
        var again = Assert.Single(_ledger.Commit(body).AcceptedPacks);
        Assert.Equivalent(first with { NewestSequence = 1, NewestLeafHash = first.LastLeafHash }, again, strict: true);
        Assert.Equal((1, 1, 3m), (again.FromSequence, again.ToSequence, again.Submissions[0].Values[0].Value));
    }

    [Fact]
    public void Sent_twice_in_one_group_has_one_row()
    {
        var body = ValidSubmission().Bytes();
        var receipts = _ledger.Receipts(body, body);
        Assert.Equivalent(receipts[0], receipts[1], strict: true);
        Assert.Single(_ledger.Rows());
    }

    [Fact]
    public void With_the_id_of_another_is_refused_and_recorded()
    {
        var first = ValidSubmission();
        _ledger.Receipt(first.Bytes());
        var other = NewSubmission(Village, "2022-07", Petitions(99)).Set("submissionId", first["submissionId"]!.GetValue<string>());
        var refused = _ledger.Receipt(other.Bytes());
        Assert.Equal((Verdict.Refused, 2L, first["submissionId"]!.GetValue<string>()),
            (refused.Verdict, refused.Sequence, refused.SubmissionId.ToString()));
        var finding = Assert.Single(refused.Findings);
        Assert.Equal("F108", finding.Rule);
        Assert.Contains("ledger row 1", finding.MessageEn, StringComparison.Ordinal);
        FindingAssertions.AssertComplete(finding);

        Assert.Equivalent(refused, _ledger.Receipt(other.Bytes()), strict: true);
        Assert.Equal(Verdict.Accepted, _ledger.Receipt(first.Bytes()).Verdict);
        Assert.Equal(2, _ledger.Rows().Count);
    }

    [Fact]
    public void With_an_id_that_another_unit_used_up_is_accepted_all_the_same_and_once()
    {
        var own = ValidSubmission();
        var id = own["submissionId"]!.GetValue<string>();

        // By someone who learnt the id, and the one that its content would give it.
        var derived = new Guid(System.Security.Cryptography.SHA256.HashData(own.Bytes()).AsSpan(0, 16), bigEndian: true);
        foreach (var taken in new[] { id, derived.ToString() })
        {
            Assert.Equal(taken,
                _ledger.Receipt(
                    NewSubmission(Firm, "2022-07", Sales(9))
                    .Set("submissionId", taken).Set("revision", taken == id ? 1 : 2).Bytes()).SubmissionId.ToString());
        }

        var receipt = _ledger.Receipt(own.Bytes());
        Assert.Equal((Verdict.Accepted, 3L, id), (receipt.Verdict, receipt.Sequence, receipt.SubmissionId.ToString()));
        Assert.Equivalent(receipt, _ledger.Receipt(own.Bytes()), strict: true);
        Assert.Equal(3, _ledger.Rows().Count);
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Without_an_id_is_refused_and_known_by_its_content()
    {
        var body = ValidSubmission().Set("submissionId", null).Bytes();
        var refused = _ledger.Receipt(body);
        Assert.Equal((Verdict.Refused, Guid.Empty, "F107"), (refused.Verdict, refused.SubmissionId, refused.Findings.Single().Rule));
        Assert.Equivalent(refused, _ledger.Receipt(body), strict: true);
        Assert.Single(_ledger.Rows());
        Assert.NotEqual(Guid.Empty, _ledger.Rows()[0].SubmissionId);
    }

    [Fact]
    public void Has_a_receipt_that_is_written_as_its_contract_says()
    {
        // A question that was answered, notices of a revision, an error that names what was sent, and nothing.
        var accepted = _ledger.Receipt(ValidSubmission().Bytes());
        var revised = _ledger.Receipt(NewSubmission(Village, "2022-07", Petitions(4)).Set("revision", 2).Bytes());
        var refused = _ledger.Receipt(ValidSubmission().Set("period", "2022-13").Set("unit", "\"<x>\\ 𠮷").Bytes());
        Assert.Equal([0, 1, 2], new[] { accepted, revised, refused }.Select(receipt => receipt.Findings.Count));
        var resent = _ledger.Receipt(ValidSubmission().Bytes());
        Assert.All((object[])[accepted, revised, refused, resent, new SubmissionReceiptPack { Receipts = [accepted, revised, refused] }],
            message => Assert.Equal(
                Encoding.UTF8.GetString(WireFormat.Serialize(message)), Encoding.UTF8.GetString(ReceiptJson.Write(message).Span)));
    }

    [Fact]
    public void Keeps_its_findings_in_the_row()
    {
        var receipt = _ledger.Receipt(ValidSubmission().Set("period", "2022-13").Set("unit", "x").Bytes());
        Assert.Equal(["F201", "F203"], receipt.Findings.Select(finding => finding.Rule));
        Assert.Equivalent(receipt.Findings, ReceiptFactory.FindingsOf(_ledger.Rows()[0]), strict: true);
        Assert.Equal(("x", "2022-13"), (receipt.Unit, receipt.Period));
    }

    [Fact]
    public void Is_superseded_where_a_later_revision_had_come_before_it_also_within_a_group()
    {
        var (first, second) = (ValidSubmission(), ValidSubmission().Set("revision", 2));
        Assert.Equal([Verdict.Accepted, Verdict.Superseded],
            _ledger.Receipts(second.Bytes(), first.Bytes()).Select(receipt => receipt.Verdict));
        Assert.Equal(Verdict.Superseded,
            _ledger.Receipt(ValidSubmission().Set("submittedAt", "2022-08-03T09:13:59+08:00").Bytes()).Verdict);
        Assert.Empty(_ledger.Commit(first.Bytes()).AcceptedPacks);
    }

    [Fact]
    public void Is_judged_by_what_stands_from_January_of_the_year_before()
    {
        _ledger.Clock.AdjustTime(new(2021, 2, 5, 0, 0, 0, TimeSpan.Zero));
        for (var month = 1; month <= 7; month++)
        {
            Assert.Equal(Verdict.Accepted,
                _ledger.Receipt(
                    NewSubmission(Village, $"2021-0{month}", Petitions(10))
                    .Set("submittedAt", $"2021-0{month + 1}-03T09:14:00+08:00").Bytes()).Verdict);
            _ledger.Clock.Advance(TimeSpan.FromDays(30));
        }

        _ledger.Clock.AdjustTime(Now);
        var sheet = NewSubmission(Village, "2022-07", Petitions(10));
        sheet.FirstValue()["lastYear"] = 10; // the month, where the year-to-date is asked
        var finding = Assert.Single(_ledger.Receipt(sheet.Bytes()).Findings);
        Assert.Equal(("R07", 70m), (finding.Rule, finding.Figures!["recorded"]));
    }
}

public sealed class Groups_of_submissions : IDisposable
{
    private readonly LedgerFixture _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Are_numbered_without_a_gap_refused_ones_too()
    {
        var receipts = _ledger.Receipts(ValidSubmission().Bytes(), ValidSubmission().Set("period", "x").Bytes(),
                ValidSubmission().Set("revision", 2).Bytes())
            .Concat(_ledger.Receipts(ValidSubmission().Set("revision", 3).Bytes()));
        Assert.Equal([1L, 2, 3, 4], receipts.Select(receipt => receipt.Sequence));
        Assert.Equal([3L, 3, 3, 4], receipts.Select(receipt => receipt.Checkpoint.TreeSize));
    }

    [Fact]
    public void Are_published_as_one_pack_that_covers_every_row()
    {
        var pack = Assert.Single(
            _ledger.Commit(ValidSubmission().Bytes(), ValidSubmission().Set("period", "x").Bytes(),
                ValidSubmission().Set("revision", 2).Bytes()).AcceptedPacks);
        Assert.Equal((1, 3), (pack.FromSequence, pack.ToSequence));
        Assert.Equal([1L, 3], pack.Submissions.Select(submission => submission.Sequence));
    }

    [Fact]
    public void That_fail_leave_nothing_behind()
    {
        var good = _ledger.Prepare(ValidSubmission().Bytes());
        Assert.Throws<ArgumentNullException>(
            () => _ledger.Committer.Commit([good, _ledger.Prepare(ValidSubmission().Bytes()) with { Sender = null! }]));
        Assert.Empty(_ledger.Rows());
        Assert.Equal(1, _ledger.Committer.Commit([good]).Receipts.Single().Receipt.Sequence);
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public async Task Of_two_workers_at_once_follow_one_another()
    {
        async Task<List<SubmissionReceipt>> Work(LedgerCommitter committer)
        {
            await Task.Yield();
            var receipts = new List<SubmissionReceipt>();
            for (var i = 0; i < 40; i++)
            {
                receipts.AddRange(
                    committer.Commit(
                        [_ledger.Prepare(ValidSubmission().Set("revision", i + 1).Bytes()), _ledger.Prepare(ValidSubmission().Bytes())])
                    .Receipts.Select(answer => answer.Receipt));
            }

            return receipts;
        }

        var done = await Task.WhenAll(Task.Run(() => Work(_ledger.NewCommitter())), Task.Run(() => Work(_ledger.NewCommitter())));
        Assert.Equal(Enumerable.Range(1, 160).Select(i => (long)i),
            done.SelectMany(receipts => receipts).Select(receipt => receipt.Sequence).Order());
        Assert.Equal((160L, 80L, 0), (_ledger.Verify().Rows, _ledger.Verify().Checkpoints, _ledger.Verify().Faults.Count));
    }
}
