using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace XilinIngest.TestBrokers;

/// <summary>
/// A proxy in front of a port. It can stall like a firewall that forgets its connections: nothing passes, and nothing is closed. It can
/// also cut all connections.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ends = new();
    private readonly (string Host, int Port) _target;
    private readonly List<Socket> _open = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = [];
    private readonly Task _accepting;
    private volatile bool _refuses;
    private TaskCompletionSource _passes = CompletedSource();

    private TcpProxy(string host, int port)
    {
        _target = (host, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>A proxy for the host and port of an address.</summary>
    public static TcpProxy InFrontOf(Uri address) => new(address.Host, address.Port);

    /// <summary>Stops all data in both directions, on open and new connections, and keeps them open.</summary>
    public void Stall()
    {
        if (_passes.Task.IsCompleted)
        {
            _passes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Passes the held data and everything after it.</summary>
    public void Resume() => _passes.TrySetResult();

    /// <summary>Completes when the target has sent a text to a client. The text must arrive in one piece, so it should be short.</summary>
    public Task WaitForTextFromTargetAsync(string text)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[text] = sent;
        return sent.Task;
    }

    /// <summary>Closes all connections, and new ones at once, as if the target had ended.</summary>
    public void Refuse()
    {
        _refuses = true;
        Cut();
    }

    /// <summary>Lets new connections pass again.</summary>
    public void Accept() => _refuses = false;

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
                // The proxy is being disposed.
            }
        }
    }

    private async Task ConnectAsync(Socket near)
    {
        if (_refuses)
        {
            near.Dispose();
            return;
        }

        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_open)
        {
            _open.AddRange([near, far]);
        }

        try
        {
            await far.ConnectAsync(_target.Host, _target.Port, _ends.Token);
            await Task.WhenAny(PassAsync(near, far), PassAsync(far, near, SignalAwaited));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The target is unavailable, or the connection was cut, so both ends are closed.
        }

        near.Dispose();
        far.Dispose();
    }

    private async Task PassAsync(Socket from, Socket to, Action<ReadOnlySpan<byte>>? passed = null)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _ends.Token)) > 0)
            {
                await _passes.Task.WaitAsync(_ends.Token);
                await to.SendAsync(buffer.AsMemory(0, count), _ends.Token);
                passed?.Invoke(buffer.AsSpan(0, count));
            }

            // While nothing passes, the close of one end is not passed on either.
            await _passes.Task.WaitAsync(_ends.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await _passes.Task.WaitAsync(_ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void SignalAwaited(ReadOnlySpan<byte> data)
    {
        foreach (var (text, sent) in _awaited)
        {
            if (data.IndexOf(Encoding.ASCII.GetBytes(text)) >= 0)
            {
                sent.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource CompletedSource()
    {
        var passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        passing.SetResult();
        return passing;
    }
}
