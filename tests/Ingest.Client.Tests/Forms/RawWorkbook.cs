using System.IO.Compression;
using System.Security;
using System.Text;

namespace XilinIngest.Client.Tests.Forms;

/// <summary>
/// A workbook written part by part, as programs other than Excel write it: whatever a test needs that no library would write.
/// </summary>
internal sealed class RawWorkbook
{
    internal const string Transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    internal const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    private readonly List<(string Name, string State, string Xml)> _sheets = [];
    private readonly List<string> _formats = ["General"];

    internal string Namespace { get; init; } = Transitional;

    internal string Prefix { get; init; } = "";

    /// <summary>Below its rows each sheet has, up to this row, rows of twelve cells that hold a format and nothing else.</summary>
    internal int FormattedTo { get; init; }

    /// <summary>Adds a number format; the index that cells name it by.</summary>
    internal int Format(string code)
    {
        _formats.Add(code);
        return _formats.Count - 1;
    }

    internal RawWorkbook Sheet(string name, string rows, string before = "", string after = "", string state = "visible")
    {
        _sheets.Add((name, state, $"{before}<sheetData>{rows}</sheetData>{after}"));
        return this;
    }

    internal static string Row(int number, params string[] cells) => $"<row r=\"{number}\">{string.Concat(cells)}</row>";

    internal static string Text(string reference, string text) =>
        $"<c r=\"{reference}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";

    internal static string Number(string reference, string raw, int style = 0) => $"<c r=\"{reference}\" s=\"{style}\"><v>{raw}</v></c>";

    /// <summary>The headings and, in row 2, a good row but for its figure in E2 and what is put behind it.</summary>
    internal static string Table(string figure, string unitOfMeasure = "家") =>
        Row(1, Text("A1", "unit"), Text("B1", "period"), Text("C1", "indicator"), Text("D1", "unit_of_measure"), Text("E1", "value"),
            Text("F1", "note"))
        + Row(2, Text("A2", "320404004201"), Text("B2", "2022-07"), Text("C2", "ENTERPRISE_VISITS"), Text("D2", unitOfMeasure), figure);

    internal byte[] Bytes()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
            const string Types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            var declaration = Prefix.Length == 0 ? $"xmlns=\"{Namespace}\"" : $"xmlns:{Prefix}=\"{Namespace}\"";
            Add(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
            Add(zip, "_rels/.rels",
                $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"r1\" Type=\"{Types}/officeDocument\" "
                + "Target=\"xl/workbook.xml\"/></Relationships>");
            var sheets = string.Concat(
                _sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\" state=\"{sheet.State}\" r:id=\"s{i}\"/>"));
            Add(zip, "xl/workbook.xml", Prefixed($"<workbook {declaration} xmlns:r=\"{Types}\"><sheets>{sheets}</sheets></workbook>"));

            // A theme is named that is not there, as exceljs leaves it.
            var relations =
                string.Concat(
                    _sheets.Select(
                        (_, i) => $"<Relationship Id=\"s{i}\" Type=\"{Types}/worksheet\" Target=\"/xl/worksheets/sheet{i}.xml\"/>"));
            Add(zip, "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{Relations}\">{relations}<Relationship Id=\"t\" Type=\"{Types}/theme\" "
                + $"Target=\"theme/none.xml\"/><Relationship Id=\"f\" Type=\"{Types}/styles\" Target=\"styles.xml\"/></Relationships>");
            var codes = string.Concat(
                _formats.Select((code, i) => $"<numFmt numFmtId=\"{200 + i}\" formatCode=\"{SecurityElement.Escape(code)}\"/>"));
            var formats = string.Concat(_formats.Select((_, i) => $"<xf numFmtId=\"{200 + i}\"/>"));
            Add(zip, "xl/styles.xml",
                Prefixed($"<styleSheet {declaration}><numFmts>{codes}</numFmts><cellXfs>{formats}</cellXfs></styleSheet>"));
            for (var i = 0; i < _sheets.Count; i++)
            {
                Add(zip, $"xl/worksheets/sheet{i}.xml", Prefixed($"<worksheet {declaration}>{_sheets[i].Xml}</worksheet>"), FormattedTo);
            }
        }

        return stream.ToArray();
    }

    private string Prefixed(string xml) =>
        Prefix.Length == 0 ? xml : System.Text.RegularExpressions.Regex.Replace(xml, "<(/?)(?=[a-z])", $"<$1{Prefix}:");

    private static void Add(ZipArchive zip, string name, string xml, int formattedTo = 0)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        var end = formattedTo == 0 ? xml.Length : xml.IndexOf("</sheetData>", StringComparison.Ordinal);
        writer.Write(xml.AsSpan(0, end));
        for (var row = 3; row <= formattedTo; row++)
        {
            writer.Write($"<row r=\"{row}\">");
            for (var column = 'A'; column <= 'L'; column++)
            {
                writer.Write($"<c r=\"{column}{row}\" s=\"0\"/>");
            }

            writer.Write("</row>");
        }

        writer.Write(xml.AsSpan(end));
    }
}
