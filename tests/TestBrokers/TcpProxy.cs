using System.Net;
using System.Net.Sockets;

namespace XilinIngest.TestBrokers;

/// <summary>
/// A port before another one. It can stall, as a firewall that forgets its connections does: nothing passes any more, nothing is closed.
/// And it can cut.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ends = new();
    private readonly (string Host, int Port) _target;
    private readonly List<Socket> _open = [];
    private readonly Task _accepting;
    private TaskCompletionSource _passes = CompletedSource();

    private TcpProxy(string host, int port)
    {
        _target = (host, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Before the one that an address names.</summary>
    public static TcpProxy InFrontOf(Uri address) => new(address.Host, address.Port);

    /// <summary>From now on nothing passes, in neither direction and on new connections neither; they stay open.</summary>
    public void Stall()
    {
        if (_passes.Task.IsCompleted)
        {
            _passes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What was held back passes, and all that follows.</summary>
    public void Resume() => _passes.TrySetResult();

    /// <summary>Closes all connections; new ones pass.</summary>
    public void Cut()
    {
        lock (_open)
        {
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }

        Resume();
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _ends.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ends.IsCancellationRequested)
        {
            try
            {
                var near = await _listener.AcceptSocketAsync(_ends.Token);
                _ = ConnectAsync(near);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // It ends.
            }
        }
    }

    private async Task ConnectAsync(Socket near)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_open)
        {
            _open.AddRange([near, far]);
        }

        try
        {
            await far.ConnectAsync(_target.Host, _target.Port, _ends.Token);
            await Task.WhenAny(PassAsync(near, far), PassAsync(far, near));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The other end is away, or it was cut: so is this one then.
        }

        near.Dispose();
        far.Dispose();
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _ends.Token)) > 0)
            {
                await _passes.Task.WaitAsync(_ends.Token);
                await to.SendAsync(buffer.AsMemory(0, count), _ends.Token);
            }

            // An end that closes while nothing passes is not heard of by the other.
            await _passes.Task.WaitAsync(_ends.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await _passes.Task.WaitAsync(_ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskCompletionSource CompletedSource()
    {
        var passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        passing.SetResult();
        return passing;
    }
}
