using System.Text;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>
/// Cells as a spreadsheet puts them on the clipboard: a line for each row, tabs between cells, quotes where a cell needs them.
/// </summary>
internal static class PastedCells
{
    /// <summary>The rows with their cells. The line break that ends the last row makes no further row.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text)
    {
        var (rows, cells, cell, isQuoted) = (new List<IReadOnlyList<string>>(), new List<string>(), new StringBuilder(), false);
        var plain = text.ReplaceLineEndings("\n");
        plain = plain.EndsWith('\n') ? plain[..^1] : plain;
        for (var i = 0; i < plain.Length; i++)
        {
            switch (plain[i])
            {
                case '"' when isQuoted && i + 1 < plain.Length && plain[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"' when isQuoted || cell.Length == 0:
                    isQuoted = !isQuoted;
                    break;
                case '\t' when !isQuoted:
                    EndCell();
                    break;
                case '\n' when !isQuoted:
                    EndRow();
                    break;
                default:
                    cell.Append(plain[i]);
                    break;
            }
        }

        EndRow();
        return rows;

        void EndCell()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }

        void EndRow()
        {
            EndCell();
            rows.Add(cells);
            cells = [];
        }
    }
}
