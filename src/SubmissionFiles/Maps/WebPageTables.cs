using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Forms;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>
/// Reads the tables of a web page, as which other systems export them under the name .xls. What a cell shows is its text; Excel's own pages
/// have the stored number beside it.
/// </summary>
internal sealed partial class WebPageTables
{
    private const int MaxSpan = 1000;
    private static readonly string[] SkippedElements = ["head", "script", "style", "title", "xml"];

    private readonly List<List<PageCell>> _tables = [];
    private readonly StringBuilder _text = new();
    private readonly HashSet<(int Row, int Column)> _covered = [];
    private readonly HashSet<int> _hiddenRows = [];
    private PageCell? _open;
    private long _covering;
    private (int Row, int Column, int Depth) _at;

    /// <summary>Whether a text is a web page with a table.</summary>
    public static bool IsPage(string text) => text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith('<')
        && text.Contains("<table", StringComparison.OrdinalIgnoreCase)
        && !text.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.OrdinalIgnoreCase);

    /// <returns>The tables as sheets; null: a table within a table, or too many cells, so that rows and columns cannot be told.</returns>
    public static IReadOnlyList<TableSheet>? Read(string text, SourceLocation place, int maxCells)
    {
        var page = new WebPageTables();
        var (from, skipped) = (0, (string?)null);
        foreach (Match tag in Tags().Matches(text))
        {
            var (name, isEnd) = (tag.Groups["name"].Value.ToLowerInvariant(), tag.Groups["end"].Length > 0);
            if (skipped is null)
            {
                page._text.Append(text, from, tag.Index - from);
            }

            from = tag.Index + tag.Length;
            if (skipped is not null)
            {
                skipped = isEnd && name == skipped ? null : skipped;
            }
            else if (!isEnd && SkippedElements.Contains(name))
            {
                skipped = tag.Value.EndsWith("/>", StringComparison.Ordinal) ? null : name;
            }
            else if (!page.Take(name, isEnd, tag.Groups["attributes"].Value) || page._covering > maxCells)
            {
                return null;
            }
        }

        page.EndCell();
        var tables = page._tables.Where(cells => cells.Exists(cell => cell.Text.Length > 0)).ToList();
        return [.. tables.Select((cells, i) => Sheet(
            cells, tables.Count == 1 ? place : place with { Sheet = string.Create(CultureInfo.InvariantCulture, $"表{i + 1}") }))];
    }

    // Whether the table can still be told.
    private bool Take(string name, bool isEnd, string attributes)
    {
        switch (name)
        {
            case "table" when isEnd:
                EndCell();
                _at.Depth = Math.Max(0, _at.Depth - 1);
                break;
            case "table":
                _tables.Add([]);
                _covered.Clear();
                _hiddenRows.Clear();
                _at = (0, 0, _at.Depth + 1);
                return _at.Depth == 1;
            case "tr" when !isEnd && _at.Depth == 1:
                EndCell();
                (_at.Row, _at.Column) = (_at.Row + 1, 0);
                if (Hidden().IsMatch(attributes))
                {
                    _hiddenRows.Add(_at.Row);
                }

                break;
            case "tr" or "td" or "th" when isEnd:
                EndCell();
                break;
            case "td" or "th" when _at is { Depth: 1, Row: > 0 }:
                BeginCell(attributes);
                break;
            case "br":
                _text.Append(' ');
                break;
        }

        return true;
    }

    private void BeginCell(string attributes)
    {
        EndCell();
        do
        {
            _at.Column++;
        }
        while (_covered.Contains((_at.Row, _at.Column)));

        // A cell that spans a thousand rows and columns may stand there a thousand times.
        var (rows, columns) = (Span(attributes, RowSpan()), Span(attributes, ColumnSpan()));
        _covering += (long)rows * columns;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                _covered.Add((_at.Row + row, _at.Column + column));
            }
        }

        var stored = StoredNumber().Match(attributes);
        _open = new(_at.Row, _at.Column, rows, columns, stored.Success ? stored.Groups["number"].Value : "", _hiddenRows.Contains(_at.Row));
        _text.Clear();
    }

    private void EndCell()
    {
        if (_open is { } cell)
        {
            var shown = InputText.Trim(Spaces().Replace(WebUtility.HtmlDecode(_text.ToString()), " "));
            _tables[^1].Add(cell with { Text = cell.Text.Length > 0 ? cell.Text : shown });
            _open = null;
        }
    }

    private static TableSheet Sheet(List<PageCell> cells, SourceLocation place)
    {
        var rows = cells.Where(cell => cell.Text.Length > 0).GroupBy(cell => cell.Row).Select(row => new TableRow(
            row.Key, row.First().IsHidden, row.ToDictionary(cell => cell.Column, cell => new FileCell(cell.Text, Location(cell, place)))));
        var merged = cells.Where(cell => cell.Rows > 1 || cell.Columns > 1).Select(cell => new MergedCells(
            cell.Row, cell.Row + cell.Rows - 1, cell.Column, cell.Column + cell.Columns - 1,
            $"{Reference(cell.Row, cell.Column)}:{Reference(cell.Row + cell.Rows - 1, cell.Column + cell.Columns - 1)}"));
        return new(place, true, [.. rows], new([], [.. merged], cells.Max(cell => cell.Row), false));
    }

    private static SourceLocation Location(PageCell cell, SourceLocation place)
    {
        var reference = Reference(cell.Row, cell.Column);
        return place with { Row = cell.Row, Column = reference, Cell = reference };
    }

    private static string Reference(int row, int column) =>
        SheetParts.ColumnLetters(column) + row.ToString(CultureInfo.InvariantCulture);

    private static int Span(string attributes, Regex span) =>
        span.Match(attributes) is { Success: true } match && int.TryParse(match.Groups["span"].Value, out var number)
            ? Math.Clamp(number, 1, MaxSpan) : 1;

    // A comment is one match, so that the tags in it are none.
    [GeneratedRegex("""<!--.*?-->|<(?<end>/?)(?<name>[a-zA-Z][a-zA-Z0-9:]*)(?<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>|<[!?][^>]*>""",
        RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("""\browspan\s*=\s*["']?(?<span>[0-9]{1,5})""", RegexOptions.IgnoreCase)]
    private static partial Regex RowSpan();

    [GeneratedRegex("""\bcolspan\s*=\s*["']?(?<span>[0-9]{1,5})""", RegexOptions.IgnoreCase)]
    private static partial Regex ColumnSpan();

    [GeneratedRegex("""\bx:num\s*=\s*["'](?<number>[-0-9.]+)["']""", RegexOptions.IgnoreCase)]
    private static partial Regex StoredNumber();

    [GeneratedRegex(@"display\s*:\s*none", RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed record PageCell(int Row, int Column, int Rows, int Columns, string Text, bool IsHidden);
}
