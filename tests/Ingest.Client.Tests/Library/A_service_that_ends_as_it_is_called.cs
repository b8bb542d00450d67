using System.Net;
using System.Net.Sockets;
using XilinIngest.InputOutput;

namespace XilinIngest.Client.Tests.Library;

/// <summary>
/// The service takes a connection and is gone before the first byte. The window is small: about one call in a thousand meets it when a
/// service stops. The connection here is therefore closed between its making and its use.
/// </summary>
public sealed class A_service_that_ends_as_it_is_called
{
    [Fact]
    public async Task Is_reported_like_one_that_cannot_be_reached()
    {
        using var client = new HttpClient(new ConnectionFaultHandler(CreateHandler()));
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://127.0.0.1:9/")));
        Assert.IsType<SocketException>(fault.InnerException);
        Assert.EndsWith(" (127.0.0.1:9)", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>If this fails, the runtime does it itself, and the handler can be deleted.</summary>
    [Fact]
    public async Task Is_not_reported_so_by_the_runtime_itself()
    {
        using var client = new HttpClient(CreateHandler());
        await Assert.ThrowsAsync<SocketException>(() => client.GetAsync(new Uri("http://127.0.0.1:9/")));
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(listener.LocalEndpoint, cancellationToken);
            using (var accepted = await listener.AcceptSocketAsync(cancellationToken))
            {
                accepted.LingerState = new LingerOption(enable: true, seconds: 0);
            }

            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
