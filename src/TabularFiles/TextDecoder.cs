using System.Text;
using System.Text.Unicode;

namespace XilinIngest.TabularFiles;

/// <summary>Why bytes are not the text that was expected.</summary>
public enum TextFault
{
    /// <summary>The bytes are not valid in the encoding.</summary>
    WrongEncoding,

    /// <summary>The file is UTF-16, which is not accepted here.</summary>
    Utf16,

    /// <summary>The text has a NUL character, so the file is not a text file.</summary>
    NulCharacter,
}

/// <summary>The text of a file, or why there is none.</summary>
/// <param name="Text">The text; null if there is a fault.</param>
/// <param name="Fault">What is wrong; null if there is a text.</param>
/// <param name="Line">The line of the fault from 1, if the encoding is UTF-8.</param>
public sealed record DecodedText(string? Text, TextFault? Fault = null, int? Line = null);

/// <summary>Turns the bytes of a file into text. Invalid bytes are a fault and are never replaced.</summary>
public static class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// Decodes UTF-8 with or without its byte order mark. It is used for a catalogue, whose encoding is never guessed, because a wrong
    /// guess would change the names of units.
    /// </summary>
    public static DecodedText DecodeUtf8(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return new(null, TextFault.Utf16);
        }

        var mark = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            var text = StrictUtf8.GetString(bytes, mark, bytes.Length - mark);
            return text.Contains('\0', StringComparison.Ordinal)
                ? new(null, TextFault.NulCharacter, LineOf(bytes, Array.IndexOf(bytes, (byte)0)))
                : new(text);
        }
        catch (DecoderFallbackException exception)
        {
            return new(null, TextFault.WrongEncoding, LineOf(bytes, mark + exception.Index));
        }
    }

    /// <summary>
    /// Decodes the formats that an office's programs save: UTF-8, UTF-16 with its byte order mark, otherwise GBK (GB 18030), in which
    /// Chinese Excel saves CSV.
    /// </summary>
    public static DecodedText DecodeOfficeText(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Decode(bytes.AsSpan(2), new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        [0xFE, 0xFF, ..] => Decode(bytes.AsSpan(2), new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
        [0xEF, 0xBB, 0xBF, ..] => DecodeUtf8(bytes),
        _ when Utf8.IsValid(bytes) => DecodeUtf8(bytes),
        _ => Decode(bytes, Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)),
    };

    private static DecodedText Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? new(null, TextFault.NulCharacter) : new(text);
        }
        catch (DecoderFallbackException)
        {
            return new(null, TextFault.WrongEncoding);
        }
    }

    private static int LineOf(byte[] bytes, int index) => 1 + bytes.AsSpan(0, Math.Clamp(index, 0, bytes.Length)).Count((byte)'\n');
}
