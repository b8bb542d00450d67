namespace XilinIngest.InputOutput;

/// <summary>Reads so many bytes and no more: a small packed file may unpack to any size.</summary>
public sealed class SizeLimitedStream(Stream inner, long limit, string what) : Stream
{
    private long _left = limit;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="PartTooLargeException">There is more.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _left -= count;
        return _left < 0 ? throw new PartTooLargeException(what) : count;
    }

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

/// <summary>A part of a workbook unpacks to more than is read.</summary>
public sealed class PartTooLargeException(string part) : Exception($"{part} is too large.")
{
    public string Part { get; } = part;
}
