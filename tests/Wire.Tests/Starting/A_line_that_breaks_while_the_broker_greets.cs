using System.Net;
using System.Net.Sockets;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Starting;

/// <summary>A broker that is killed while a service begins to speak with it: no refusal, which would end the start.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_line_that_breaks_while_the_broker_greets(WireDeployment wire)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Is_a_broker_that_does_not_answer(int answersBefore)
    {
        using var line = new TcpListener(IPAddress.Loopback, 0);
        line.Start();
        var cuts = 0;
        var serving = ServeAsync();
        var user = new UriBuilder(wire.Broker.AddressFor(OfficeDefinitions.Worker, OfficeDefinitions.Password))
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)line.LocalEndpoint).Port
        };
        Assert.True(BrokerConnection.TryParse(user.Uri.ToString(), out var address));
        Assert.Null(await address.FindConnectionErrorAsync(CancellationToken.None));
        Assert.True(cuts > 0, "The line never broke.");
        line.Stop();
        await serving;

        async Task ServeAsync()
        {
            while (true)
            {
                try
                {
                    using var client = await line.AcceptTcpClientAsync();
                    using var broker = new TcpClient();
                    await broker.ConnectAsync(wire.Broker.Address.Host, wire.Broker.Address.Port);
                    await RelayAsync(client, broker);
                    cuts++;

                    // A reset, as from a process that was killed.
                    client.LingerState = new LingerOption(true, 0);
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        }

        async Task RelayAsync(TcpClient client, TcpClient broker)
        {
            var asked = client.GetStream().CopyToAsync(broker.GetStream());
            var buffer = new byte[64 * 1024];
            for (var answers = 0; answers < answersBefore && await broker.GetStream().ReadAsync(buffer) is > 0 and var read; answers++)
            {
                await client.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }

            // Let what was said be read and answered first.
            await Task.Delay(50);
            broker.Close();
            _ = asked.ContinueWith(left => left.Exception, TaskScheduler.Default);
        }
    }
}
