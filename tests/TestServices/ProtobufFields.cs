using System.Text;

namespace XilinIngest.TestServices;

/// <summary>The fields of a message of Protocol Buffers that have a length: texts, bytes and messages, by number.</summary>
internal sealed class ProtobufFields
{
    private readonly List<(int Number, byte[] Value)> _fields = [];

    internal static ProtobufFields Read(byte[] bytes)
    {
        var message = new ProtobufFields();
        for (var at = 0; at < bytes.Length;)
        {
            var tag = ReadNumber(bytes, ref at);
            var (number, wireType) = ((int)(tag >> 3), (int)(tag & 7));
            switch (wireType)
            {
                case 0:
                    ReadNumber(bytes, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)ReadNumber(bytes, ref at);
                    message._fields.Add((number, bytes[at..(at + length)]));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {wireType} at byte {at}.");
            }
        }

        return message;
    }

    internal IEnumerable<ProtobufFields> Messages(int number) => Values(number).Select(Read);

    internal string Text(int number) => Encoding.UTF8.GetString(Values(number).FirstOrDefault([]));

    internal string Hex(int number) => Convert.ToHexStringLower(Values(number).FirstOrDefault([]));

    private IEnumerable<byte[]> Values(int number) => _fields.Where(field => field.Number == number).Select(field => field.Value);

    private static ulong ReadNumber(byte[] bytes, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}
