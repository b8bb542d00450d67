using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Transport;

[Collection(nameof(WireDeployment))]
public sealed class A_connection_that_is_given_up(WireDeployment wire) : IAsyncLifetime
{
    private readonly BrokerConnectionMonitor _monitor = new(NullLogger<BrokerConnectionMonitor>.Instance);
    private readonly List<IConnection> _connections = [];

    public Task InitializeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Is_closed_and_its_loss_says_that_it_was_given_up()
    {
        var first = await ConnectAsync();
        _monitor.Attach(first);
        var lost = _monitor.ConnectionLost;
        _monitor.GiveUpConnection("A test gives it up.");
        Assert.True(await lost.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.False(first.IsOpen);
        Assert.False(_monitor.ConnectionLost.IsCompleted);
    }

    [Fact]
    public async Task Is_followed_by_one_that_is_kept_for_a_while_whatever_is_confirmed_on_it()
    {
        _monitor.Attach(await ConnectAsync());
        _monitor.GiveUpConnection("A test gives it up.");
        var second = await ConnectAsync();
        _monitor.Attach(second);
        _monitor.BeginPublish();
        _monitor.EndPublish(isAnswered: true);
        var lost = _monitor.ConnectionLost;
        _monitor.GiveUpConnection("A test gives it up at once.");
        Assert.True(second.IsOpen);
        Assert.False(lost.IsCompleted);
    }

    [Fact]
    public async Task Is_not_what_is_said_of_one_that_breaks_or_is_replaced()
    {
        var first = await ConnectAsync();
        _monitor.Attach(first);
        var lost = _monitor.ConnectionLost;
        await first.CloseAsync();
        Assert.False(await lost.WaitAsync(TimeSpan.FromSeconds(10)));

        // A publish that waits for the next connection is not woken when that is opened, and is when another one takes its place.
        lost = _monitor.ConnectionLost;
        _monitor.Attach(await ConnectAsync());
        Assert.False(lost.IsCompleted);
        _monitor.Attach(await ConnectAsync());
        Assert.False(await lost.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    public async Task DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<IConnection> ConnectAsync()
    {
        var connection = await wire.Broker.ConnectAsync("a test");
        _connections.Add(connection);
        return connection;
    }
}
