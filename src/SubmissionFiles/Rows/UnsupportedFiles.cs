using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using XilinIngest.Contracts;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.SubmissionFiles.Rows;

/// <summary>Detects table files of other programs in unsupported formats, by their content and not only by their name.</summary>
internal static class UnsupportedFiles
{
    private const string SaveAsZh = "在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”。";
    private const string SaveAsEn = "Open it in Excel or WPS and save it as an Excel workbook (.xlsx).";

    /// <summary>Whether it is a zip file, as .xlsx is.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..];

    /// <summary>The finding that names an unsupported format; null if the file may be readable.</summary>
    public static Finding? Check(byte[] bytes, string extension) => bytes switch
    {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => CheckOle(bytes, extension),
        _ when IsZip(bytes) => CheckZip(bytes),
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => Unsupported("PDF 文件", "a PDF", "请改报表格文件。", "Submit the table itself."),
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] =>
            Unsupported("图片", "a picture", "请改报表格文件。", "Submit the table itself."),
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] or [0x1F, 0x8B, ..] =>
            Unsupported("压缩包", "an archive", "解压后报送里面的文件。", "Unpack it and submit what is in it."),
        [(byte)'{', (byte)'\\', (byte)'r', (byte)'t', (byte)'f', ..] => Unsupported("RTF 文档", "an RTF document", SaveAsZh, SaveAsEn),
        [9, 0 or 2 or 4 or 8, 0 or 4 or 6 or 8, 0, ..] => Unsupported("很早版本的 Excel 文件", "a very old Excel file", SaveAsZh, SaveAsEn),
        _ => CheckMarkup(bytes),
    };

    private static Finding CheckOle(byte[] bytes, string extension) =>
        bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
            ? Unsupported("加了密码的文件", "protected by a password", "去掉打开密码后保存，再报。", "Take the password off, save it and submit again.")
        : extension == ".et"
            ? Unsupported("WPS 表格文件（.et）", "a WPS spreadsheet (.et)", "在 WPS 中打开，另存为 .xlsx。", "Open it in WPS and save it as .xlsx.")
        : extension is ".doc" or ".wps" ? Unsupported("文字文档", "a text document", "请改报表格文件。", "Submit the table itself.")
        : extension is ".xls" or ".xlt" ? Unsupported("旧格式的 Excel 文件（.xls）", "an old Excel file (.xls)", SaveAsZh, SaveAsEn)
        : Unsupported("加了打开密码的文件，或旧格式的 Excel 文件（.xls）", "protected by a password, or an old Excel file (.xls)",
            "在 Excel 或 WPS 中打开，有打开密码的先去掉密码，再另存为“Excel 工作簿（.xlsx）”。",
            "Open it in Excel or WPS, take the password off if it has one, and save it as an Excel workbook (.xlsx).");

    private static Finding? CheckZip(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            if (zip.GetEntry("mimetype") is { Length: < 200 } type)
            {
                // The length that the file gives may be wrong.
                using var reader = new StreamReader(type.Open());
                var start = new char[200];
                var what = new string(start, 0, reader.ReadBlock(start, 0, start.Length));
                return what.Contains("spreadsheet", StringComparison.Ordinal)
                    ? Unsupported("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)", "在 LibreOffice 或 WPS 中打开，另存为 .xlsx。",
                        "Open it in LibreOffice or WPS and save it as .xlsx.")
                    : Unsupported("OpenDocument 文档", "an OpenDocument file", "请改报表格文件。", "Submit the table itself.");
            }

            return zip.Entries.Any(entry => entry.FullName.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase))
                ? Unsupported("二进制的 Excel 文件（.xlsb）", "a binary Excel file (.xlsb)", SaveAsZh, SaveAsEn)
                : zip.Entries.Any(entry => entry.FullName.StartsWith("word/", StringComparison.OrdinalIgnoreCase))
                    ? Unsupported("Word 文档", "a Word document", "请改报表格文件。", "Submit the table itself.")
                : zip.Entries.Any(entry => entry.FullName.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase))
                    ? Unsupported("演示文稿", "a presentation", "请改报表格文件。", "Submit the table itself.")
                : zip.Entries.Any(entry => entry.FullName.StartsWith("_rels/", StringComparison.OrdinalIgnoreCase)) ? null
                : Unsupported("压缩包", "an archive", "解压后报送里面的文件。", "Unpack it and submit what is in it.");
        }
        catch (InvalidDataException)
        {
            return FileFindings.NotReadable("不完整或已损坏，无法打开。", "The file is incomplete or damaged and cannot be opened.",
                "重新下载或复制，或在 Excel、WPS 中打开后另存为 .xlsx。", "Copy it again, or open it in Excel or WPS and save it as .xlsx.");
        }
    }

    private static Finding? CheckMarkup(byte[] bytes)
    {
        var text = DecodeHeader(bytes).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        if (text.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase))
        {
            return Unsupported("网页存档，不是工作簿", "an archived web page, no workbook", SaveAsZh, SaveAsEn);
        }

        if (!text.StartsWith('<'))
        {
            return null;
        }

        return text.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.OrdinalIgnoreCase)
            ? Unsupported("XML 表格（2003）", "an XML spreadsheet (2003)", SaveAsZh, SaveAsEn)
            : text.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<table", StringComparison.OrdinalIgnoreCase)
                || text.Contains("<head", StringComparison.OrdinalIgnoreCase) || text.Contains("<meta", StringComparison.OrdinalIgnoreCase)
                    ? Unsupported("网页，不是工作簿", "a web page, no workbook", SaveAsZh, SaveAsEn)
            : Unsupported("XML 文件，不是工作簿", "an XML file, no workbook", SaveAsZh, SaveAsEn);
    }

    // The markup is ASCII in all these encodings. In UTF-16 each ASCII character has an additional zero byte.
    private static string DecodeHeader(byte[] bytes)
    {
        var head = bytes.AsSpan(0, Math.Min(bytes.Length, 4096));
        var isUtf16 =
            head.Length > 3 && (BinaryPrimitives.ReadUInt16LittleEndian(head) is 0xFEFF or 0xFFFE || head[1] == 0 || head[0] == 0);
        return isUtf16
            ? new string([.. head.ToArray().Where(one => one is > 0 and < 0x80).Select(one => (char)one)])
            : Encoding.Latin1.GetString(head).Replace("\u00EF\u00BB\u00BF", "", StringComparison.Ordinal);
    }

    private static Finding Unsupported(string zh, string en, string remedyZh, string remedyEn) =>
        FileFindings.NotReadable($"这是{zh}，不能直接报送。", $"This is {en}; it cannot be submitted as it is.", remedyZh, remedyEn);
}
