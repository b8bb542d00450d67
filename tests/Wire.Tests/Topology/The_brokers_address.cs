using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Topology;

[Collection(nameof(WireDeployment))]
public class The_brokers_address(WireDeployment wire)
{
    [Theory]
    [InlineData(OfficeDefinitions.Worker, OfficeDefinitions.Password, "/", null)]
    [InlineData(OfficeDefinitions.Worker, "another", "/", "ACCESS_REFUSED")]
    [InlineData("nobody", OfficeDefinitions.Password, "/", "ACCESS_REFUSED")]
    [InlineData(OfficeDefinitions.Worker, OfficeDefinitions.Password, "/no-such", "530")]
    [InlineData(OfficeDefinitions.Worker, OfficeDefinitions.Password, "/not-ours", "530")]
    public async Task Is_checked_by_a_connection_to_the_broker(string user, string password, string host, string? refusal)
    {
        if (host == "/not-ours")
        {
            await wire.Broker.ImportAsync("""{"vhosts":[{"name":"not-ours"}]}""");
        }

        Assert.True(BrokerConnection.TryParse(new UriBuilder(wire.Broker.AddressFor(user, password)) { Path = host }.Uri.AbsoluteUri,
            out var address));
        var said = await address.FindConnectionErrorAsync(CancellationToken.None);
        Assert.Equal(refusal is null, said is null);
        Assert.Contains(refusal ?? "", said ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp://u:p@host", "amqp://u@host:5672/%2F")]
    [InlineData("amqp://u:p@host/", "amqp://u@host:5672/%2F")]
    [InlineData("amqps://u:p@host/street", "amqps://u@host:5671/street")]
    [InlineData("amqps://u:p%40ss@host:1234/%2F", "amqps://u@host:1234/%2F")]
    [InlineData("amqp://u:p@one,two:5673,three/v", "amqp://u@one:5672,two:5673,three:5672/v")]
    public void Is_read_and_shown_without_the_password(string text, string shown)
    {
        Assert.True(BrokerConnection.TryParse(text, out var address));
        Assert.Equal(shown, address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("host")]
    [InlineData("http://u:p@host")]
    [InlineData("amqp://host")]
    [InlineData("amqp://u@host")]
    [InlineData("amqp://:p@host")]
    [InlineData("amqp://u:p@")]
    [InlineData("amqp://u:p@one,,two")]
    [InlineData("amqp://u:p@host:many")]
    public void Is_refused_where_something_is_missing(string? text) => Assert.False(BrokerConnection.TryParse(text, out _));
}
