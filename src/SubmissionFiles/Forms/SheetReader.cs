using System.Globalization;
using System.Xml;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>A cell that holds something, as it is stored.</summary>
/// <param name="Column">From 1.</param>
/// <param name="Type">The attribute <c>t</c>; empty for a number.</param>
/// <param name="Style">The index of its format.</param>
/// <param name="Raw">Its value as it is stored.</param>
/// <param name="IsFormula">Whether it is computed.</param>
/// <param name="Inline">A text that is stored in the cell itself.</param>
internal sealed record StoredCell(int Column, string Type, int Style, string Raw, bool IsFormula, string? Inline);

/// <summary>A row with the cells that hold something.</summary>
internal sealed record StoredRow(int Number, bool IsHidden, IReadOnlyList<StoredCell> Cells);

/// <summary>Cells that are merged into one. The first cell holds the content.</summary>
internal sealed record MergedCells(int FirstRow, int LastRow, int FirstColumn, int LastColumn, string Range)
{
    public bool Covers(int column) => FirstColumn <= column && column <= LastColumn;
}

/// <summary>Properties of a sheet as a whole. The XML has some of them after the rows.</summary>
/// <param name="HiddenColumns">The first and last column of each hidden range.</param>
/// <param name="Merged">In the order of the file.</param>
/// <param name="LastFilled">The last row that holds something; 0 if none does.</param>
/// <param name="HidesZeros">Whether zeros are hidden.</param>
internal sealed record SheetLayout(
    IReadOnlyList<(int From, int To)> HiddenColumns, IReadOnlyList<MergedCells> Merged, int LastFilled, bool HidesZeros);

/// <summary>Reads a sheet's XML as a stream, so that a million rows that hold only a format use no memory.</summary>
internal static class SheetReader
{
    private const int MaxColumns = 16_384;

    public static SheetLayout ReadLayout(XmlReader xml)
    {
        var (hidden, merged, last, row, hidesZeros) = (new List<(int, int)>(), new List<MergedCells>(), 0, 0, false);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "sheetView":
                    hidesZeros |= xml.GetAttribute("showZeros") is "0" or "false";
                    break;
                case "col" when IsTrue(xml.GetAttribute("hidden")):
                    hidden.Add((Number(xml.GetAttribute("min"), 1), Number(xml.GetAttribute("max"), 1)));
                    break;
                case "row":
                    // Reading stops at the last row, and would leave out what follows it.
                    var next = Number(xml.GetAttribute("r"), row + 1);
                    row = next > row ? next : throw new InvalidDataException("The rows of the sheet are not in their order.");
                    break;
                case "v" or "is" or "f":
                    last = row;
                    break;
                case "mergeCell" when xml.GetAttribute("ref") is { } range && Range(range) is { } cells:
                    merged.Add(cells);
                    break;
            }
        }

        return new(hidden, merged, last, hidesZeros);
    }

    /// <summary>The rows that hold something, up to the last.</summary>
    public static IEnumerable<StoredRow> ReadRows(XmlReader xml, int last)
    {
        var number = 0;
        while (number < last && xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                continue;
            }

            number = Number(xml.GetAttribute("r"), number + 1);
            var isHidden = IsTrue(xml.GetAttribute("hidden"));
            if (!xml.IsEmptyElement && Cells(xml) is { Count: > 0 } cells)
            {
                yield return new(number, isHidden, cells);
            }
        }
    }

    private static List<StoredCell> Cells(XmlReader xml)
    {
        var (cells, column, depth) = (new List<StoredCell>(), 0, xml.Depth);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            // Some programs omit the references. The cell is then in the next column.
            column = xml.GetAttribute("r") is { } reference ? ColumnOf(reference) : column + 1;
            if (!xml.IsEmptyElement && Cell(xml, column) is { } cell)
            {
                cells.Add(cell);
            }
        }

        return cells;
    }

    private static StoredCell? Cell(XmlReader xml, int column)
    {
        var (type, style, depth) = (xml.GetAttribute("t") ?? "", Number(xml.GetAttribute("s"), 0), xml.Depth);
        string? raw = null, inline = null;
        var isFormula = false;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" })
            {
                raw = xml.ReadElementContentAsString();
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "is" })
            {
                inline = SharedStringReader.ReadText(xml);
            }
            else
            {
                isFormula |= xml is { NodeType: XmlNodeType.Element, LocalName: "f" };
                xml.Skip();
            }
        }

        return raw is null && inline is null && !isFormula ? null : new(column, type, style, raw ?? "", isFormula, inline);
    }

    private static MergedCells? Range(string range)
    {
        var corners = range.Replace("$", "", StringComparison.Ordinal).Split(':');
        var (first, last) = (corners[0], corners[^1]);
        return corners.Length == 2 ? new(RowOf(first), RowOf(last), ColumnOf(first), ColumnOf(last), range) : null;
    }

    private static int RowOf(string reference) =>
        Number(reference.TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"]), 0);

    private static int ColumnOf(string reference) => reference.TakeWhile(char.IsAsciiLetter).Aggregate(0, (number, letter) =>
        number * 26 + char.ToUpperInvariant(letter) - 'A' + 1 is <= MaxColumns and var column
            ? column : throw new InvalidDataException("A column is beyond the last that a sheet has."));

    private static bool IsTrue(string? text) => text is "1" or "true";

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
