using System.Globalization;
using System.Xml.Linq;

namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>Sets cells in the XML of a sheet that another program wrote.</summary>
internal static class TemplateCells
{
    /// <param name="sheet">The element of the worksheet.</param>
    /// <param name="values">By row and column, from 1: decimals and texts.</param>
    public static void Set(XElement sheet, IReadOnlyDictionary<(int Row, int Column), object> values)
    {
        var data = Child(sheet, "sheetData") ?? throw new InvalidDataException("A sheet has no rows.");
        var rows = Numbered(data, "row", row => (int?)row.Attribute("r"));
        foreach (var row in values.GroupBy(cell => cell.Key.Row))
        {
            var line = GetOrAdd(data, rows, row.Key, "row");
            line.SetAttributeValue("r", row.Key);

            // The range of the filled columns is a hint that may no longer hold.
            line.SetAttributeValue("spans", null);
            var cells = Numbered(line, "c", cell => ColumnOf((string?)cell.Attribute("r")));
            foreach (var (column, cell) in cells)
            {
                cell.SetAttributeValue("r", Reference(row.Key, column));
            }

            foreach (var ((_, column), value) in row)
            {
                var isNew = !cells.ContainsKey(column);
                var cell = GetOrAdd(line, cells, column, "c");
                cell.SetAttributeValue("r", Reference(row.Key, column));
                if (isNew)
                {
                    cell.SetAttributeValue("s", (string?)line.Attribute("s") ?? StyleOf(sheet, column));
                }

                Set(cell, value);
            }
        }
    }

    /// <summary>Removes the results of all formulas, which were computed from the empty cells.</summary>
    /// <returns>Whether there were any.</returns>
    public static bool RemoveResults(XElement sheet)
    {
        var cells = sheet.Descendants().Where(element => element.Name.LocalName == "c" && Child(element, "f") is not null).ToList();
        foreach (var cell in cells)
        {
            Child(cell, "v")?.Remove();
            cell.SetAttributeValue("t", null);
        }

        return cells.Count > 0;
    }

    private static void Set(XElement cell, object value)
    {
        var space = cell.Name.Namespace;
        cell.RemoveNodes();
        if (value is decimal number)
        {
            cell.SetAttributeValue("t", null);
            cell.Add(new XElement(space + "v", number.ToString(CultureInfo.InvariantCulture)));
            return;
        }

        cell.SetAttributeValue("t", "inlineStr");
        cell.Add(new XElement(space + "is", new XElement(
            space + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), XmlText.RemoveInvalid(value.ToString() ?? ""))));
    }

    // Rows and cells without a number follow the one before.
    private static SortedDictionary<int, XElement> Numbered(XElement parent, string name, Func<XElement, int?> number)
    {
        var (numbered, last) = (new SortedDictionary<int, XElement>(), 0);
        foreach (var element in parent.Elements().Where(element => element.Name.LocalName == name))
        {
            last = number(element) ?? last + 1;
            numbered[last] = element;
        }

        return numbered;
    }

    private static XElement GetOrAdd(XElement parent, SortedDictionary<int, XElement> known, int number, string name)
    {
        if (known.TryGetValue(number, out var element))
        {
            return element;
        }

        element = new XElement(parent.Name.Namespace + name);
        var after = known.FirstOrDefault(pair => pair.Key > number).Value;
        if (after is null)
        {
            parent.Add(element);
        }
        else
        {
            if (name == "row" && after.Attribute("r") is null)
            {
                after.SetAttributeValue("r", known.First(pair => pair.Value == after).Key);
            }

            after.AddBeforeSelf(element);
        }

        return known[number] = element;
    }

    private static string? StyleOf(XElement sheet, int column) => Child(sheet, "cols")?.Elements()
        .FirstOrDefault(cols => (int?)cols.Attribute("min") <= column && column <= (int?)cols.Attribute("max"))?.Attribute("style")?.Value;

    private static int? ColumnOf(string? reference) => reference?.TakeWhile(char.IsAsciiLetter)
        .Aggregate(0, (number, letter) => number * 26 + char.ToUpperInvariant(letter) - 'A' + 1);

    private static string Reference(int row, int column) =>
        SheetParts.ColumnLetters(column) + row.ToString(CultureInfo.InvariantCulture);

    private static XElement? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name);
}
