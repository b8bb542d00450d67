using XilinIngest.Submissions.Findings;
using XilinIngest.TabularFiles;

namespace XilinIngest.Client.Files;

/// <summary>The text of a file as an office's programs save it, or a finding.</summary>
internal static class TextFile
{
    /// <returns>The text; null if there is a finding.</returns>
    public static string? Decode(byte[] bytes, SourceLocation place, out LocatedFinding? finding)
    {
        var text = TextDecoder.DecodeOfficeText(bytes).Text;
        finding = text is not null ? null : new(place,
            FileFindings.NotReadable("不是文本文件，或编码不是 UTF-8、GBK。", "This is no text file, or neither UTF-8 nor GBK.",
                "在 Excel 中另存为“CSV UTF-8（逗号分隔）”。", "Save it from Excel as 'CSV UTF-8 (comma delimited)'."));
        return text;
    }
}
