using System.IO.Compression;
using System.Text;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Maps;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Fuzzing;

/// <summary>The readers of what others send. Whatever the bytes are, they find faults and throw nothing.</summary>
internal sealed class FuzzedReaders
{
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    private static readonly DateTimeOffset SavedAt = new(2022, 8, 3, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly SourceLocation Place = new("fuzzed");

    private readonly Catalogue _catalogue;
    private readonly TableMap _map;
    private readonly Dictionary<string, Action<byte[]>> _byName;

    /// <param name="catalogueFolder">The catalogue's folder.</param>
    /// <param name="mapFile">A map for the tables.</param>
    public FuzzedReaders(string catalogueFolder, string mapFile)
    {
        _catalogue = CatalogueReader.Read(catalogueFolder).Catalogue
            ?? throw new InvalidOperationException($"{catalogueFolder} has faults.");
        var (map, findings) = TableMapFile.Read(File.ReadAllBytes(mapFile), new SourceLocation(mapFile));
        _map = map ?? throw new InvalidOperationException($"{mapFile} has faults: {findings[0]}");
        _byName = new()
        {
            ["submission"] = ReadSubmission,
            ["table"] = ReadTable,
            ["map"] = bytes => TableMapFile.Read(bytes, Place),
            ["sheet"] = bytes => ReadTable(WorkbookOf(bytes)),
        };
    }

    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>The reader of this name; null: there is none.</summary>
    public Action<byte[]>? Find(string name) => _byName.GetValueOrDefault(name);

    // Both ways of reading say the same of it.
    private void ReadSubmission(byte[] body)
    {
        var (one, other) = (Describe(SubmissionReader.Read, body), Describe(SubmissionReader.ReadByDocument, body));
        if (one != other)
        {
            throw new InvalidOperationException($"Read: {one}\nby document: {other}");
        }
    }

    private string Describe(Func<ReadOnlyMemory<byte>, Catalogue, SubmissionBatch> read, byte[] body)
    {
        try
        {
            return string.Join('\n', read(body, _catalogue).All.Select(submission => string.Join(' ',
            [
                $"{submission.Id} {submission.Unit?.Code} {submission.Period} {submission.OrderKey}",
                .. submission.Values.Select(value => $"{value}"), .. submission.Findings.Select(finding => finding.Rule),
            ])));
        }
        catch (UnreadableBodyException exception)
        {
            return exception.Message;
        }
    }

    private void ReadTable(byte[] bytes)
    {
        var file = TableFile.Read(bytes, Place, SavedAt);
        if (file.Findings.Count == 0)
        {
            TableReader.Read(file, _map, _catalogue, new GivenMonth(2022, new Period(2022, 7)));
            TableMapSuggestion.Suggest(file, _catalogue, english: false);
        }
    }

    // The bytes are the sheet; compressed, no change of a byte would reach the reader.
    private static byte[] WorkbookOf(byte[] sheet)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", Encoding.UTF8.GetBytes(
                $"""
                <Types xmlns="{Package}/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Override PartName="/xl/workbook.xml" ContentType="{Spreadsheet}.sheet.main+xml"/>
                <Override PartName="/xl/sheet1.xml" ContentType="{Spreadsheet}.worksheet+xml"/>
                </Types>
                """));
            Add(zip, "_rels/.rels", Encoding.UTF8.GetBytes(Relationship("officeDocument", "xl/workbook.xml")));
            Add(zip, "xl/workbook.xml", Encoding.UTF8.GetBytes(
                $"""
                <workbook xmlns="{Main}" xmlns:r="{Office}/relationships">
                <sheets><sheet name="七月" sheetId="1" r:id="r1"/></sheets>
                </workbook>
                """));
            Add(zip, "xl/_rels/workbook.xml.rels", Encoding.UTF8.GetBytes(Relationship("worksheet", "sheet1.xml")));
            Add(zip, "xl/sheet1.xml", sheet);
        }

        return stream.ToArray();
    }

    private static string Relationship(string type, string target) =>
        $"""
        <Relationships xmlns="{Package}/relationships">
        <Relationship Id="r1" Type="{Office}/relationships/{type}" Target="{target}"/>
        </Relationships>
        """;

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
