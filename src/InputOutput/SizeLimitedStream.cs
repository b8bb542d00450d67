namespace XilinIngest.InputOutput;

/// <summary>Reads a limited number of bytes, because a small packed file may unpack to any size.</summary>
/// <param name="inner">The stream to read from.</param>
/// <param name="limit">The number of bytes.</param>
/// <param name="what">The name of the part, for the error.</param>
public sealed class SizeLimitedStream(Stream inner, long limit, string what) : ForwardReadStream(inner)
{
    private long _left = limit;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="PartTooLargeException">The stream has more bytes.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = Inner.Read(buffer);
        _left -= count;
        return _left < 0 ? throw new PartTooLargeException(what) : count;
    }
}

/// <summary>A part of a packed file unpacks to more bytes than the limit.</summary>
public sealed class PartTooLargeException(string part) : Exception($"{part} is too large.")
{
    public string Part { get; } = part;
}
