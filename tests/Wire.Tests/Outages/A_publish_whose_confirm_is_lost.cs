using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Outages;

public class A_publish_whose_confirm_is_lost
{
    private const string Destination = "xilin.results";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private static readonly Func<Task<bool>> NeverLost = static () => new TaskCompletionSource<bool>().Task;
    private readonly List<CancellationToken> _tries = [];

    [Fact]
    public async Task Is_sent_again_until_one_is_confirmed_and_given_up_itself()
    {
        await MessagePublisher.PublishConfirmedAsync(Destination, NeverBut(third: Task.CompletedTask), () => true, NeverLost, Patience,
            PublishRetryPolicy.Create(_ => { }), CancellationToken.None);
        Assert.Equal([true, true, false], _tries.Select(given => given.IsCancellationRequested));
    }

    [Fact]
    public async Task Is_left_to_the_library_while_the_broker_is_away()
    {
        var lost = new TaskCompletionSource();
        var asked = 0;
        await MessagePublisher.PublishConfirmedAsync(
            Destination, given =>
            {
                _tries.Add(given);
                return lost.Task;
            },
            () =>
            {
                if (++asked == 3)
                {
                    lost.SetResult();
                }

                return false;
            },
            NeverLost, Patience, PublishRetryPolicy.Create(_ => { }), CancellationToken.None);
        Assert.Equal([false], _tries.Select(given => given.IsCancellationRequested));
    }

    [Fact]
    public async Task Is_sent_again_at_once_where_the_connection_is_lost_however_often()
    {
        var connections = Enumerable.Range(0, 20).Select(_ => new TaskCompletionSource<bool>()).ToList();
        await MessagePublisher.PublishConfirmedAsync(
            Destination, given =>
            {
                _tries.Add(given);
                if (_tries.Count == connections.Count)
                {
                    return Task.CompletedTask;
                }

                connections[_tries.Count - 1].SetResult(false);
                return new TaskCompletionSource().Task;
            },
            () => true, () => connections[_tries.Count].Task, TimeSpan.FromMinutes(1), PublishRetryPolicy.Create(_ => { }),
            CancellationToken.None);
        Assert.Equal(connections.Count, _tries.Count);
        Assert.All(_tries.SkipLast(1), given => Assert.True(given.IsCancellationRequested));
    }

    [Fact]
    public async Task Is_sent_again_where_the_broker_rejected_it_after_the_connection_was_given_up()
    {
        var givenUp = 0;
        await MessagePublisher.PublishConfirmedAsync(
            Destination, given =>
            {
                _tries.Add(given);
                return _tries.Count < 2 ? Task.FromException(new MessageRejectedException("xilin.results")) : Task.CompletedTask;
            },
            () => true, NeverLost, TimeSpan.FromMinutes(1), PublishRetryPolicy.Create(_ => givenUp++), CancellationToken.None);
        Assert.Equal((2, 1), (_tries.Count, givenUp));
    }

    [Fact]
    public async Task Is_given_up_where_the_broker_never_confirms_it()
    {
        var fault = await Assert.ThrowsAsync<TimeoutException>(() => MessagePublisher.PublishConfirmedAsync(
            Destination, given =>
            {
                _tries.Add(given);
                return new TaskCompletionSource().Task;
            },
            () => true, NeverLost, Patience, PublishRetryPolicy.Create(_ => { }), CancellationToken.None));
        Assert.Contains($"a message for {Destination}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(6, _tries.Count);
        Assert.All(_tries, given => Assert.True(given.IsCancellationRequested));
    }

    [Fact]
    public async Task Fails_with_the_exception_of_the_publish() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => MessagePublisher.PublishConfirmedAsync(Destination, NeverBut(third: Task.FromException(new InvalidOperationException())),
            () => true, NeverLost, Patience, PublishRetryPolicy.Create(_ => { }), CancellationToken.None));

    [Fact]
    public async Task Ends_when_its_caller_stops_waiting()
    {
        using var ends = new CancellationTokenSource(Patience / 2);
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => MessagePublisher.PublishConfirmedAsync(Destination, NeverBut(third: Task.CompletedTask), () => true, NeverLost, Patience,
                PublishRetryPolicy.Create(_ => { }), ends.Token));
        Assert.True(Assert.Single(_tries).IsCancellationRequested);
    }

    private Func<CancellationToken, Task> NeverBut(Task third) => given =>
    {
        _tries.Add(given);
        return _tries.Count < 3 ? new TaskCompletionSource().Task : third;
    };
}
