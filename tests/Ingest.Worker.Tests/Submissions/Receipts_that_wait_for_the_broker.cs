using XilinIngest.Contracts;
using XilinIngest.Worker.Intake;

namespace XilinIngest.Worker.Tests.Submissions;

/// <summary>The broker confirms one message of a user after the other, when the test says so.</summary>
public sealed class Receipts_that_wait_for_the_broker
{
    private const int MaxBytes = 256 * 1024;
    private readonly List<(object Message, TaskCompletionSource Confirmed)> _published = [];
    private readonly ReceiptBatcher _batcher;

    public Receipts_that_wait_for_the_broker() => _batcher = new ReceiptBatcher((message, _) =>
    {
        _published.Add((message, new TaskCompletionSource()));
        return _published[^1].Confirmed.Task;
    });

    [Fact]
    public void Go_out_alone_where_one_comes_alone()
    {
        var sent = Publish(1);
        Assert.Equal(1, Assert.IsType<SubmissionReceipt>(Assert.Single(_published).Message).Sequence);
        Assert.False(sent.IsCompleted);
    }

    [Fact]
    public async Task Go_out_together_in_the_next_message_and_in_their_order()
    {
        var first = Publish(1);
        Task[] others = [Publish(2), Publish(3, 4), Publish(5)];
        _published[0].Confirmed.SetResult();
        await first;
        var pack = Assert.IsType<SubmissionReceiptPack>(_published[1].Message);
        Assert.Equal([2, 3, 4, 5], pack.Receipts.Select(receipt => receipt.Sequence));
        Assert.All(others, sent => Assert.False(sent.IsCompleted));
        _published[1].Confirmed.SetResult();
        await Task.WhenAll(others);
        Assert.Equal(2, _published.Count);
    }

    [Fact]
    public async Task Fail_with_their_message_and_not_with_the_one_before()
    {
        var first = Publish(1);
        var second = Publish(2);
        _published[0].Confirmed.SetException(new TimeoutException("not confirmed"));
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        _published[1].Confirmed.SetResult();
        await second;
        Assert.Equal(2, Assert.IsType<SubmissionReceipt>(_published[1].Message).Sequence);
    }

    [Fact]
    public async Task Share_messages_of_at_most_a_quarter_of_a_megabyte()
    {
        var sent = Enumerable.Range(0, 500).Select(sequence => Publish(sequence)).ToList();
        for (var message = 0; message < _published.Count; message++)
        {
            _published[message].Confirmed.SetResult();
        }

        await Task.WhenAll(sent);
        var packs = _published.Skip(1).Select(message => (SubmissionReceiptPack)message.Message).ToList();
        Assert.All(packs, pack => Assert.InRange(ReceiptJson.Write(pack).Length, 1, MaxBytes));
        Assert.Equal(2, packs.Count);
        Assert.Equal(Enumerable.Range(1, 499), packs.SelectMany(pack => pack.Receipts).Select(receipt => (int)receipt.Sequence));
    }

    private Task Publish(params long[] sequences) =>
        _batcher.PublishAsync([.. sequences.Select(Receipt)], isPack: sequences.Length > 1, CancellationToken.None);

    private static SubmissionReceipt Receipt(long sequence) => new()
    {
        SubmissionId = Guid.NewGuid(),
        Unit = "320404004000",
        Period = "2022-07",
        Revision = 1,
        Verdict = Verdict.Accepted,
        Findings = [],
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Sequence = sequence,
        LeafHash = "",
        Checkpoint = new Checkpoint { TreeSize = 1, Root = "", Time = default, Origin = "", Signatures = [] },
    };
}
