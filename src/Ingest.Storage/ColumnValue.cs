using System.Runtime.InteropServices;
using System.Text;

namespace XilinIngest.Storage;

/// <summary>
/// The value of a column in one row: a number, an id, a text, bytes or nothing. A batch has thousands of them, and none is an object of its
/// own.
/// </summary>
public readonly struct ColumnValue
{
    private readonly object? _reference;
    private readonly Guid _id;
    private readonly long _number;
    private readonly int _length;

    private ColumnValue(ValueForm form, object? reference = null, long number = 0, int length = 0, Guid id = default) =>
        (Form, _reference, _number, _length, _id) = (form, reference, number, length, id);

    internal enum ValueForm : byte
    {
        Null,
        Number,

        /// <summary>An id, which is stored as its 36 characters.</summary>
        Id,
        Text,
        Bytes,
    }

    internal ValueForm Form { get; }

    internal long Number => _number;

    internal Guid Id => _id;

    internal string Text => (string)_reference!;

    internal ReadOnlyMemory<byte> Memory => ((byte[])_reference!).AsMemory((int)_number, _length);

    /// <summary>The value as the clients of servers take it.</summary>
    internal object? ToObject(ColumnType type) => Form switch
    {
        ValueForm.Null => null,
        ValueForm.Number => _number,
        ValueForm.Id => _id.ToString("D"),
        ValueForm.Text => Text,
        _ when type == ColumnType.Utf8Text => Encoding.UTF8.GetString(Memory.Span),
        _ => _length == ((byte[])_reference!).Length ? _reference : Memory.ToArray(),
    };

    public static implicit operator ColumnValue(long value) => new(ValueForm.Number, number: value);

    public static implicit operator ColumnValue(long? value) => value is { } number ? number : default(ColumnValue);

    public static implicit operator ColumnValue(Guid value) => new(ValueForm.Id, id: value);

    public static implicit operator ColumnValue(string? value) => value is null ? default : new(ValueForm.Text, value);

    public static implicit operator ColumnValue(byte[]? value) =>
        value is null ? default : new(ValueForm.Bytes, value, length: value.Length);

    public static implicit operator ColumnValue(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var segment)
            ? new ColumnValue(ValueForm.Bytes, segment.Array, segment.Offset, segment.Count)
            : (ColumnValue)value.ToArray();
}
