using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Reading;
using XilinIngest.Worker.Intake;

namespace XilinIngest.Worker.Tests.Submissions;

/// <summary>What a receipt says must go through a broker, whatever was sent.</summary>
public sealed class Bodies_full_of_faults
{
    private const int BrokerTakes = 8 * 1024 * 1024;

    [Fact]
    public void Are_told_of_four_hundred_and_how_many_more_there_are()
    {
        var decision = FullOfFaults().Decide();
        Assert.Equal((Verdict.Refused, 401), (decision.Verdict, decision.Findings.Count));
        Assert.Equal(("F112", "9600 more faults are not listed."), (decision.Findings[^1].Rule, decision.Findings[^1].MessageEn));
        FindingAssertions.AssertComplete(decision.Findings[^1]);
    }

    [Fact]
    public void Are_answered_in_as_many_messages_as_the_broker_takes_and_each_once()
    {
        var findings = FullOfFaults().Decide().Findings;
        var receipts = Enumerable.Range(1, 500).Select(row => new SubmissionReceipt
        {
            SubmissionId = Guid.NewGuid(),
            Unit = Village,
            Period = "2022-07",
            Revision = 1,
            Verdict = Verdict.Refused,
            Findings = findings,
            ReceivedAt = Now,
            Sequence = row,
            LeafHash = "",
            Checkpoint = new Checkpoint { TreeSize = 1, Root = "", Time = Now, Origin = "", Signatures = [] },
        }).ToList();
        var packs = ReceiptPackSplitter.Split(receipts).ToList();
        Assert.All(packs, pack => Assert.True(JsonSerializer.SerializeToUtf8Bytes(pack, WireFormat.Options).Length < BrokerTakes));
        Assert.Equal(receipts, packs.SelectMany(pack => pack.Receipts));
    }

    [Fact]
    public void A_pack_as_it_should_be_is_answered_in_one()
    {
        var receipt = new SubmissionReceipt
        {
            SubmissionId = Guid.NewGuid(),
            Unit = Village,
            Period = "2022-07",
            Revision = 1,
            Verdict = Verdict.Accepted,
            Findings = [],
            ReceivedAt = Now,
            Sequence = 1,
            LeafHash = "",
            Checkpoint = new Checkpoint { TreeSize = 1, Root = "", Time = Now, Origin = "", Signatures = [] },
        };
        Assert.Single(ReceiptPackSplitter.Split([.. Enumerable.Repeat(receipt, 500)]));
    }

    [Fact]
    public void Are_read_in_no_more_memory_than_they_deserve()
    {
        var submission = FullOfFaults();
        Assert.Equal((400, 9600), (submission.Findings.Count, submission.Findings.DroppedCount));
    }

    [Theory]
    [InlineData("{\"\\u001b[31mEVIL\":1,\"\\u001b[31mEVIL\":2}")]
    [InlineData("{\"\\u202e\\u2028\":1,\"\\u202e\\u2028\":2}")]
    public void Do_not_steer_the_terminal_that_shows_what_is_wrong_with_them(string body)
    {
        var exception = Assert.Throws<UnreadableBodyException>(() => SubmissionTestReader.Read(body));
        Assert.Contains("uplicate", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", exception.Message + exception.MessageZh);
    }

    private static Submission FullOfFaults()
    {
        var sheet = ValidSubmission();
        for (var i = 0; i < 10_000; i++)
        {
            sheet[$"x{i}"] = 1;
        }

        return sheet.Read();
    }
}
