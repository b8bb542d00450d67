using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>
/// Fills cells of a workbook that another office made. Only the sheets' XML is changed, cell by cell, so that formats, prefixes, extensions
/// and all other parts stay as they are.
/// </summary>
public static class WorkbookTemplateFiller
{
    private const string Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit };
    private static readonly XmlWriterSettings Written =
        new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None };

    private static readonly string[] BeforeCalculation = ["definedNames", "externalReferences", "functionGroups", "sheets"];

    /// <param name="template">The workbook.</param>
    /// <param name="cells">The cells by sheet, row and column from 1: a decimal is written as a number, a text never as a formula.</param>
    /// <exception cref="InvalidDataException">The workbook is damaged or has no such sheet.</exception>
    public static byte[] Fill(byte[] template, IReadOnlyDictionary<(string Sheet, int Row, int Column), object> cells)
    {
        using var stream = new MemoryStream();
        stream.Write(template);
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true);
            var (bookPart, book) = ReadBook(zip);
            var parts = SheetParts(zip, bookPart, book);
            foreach (var name in cells.Keys.Select(cell => cell.Sheet).Distinct().Where(name => !parts.ContainsKey(name)))
            {
                throw new InvalidDataException($"There is no sheet {name}.");
            }

            foreach (var (name, part) in parts)
            {
                var sheet = Load(zip, part);
                var filled = cells.Where(cell => cell.Key.Sheet == name)
                    .ToDictionary(cell => (cell.Key.Row, cell.Key.Column), cell => cell.Value);
                TemplateCells.Set(sheet.Root!, filled);
                if (TemplateCells.RemoveResults(sheet.Root!) || filled.Count > 0)
                {
                    Save(zip, part, sheet);
                }
            }

            // The formulas are computed from the new figures when it is opened.
            Calculation(book.Root!).SetAttributeValue("fullCalcOnLoad", "1");
            Save(zip, bookPart, book);
        }
        catch (Exception exception) when (exception is XmlException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }

        return stream.ToArray();
    }

    private static (string Part, XDocument Book) ReadBook(ZipArchive zip)
    {
        var part = Relations(zip, "").FirstOrDefault(relation => relation.Type == "officeDocument").Target ?? "xl/workbook.xml";
        return (part, Load(zip, part));
    }

    // The worksheets by their names. A chart has no cells.
    private static Dictionary<string, string> SheetParts(ZipArchive zip, string bookPart, XDocument book)
    {
        var relations = Relations(zip, bookPart);
        return book.Root!.Descendants().Where(element => element.Name.LocalName == "sheet")
            .Select(sheet => (Name: (string?)sheet.Attribute("name"), Id: sheet.Attributes().FirstOrDefault(
                attribute => attribute.Name is { LocalName: "id", NamespaceName.Length: > 0 })?.Value))
            .Select(sheet => (sheet.Name, Relation: relations.Find(relation => relation.Id == sheet.Id)))
            .Where(sheet => sheet.Name is not null && sheet.Relation.Type == "worksheet")
            .ToDictionary(sheet => sheet.Name!, sheet => sheet.Relation.Target);
    }

    private static XElement Calculation(XElement book)
    {
        if (book.Elements().FirstOrDefault(element => element.Name.LocalName == "calcPr") is { } known)
        {
            return known;
        }

        var calculation = new XElement(book.Name.Namespace + "calcPr");
        BeforeCalculation.Select(name => book.Elements().FirstOrDefault(element => element.Name.LocalName == name))
            .OfType<XElement>().First().AddAfterSelf(calculation);
        return calculation;
    }

    private static List<(string Id, string Type, string Target)> Relations(ZipArchive zip, string part)
    {
        var slash = part.LastIndexOf('/');
        var (folder, path) = (part[..(slash + 1)], $"{part[..(slash + 1)]}_rels/{part[(slash + 1)..]}.rels");
        return Find(zip, path) is null ? []
            : [.. Load(zip, path).Root!.Elements(XName.Get("Relationship", Relationships)).Select(relation => (
                (string?)relation.Attribute("Id") ?? "", ((string?)relation.Attribute("Type") ?? "").Split('/')[^1],
                Resolve(folder, (string?)relation.Attribute("Target") ?? "")))];
    }

    // A target is relative to the folder of the part that names it, or to the root.
    private static string Resolve(string folder, string target) =>
        Uri.UnescapeDataString(new Uri(new Uri("file:///" + folder), target.Replace('\\', '/')).AbsolutePath).TrimStart('/');

    private static XDocument Load(ZipArchive zip, string part)
    {
        using var stream = (Find(zip, part) ?? throw new InvalidDataException($"{part} is missing.")).Open();
        using var xml = XmlReader.Create(stream, Settings);
        return XDocument.Load(xml, LoadOptions.PreserveWhitespace);
    }

    private static void Save(ZipArchive zip, string part, XDocument document)
    {
        using var stream = Find(zip, part)!.Open();
        stream.SetLength(0);
        using var xml = XmlWriter.Create(stream, Written);
        document.Save(xml);
    }

    private static ZipArchiveEntry? Find(ZipArchive zip, string part) =>
        zip.Entries.FirstOrDefault(entry => entry.FullName.TrimStart('/').Equals(part, StringComparison.OrdinalIgnoreCase));
}
