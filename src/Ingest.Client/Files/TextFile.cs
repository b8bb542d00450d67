using System.Text;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Client.Files;

/// <summary>
/// From bytes to text: UTF-8 with or without its mark, UTF-16 with its mark, else GBK (GB 18030), as Chinese Excel saves CSV.
/// </summary>
internal static class TextFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    static TextFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <returns>The text; null: a finding says why not.</returns>
    public static string? Decode(byte[] bytes, SourceLocation place, out LocatedFinding? finding)
    {
        finding = null;
        try
        {
            var text = bytes switch
            {
                [0xEF, 0xBB, 0xBF, ..] => StrictUtf8.GetString(bytes, 3, bytes.Length - 3),
                [0xFF, 0xFE, ..] => new UnicodeEncoding(false, false, true).GetString(bytes, 2, bytes.Length - 2),
                [0xFE, 0xFF, ..] => new UnicodeEncoding(true, false, true).GetString(bytes, 2, bytes.Length - 2),
                _ when System.Text.Unicode.Utf8.IsValid(bytes) => Encoding.UTF8.GetString(bytes),
                _ => Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes),
            };
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                return text;
            }
        }
        catch (DecoderFallbackException)
        {
            // Told below: it is no text in any of them.
        }

        finding = new(place,
            FileFindings.NotReadable("不是文本文件，或编码不是 UTF-8、GBK。", "This is no text file, or neither UTF-8 nor GBK.",
                "在 Excel 中另存为“CSV UTF-8（逗号分隔）”。", "Save it from Excel as 'CSV UTF-8 (comma delimited)'."));
        return null;
    }
}
