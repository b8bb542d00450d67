using System.Xml;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Files;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Forms;

/// <summary>A sheet with headings in one of its first rows, and perhaps the unit and the month above them.</summary>
internal sealed class FormGrid(CellReader cells, Place place, DateTimeOffset savedAt, KnownCatalogue? catalogue)
{
    private const int HeadRows = 40;

    // A merged cell of one of these is of all its rows: it says whose they are, and what they are measured in.
    private static readonly Column[] OfEveryRow = [Column.Unit, Column.Period, Column.Revision, Column.UnitOfMeasure, Column.Correction, Column.SubmittedBy, Column.SubmittedAt];

    private readonly Dictionary<Column, Cell> _head = [];
    private readonly Dictionary<int, (Column Column, string Heading)> _columns = [];
    private readonly Dictionary<(MergedCells Merged, int Column), Cell> _merged = [];
    private RowReader? _rows;

    public IReadOnlyList<Draft> Drafts => _rows?.Drafts ?? [];

    public List<Located> Findings { get; } = [];

    public List<Located> Notices { get; } = [];

    public bool HasAnything { get; private set; }

    /// <summary>Whether it is a form at all: its headings name an indicator and a unit of measure.</summary>
    public bool Read(Func<XmlReader> open)
    {
        SheetFacts facts;
        using (var xml = open())
        {
            facts = SheetReader.Facts(xml);
        }

        HasAnything = facts.LastFilled > 0;
        using var sheet = open();
        var seen = 0;
        foreach (var row in SheetReader.Rows(sheet, facts.LastFilled))
        {
            if (_rows is not null)
            {
                AddRow(row, facts);
            }
            else if (++seen > HeadRows || (FindsHeadings(row) && !IsSound(row.Number)))
            {
                break;
            }
        }

        _rows?.HoldBack();
        return _rows is not null || Findings.Count > 0;
    }

    private bool FindsHeadings(StoredRow row)
    {
        var filled = Filled(row);
        var found = filled.Values.Select(cell => Find(cell.Text)).ToList();
        if (!found.Contains(Column.Indicator) || !found.Contains(Column.UnitOfMeasure))
        {
            AddHead(filled);
            return false;
        }

        foreach (var (column, cell) in filled)
        {
            if (Find(cell.Text) is { } known)
            {
                _columns[column] = (known, TypedText.Trim(cell.Text));
            }
            else if (!cell.IsEmpty)
            {
                Findings.Add(new(cell.Place, FileFindings.UnknownColumn(cell.Text)));
            }
        }

        return true;
    }

    // Which cell is which would be anyone's guess.
    private bool IsSound(int row)
    {
        foreach (var same in _columns.Values.GroupBy(column => column.Column).Where(same => same.Key is not Column.Ignored && same.Count() > 1))
        {
            Findings.Add(new(place with { Row = row }, FileFindings.ColumnTwice(same.First().Heading)));
        }

        if (Findings.Count > 0)
        {
            return false;
        }

        _rows = new RowReader(savedAt, catalogue, blankIsAbsent: _head.ContainsKey(Column.Unit));
        return true;
    }

    // A label, and what it labels: the next filled cell to the right, unless that is a label too.
    private void AddHead(Dictionary<int, Cell> row)
    {
        var ordered = row.OrderBy(cell => cell.Key).Select(cell => cell.Value).Where(cell => !cell.IsEmpty).ToList();
        for (var i = 0; i + 1 < ordered.Count; i++)
        {
            if (Find(ordered[i].Text) is { } label and not Column.Ignored && Find(ordered[i + 1].Text) is null)
            {
                _head.TryAdd(label, ordered[i + 1] with { Place = ordered[i + 1].Place with { Column = TypedText.Trim(ordered[i].Text).TrimEnd(':', '：') } });
            }
        }
    }

    private void AddRow(StoredRow row, SheetFacts facts)
    {
        var at = place with { Row = row.Number };
        var merged = facts.Merged.Where(cells => cells.FirstRow <= row.Number && row.Number <= cells.LastRow).ToList();
        var named = new Dictionary<Column, Cell>();
        foreach (var (column, cell) in Filled(row).Where(cell => !cell.Value.IsEmpty))
        {
            if (!_columns.TryGetValue(column, out var heading))
            {
                Findings.Add(new(at with { Column = NameOf(column) }, FileFindings.NoHeading(NameOf(column))));
            }
            else if (heading.Column is not Column.Ignored && !IsOurOwn(heading.Column, cell))
            {
                named[heading.Column] = cell with { Place = at with { Column = heading.Heading } };
                Look(row, facts, column, named[heading.Column], heading.Column);
            }
        }

        if (named.Count == 0)
        {
            return;
        }

        foreach (var cells in merged)
        {
            Spread(cells, row.Number, named, at);
        }

        foreach (var (column, cell) in _head)
        {
            named.TryAdd(column, cell);
        }

        // What is missing is missing in its own column.
        foreach (var (known, heading) in _columns.Values.Where(column => column.Column is Column.Unit or Column.Period or Column.Indicator))
        {
            named.TryAdd(known, new Cell("", at with { Column = heading }));
        }

        _rows!.Add(named, at);
    }

    // A merged cell keeps its content in its first row and column.
    private void Spread(MergedCells merged, int row, Dictionary<Column, Cell> named, Place at)
    {
        var covered = _columns.Where(column => merged.Covers(column.Key) && column.Value.Column is not Column.Ignored).OrderBy(column => column.Key).ToList();
        if (covered is not [var (number, (column, heading)), ..])
        {
            return;
        }

        if (row == merged.FirstRow)
        {
            if (!named.TryGetValue(column, out var first))
            {
                return;
            }

            _merged[(merged, number)] = first;
            if (covered.Count > 1 || (merged.LastRow > merged.FirstRow && !OfEveryRow.Contains(column)))
            {
                named[column] = first with { Finding = FileFindings.Merged(merged.Range) };
            }
        }
        else if (named.TryGetValue(column, out var under))
        {
            // Kept under the merged cell, where no one sees it.
            named[column] = under with { Finding = FileFindings.Merged(merged.Range) };
        }
        else if (covered.Count == 1 && OfEveryRow.Contains(column) && _merged.TryGetValue((merged, number), out var above))
        {
            named.Add(column, above with { Place = at with { Column = heading } });
        }
    }

    // Left in a copied form, filtered away, or a zero that shows as nothing: the clerk does not see what is sent.
    private void Look(StoredRow row, SheetFacts facts, int column, Cell cell, Column of)
    {
        if (!RowValue.IsFigure(of))
        {
            return;
        }

        if (row.IsHidden || facts.HiddenColumns.Any(hidden => hidden.From <= column && column <= hidden.To))
        {
            Notices.Add(new(cell.Place, FileFindings.Hidden()));
        }
        else if (facts.HidesZeros && cell.Text == "0")
        {
            Notices.Add(new(cell.Place, FileFindings.HiddenZero()));
        }
    }

    // What an earlier form itself wrote beside an indicator that is exempt.
    private static bool IsOurOwn(Column column, Cell cell) => column is Column.Explanation && cell.Text == FormWriter.ExemptInJanuary;

    // By column, from 1.
    private Dictionary<int, Cell> Filled(StoredRow row)
    {
        var at = place with { Row = row.Number };
        var filled = new Dictionary<int, Cell>();
        foreach (var cell in row.Cells)
        {
            filled[cell.Column] = cells.Read(cell, at);
        }

        return filled;
    }

    private static Column? Find(string text) => Columns.TryFind(text, out var column) ? column : null;

    private static string NameOf(int column) => column <= 26 ? $"{(char)('A' + column - 1)}" : NameOf((column - 1) / 26) + NameOf((column - 1) % 26 + 1);
}
