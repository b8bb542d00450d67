using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>A sheet of a workbook to be written.</summary>
/// <param name="Name">From <see cref="UniqueSheetNames"/>.</param>
/// <param name="Content">Its parts and cells.</param>
/// <param name="IsHidden">Whether it has no tab.</param>
public sealed record SheetContent(string Name, Worksheet Content, bool IsHidden = false);

/// <summary>Writes Excel workbooks.</summary>
public static class WorkbookWriter
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="sheets">The sheets, in the order of their tabs.</param>
    /// <param name="styles">The formats that the cells name by index.</param>
    /// <param name="origin">The program and the time in the properties of the file; null if they are omitted.</param>
    public static byte[] Write(IEnumerable<SheetContent> sheets, Stylesheet styles, (string Creator, DateTimeOffset Time)? origin = null)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            if (origin is var (creator, time))
            {
                document.PackageProperties.Creator = creator;
                document.PackageProperties.Created = document.PackageProperties.Modified = time.UtcDateTime;
            }

            var book = document.AddWorkbookPart();
            var list = new Sheets();
            book.Workbook = new Workbook(new BookViews(new WorkbookView()), list);
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = styles;
            foreach (var sheet in sheets)
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = sheet.Content;
                list.Append(new Sheet
                {
                    Name = sheet.Name,
                    SheetId = (uint)list.Count() + 1,
                    Id = book.GetIdOfPart(part),
                    State = sheet.IsHidden ? SheetStateValues.Hidden : SheetStateValues.Visible,
                });
            }
        }

        return DefaultNamespaceRewriter.Rewrite(stream.ToArray());
    }
}
