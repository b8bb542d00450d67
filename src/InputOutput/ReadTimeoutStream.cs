namespace XilinIngest.InputOutput;

/// <summary>
/// The body of a live feed. The service writes every ten seconds, a comment where there is no news. A connection that carries nothing
/// for thirty seconds is therefore given up, even where neither end has closed it.
/// </summary>
/// <param name="inner">The stream to read from.</param>
/// <param name="timeout">For how long nothing may come.</param>
public sealed class ReadTimeoutStream(Stream inner, TimeSpan timeout) : ForwardReadStream(inner)
{
    /// <summary>For how long a feed may carry nothing; also how long its service may take to begin it.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Waits for something of the feed, such as the head of the response.</summary>
    /// <exception cref="IOException">It did not come in time.</exception>
    public static async Task<T> WithTimeoutAsync<T>(
        Func<CancellationToken, Task<T>> wait, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await wait(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException(
                $"{timeout.TotalSeconds:0} 秒内未收到任何数据，视为断线 / nothing came for {timeout.TotalSeconds:0} s; the connection is taken as lost");
        }
    }

    /// <exception cref="IOException">Nothing came in time.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await WithTimeoutAsync(token => Inner.ReadAsync(buffer, token).AsTask(), timeout, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A feed is read asynchronously.");
}
