using System.Text;

namespace XilinIngest.CatalogueFiles.Tables;

/// <summary>From bytes to text: UTF-8, with or without the mark that Excel puts before it.</summary>
internal static class CsvTextDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Bilingual SaveAsUtf8 = new(
        "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”", "save it from Excel as 'CSV UTF-8 (comma delimited)'");

    /// <returns>The text, or null after adding a fault.</returns>
    internal static string? Decode(string file, byte[] bytes, List<CatalogueFault> faults)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            faults.Add(new(file, null, null, new("文件是 UTF-16 编码", "the file is UTF-16"), SaveAsUtf8));
            return null;
        }

        var mark = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            var text = Strict.GetString(bytes, mark, bytes.Length - mark);
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                return text;
            }

            faults.Add(new(
                file, LineOf(bytes, Array.IndexOf(bytes, (byte)0)), null,
                new("含有空字符，不是文本文件", "it holds a NUL character and is no text file"), SaveAsUtf8));
        }
        catch (DecoderFallbackException e)
        {
            faults.Add(new(
                file, LineOf(bytes, mark + e.Index), null,
                new("字节不是有效的 UTF-8，可能被 Excel 存成了 GBK", "the bytes are not UTF-8; Excel has most likely saved it as GBK"), SaveAsUtf8));
        }

        return null;
    }

    private static int LineOf(byte[] bytes, int index) =>
        1 + bytes.AsSpan(0, Math.Clamp(index, 0, bytes.Length)).Count((byte)'\n');
}
