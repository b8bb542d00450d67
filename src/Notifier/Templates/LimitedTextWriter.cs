using System.Text;

namespace XilinIngest.Notifier.Templates;

/// <summary>Keeps what is written, up to a limit.</summary>
internal sealed class LimitedTextWriter(int limit) : TextWriter
{
    private readonly StringBuilder _written = new();

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value)
    {
        if (_written.Length >= limit)
        {
            throw TooLong();
        }

        _written.Append(value);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (_written.Length + buffer.Length > limit)
        {
            throw TooLong();
        }

        _written.Append(buffer);
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override string ToString() => _written.ToString();

    private TemplateException TooLong() => new(
        Line: null, new($"通知超过 {limit} 字", $"the notice has more than {limit} characters"), new("请缩短", "make it shorter"));
}
