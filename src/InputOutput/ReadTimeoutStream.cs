namespace XilinIngest.InputOutput;

/// <summary>
/// The body of a live feed. The service writes every ten seconds, a comment if there is no event. A connection without data for thirty
/// seconds is therefore given up, even if neither end has closed it.
/// </summary>
/// <param name="inner">The stream to read from.</param>
/// <param name="timeout">The longest time without data.</param>
public sealed class ReadTimeoutStream(Stream inner, TimeSpan timeout) : ForwardReadStream(inner)
{
    /// <summary>The longest time without data in a feed, and the longest wait for its response to begin.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Waits for a part of the feed, such as the head of the response.</summary>
    /// <exception cref="IOException">It did not arrive in time.</exception>
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

    /// <exception cref="IOException">No data arrived in time.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await WithTimeoutAsync(token => Inner.ReadAsync(buffer, token).AsTask(), timeout, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A feed is read asynchronously.");
}
