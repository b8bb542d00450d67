using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>Reads the form as saved by Excel, WPS, LibreOffice or a library, and any sheet with the columns of the CSV.</summary>
internal static class ExcelFile
{
    public static FileContent Read(
        byte[] bytes, SourceLocation place, DateTimeOffset savedAt, CatalogueNames? catalogue, WorkbookLimits? limits = null)
    {
        var allowed = limits ?? WorkbookLimits.OfOwnFiles;
        return WorkbookReading.Read(bytes, place, allowed, FileContent.Invalid, (book, begins) => book.Sheets.Count > allowed.MaxSheets
            ? FileContent.Invalid(place, FileFindings.NotReadable(
                $"工作表超过 {allowed.MaxSheets} 张。", $"It has more than {allowed.MaxSheets} sheets.",
                "只留下报表，删去其他工作表后保存。", "Keep the form alone: delete the other sheets and save it."))
            : ReadSheets(book, place, book.Modified ?? savedAt, catalogue, begins));
    }

    private static FileContent ReadSheets(
        WorkbookFile book, SourceLocation place, DateTimeOffset savedAt, CatalogueNames? catalogue, Action<SourceLocation> begins)
    {
        var cells = new CellReader(book);
        var (drafts, findings, notices, forms, others) =
            (new List<SubmissionDraft>(), new List<LocatedFinding>(), new List<LocatedFinding>(), 0, new List<SourceLocation>());
        foreach (var sheet in book.Sheets.Where(sheet => book.Has(sheet.Part)))
        {
            var at = place with { Sheet = sheet.Name };
            begins(at);
            var form = new FormSheetParser(cells, at, savedAt, catalogue);
            if (!form.Read(() => book.Read(sheet.Part!)))
            {
                others.AddRange(sheet.IsVisible && form.HasContent ? [at] : []);
                continue;
            }

            if (!sheet.IsVisible)
            {
                notices.AddRange(form.Drafts.Count > 0 ? [new LocatedFinding(at, FileFindings.HiddenSheet())] : []);
                continue;
            }

            forms++;
            drafts.AddRange(form.Drafts);
            findings.AddRange(form.Findings);
            notices.AddRange(form.Notices);
        }

        notices.AddRange(others.Select(at => new LocatedFinding(at, FileFindings.SheetNotRead())));
        return forms == 0
            ? FileContent.Invalid(place,
                FileFindings.NotReadable("没有一张工作表是报表。", "None of its sheets is a form.", "用 xilin template 生成报表，或首行写列名。",
                    "Make the form with xilin template, or put the columns' names into the first row.")) with
            { Notices = notices }
            : drafts.Count == 0 && findings.Count == 0 ? FileContent.Invalid(place, FileFindings.NoFigures()) with { Notices = notices }
            : new(drafts, findings) { Notices = notices };
    }
}
