using System.Xml;
using XilinIngest.Contracts;
using XilinIngest.InputOutput;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>Opens a workbook, and turns the faults of a damaged or too large one into a finding.</summary>
internal static class WorkbookReading
{
    /// <param name="bytes">The file.</param>
    /// <param name="place">Its position.</param>
    /// <param name="limits">How much of it is read.</param>
    /// <param name="onFault">Makes the result of a finding.</param>
    /// <param name="read">Reads it; it tells which sheet it begins, so that a finding can name the sheet.</param>
    public static T Read<T>(
        byte[] bytes, SourceLocation place, WorkbookLimits limits, Func<SourceLocation, Finding, T> onFault,
        Func<WorkbookFile, Action<SourceLocation>, T> read)
    {
        var sheet = place;
        try
        {
            using var book = WorkbookFile.Open(bytes, limits.MaxPart);
            return read(book, at => sheet = at);
        }
        catch (PartTooLargeException)
        {
            return onFault(sheet, FileFindings.NotReadable(
                "内容太多。空白的行如果带格式，也算在内。", "There is too much in it; empty rows count that have a format.",
                "选中最后一个数下面的所有行，删除后保存；数确实多的，分成几个文件。",
                "Select all rows below the last figure, delete them and save; where there are that many figures, split the file."));
        }
        catch (Exception exception)
        when (exception is InvalidDataException or FormatException or XmlException or InvalidOperationException or ArgumentException
            or OverflowException)
        {
            return onFault(sheet,
                FileFindings.NotReadable("不是完好的 Excel 工作簿。", $"This is no sound Excel workbook: {exception.Message}",
                    "在 Excel 或 WPS 中打开，另存为 .xlsx。", "Open it in Excel or WPS and save it as .xlsx."));
        }
    }
}
