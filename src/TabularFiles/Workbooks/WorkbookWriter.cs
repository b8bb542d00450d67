using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>A sheet of a workbook to be written.</summary>
/// <param name="Name">From <see cref="UniqueSheetNames"/>.</param>
/// <param name="Content">Its parts and cells.</param>
/// <param name="IsHidden">Whether it has no tab.</param>
public sealed record SheetContent(string Name, Worksheet Content, bool IsHidden = false)
{
    /// <summary>How many of its first rows are printed on every page.</summary>
    public int PrintTitleRows { get; init; }
}

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
            var names = new DefinedNames();
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
                if (sheet.PrintTitleRows > 0)
                {
                    names.Append(PrintTitles(sheet, (uint)list.Count() - 1));
                }
            }

            if (names.HasChildren)
            {
                book.Workbook.Append(names);
            }
        }

        return DefaultNamespaceRewriter.Rewrite(stream.ToArray());
    }

    // A name of a sheet has no apostrophe, see UniqueSheetNames.
    private static DefinedName PrintTitles(SheetContent sheet, uint index) =>
        new(FormattableString.Invariant($"'{sheet.Name}'!$1:${sheet.PrintTitleRows}"))
        {
            Name = "_xlnm.Print_Titles",
            LocalSheetId = index,
        };
}
