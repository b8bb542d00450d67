namespace XilinIngest.InputOutput;

/// <summary>
/// The body of a live feed. The service writes something every ten seconds, a comment where there is no news; so a line that carries nothing for
/// thirty is given up, though neither end has closed it. Also compiled into the pages, which follow the same feed.
/// </summary>
public sealed class ReadTimeoutStream(Stream inner, TimeSpan timeout) : Stream
{
    /// <summary>For how long a feed may carry nothing; also how long its service may take to begin it.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for the answer's head as long as for the next byte after it.</summary>
    /// <exception cref="IOException">It did not come in time.</exception>
    public static async Task<T> WithTimeoutAsync<T>(Func<CancellationToken, Task<T>> wait, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await wait(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{timeout.TotalSeconds:0} 秒内未收到任何数据,视为断线 / nothing came for {timeout.TotalSeconds:0} s, so the line is given up");
        }
    }

    /// <exception cref="IOException">Nothing came in time.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await WithTimeoutAsync(token => inner.ReadAsync(buffer, token).AsTask(), timeout, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A feed is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
