using System.Globalization;
using System.IO.Compression;
using System.Xml;
using XilinIngest.InputOutput;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">The name on its tab.</param>
/// <param name="IsVisible">Whether it has a tab.</param>
/// <param name="Part">The part with its XML; null if it is a chart or a dialog.</param>
internal sealed record WorkbookSheet(string Name, bool IsVisible, string? Part);

/// <summary>
/// The parts of an .xlsx file. Elements are found by local names with any prefix and edition of the format, and parts that are named may be
/// missing, because programs differ in these.
/// </summary>
internal sealed class WorkbookFile : IDisposable
{
    private static readonly XmlReaderSettings Settings =
        new() { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true };

    private readonly ZipArchive _zip;
    private readonly long _maxPart;
    private readonly Dictionary<string, ZipArchiveEntry> _parts;

    private WorkbookFile(ZipArchive zip, long maxPart)
    {
        (_zip, _maxPart) = (zip, maxPart);
        _parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in zip.Entries)
        {
            _parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    public IReadOnlyList<WorkbookSheet> Sheets { get; private set; } = [];

    /// <summary>Whether days are counted from 1904.</summary>
    public bool Uses1904Dates { get; private set; }

    /// <summary>The time at which it was saved, from its properties; null if they have none.</summary>
    public DateTimeOffset? Modified { get; private set; }

    /// <summary>The part with the shared texts; null if there is none.</summary>
    public string? SharedStrings { get; private set; }

    /// <summary>The part with the formats; null if there is none.</summary>
    public string? Styles { get; private set; }

    /// <param name="bytes">The file.</param>
    /// <param name="maxPart">The number of bytes to which one of its parts may unpack.</param>
    /// <exception cref="InvalidDataException">The file is not a workbook or is damaged.</exception>
    public static WorkbookFile Open(byte[] bytes, long maxPart)
    {
        var zip = new ZipArchive(new MemoryStream(bytes));
        try
        {
            var workbook = new WorkbookFile(zip, maxPart);
            workbook.ReadHead();
            return workbook;
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <exception cref="InvalidDataException">The part does not exist.</exception>
    public XmlReader Read(string part) => _parts.TryGetValue(part, out var entry)
        ? XmlReader.Create(new SizeLimitedStream(entry.Open(), _maxPart, part), Settings)
        : throw new InvalidDataException($"{part} is missing.");

    public bool Has(string? part) => part is not null && _parts.ContainsKey(part);

    public void Dispose() => _zip.Dispose();

    private void ReadHead()
    {
        var roots = Relations("");
        var book = roots.FirstOrDefault(relation => relation.Type == "officeDocument")?.Target ?? "xl/workbook.xml";
        var related = Relations(book);
        SharedStrings = related.FirstOrDefault(relation => relation.Type == "sharedStrings")?.Target;
        Styles = related.FirstOrDefault(relation => relation.Type == "styles")?.Target;
        var sheets = new List<WorkbookSheet>();
        using (var xml = Read(book))
        {
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (xml.LocalName == "workbookPr")
                {
                    Uses1904Dates = xml.GetAttribute("date1904") is "1" or "true";
                }
                else if (xml.LocalName == "sheet")
                {
                    var relation = related.Find(relation => relation.Id == Id(xml));
                    sheets.Add(new(xml.GetAttribute("name") ?? "", xml.GetAttribute("state") is null or "visible",
                        relation is { Type: "worksheet" } ? relation.Target : null));
                }
            }
        }

        Sheets = sheets;
        Modified = roots.FirstOrDefault(relation => relation.Type is "core-properties" or "coreProperties") is { } core && Has(core.Target)
            ? SavedAt(core.Target) : null;
    }

    private DateTimeOffset? SavedAt(string part)
    {
        using var xml = Read(part);
        return xml.ReadToFollowing("modified", "http://purl.org/dc/terms/")
            && DateTimeOffset.TryParse(xml.ReadElementContentAsString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var time) ? time : null;
    }

    private List<Relation> Relations(string part)
    {
        var slash = part.LastIndexOf('/');
        var (folder, name) = (part[..(slash + 1)], part[(slash + 1)..]);
        var path = $"{folder}_rels/{name}.rels";
        var relations = new List<Relation>();
        if (!Has(path))
        {
            return relations;
        }

        using var xml = Read(path);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("Target") is { } target)
            {
                var type = xml.GetAttribute("Type") ?? "";
                relations.Add(new(xml.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target)));
            }
        }

        return relations;
    }

    private static string Resolve(string folder, string target)
    {
        target = target.Replace('\\', '/');
        var steps = new List<string>();
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not "." and not "..")
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }

    // Returns the id attribute that has a namespace. The sheet's own number has none.
    private static string? Id(XmlReader xml)
    {
        string? id = null;
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            id = xml is { LocalName: "id", NamespaceURI.Length: > 0 } ? xml.Value : id;
        }

        xml.MoveToElement();
        return id;
    }

    private sealed record Relation(string Id, string Type, string Target);
}
