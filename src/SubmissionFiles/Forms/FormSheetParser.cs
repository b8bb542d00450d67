using System.Xml;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>Reads a sheet with headings in one of its first rows. The unit and the month may be above the headings.</summary>
internal sealed class FormSheetParser(CellReader cells, SourceLocation place, DateTimeOffset savedAt, CatalogueNames? catalogue)
{
    private const int HeadRows = 40;

    // A merged cell in one of these columns applies to all rows that it covers.
    private static readonly FormColumn[] RowWideColumns =
        [FormColumn.Unit, FormColumn.Period, FormColumn.Revision, FormColumn.UnitOfMeasure, FormColumn.Correction, FormColumn.SubmittedBy,
            FormColumn.SubmittedAt];

    private readonly Dictionary<FormColumn, FileCell> _head = [];
    private readonly Dictionary<int, (FormColumn Column, string Heading)> _columns = [];
    private readonly Dictionary<(MergedCells Merged, int Column), FileCell> _merged = [];
    private RowReader? _rows;

    public IReadOnlyList<SubmissionDraft> Drafts => _rows?.Drafts ?? [];

    public List<LocatedFinding> Findings { get; } = [];

    public List<LocatedFinding> Notices { get; } = [];

    public bool HasContent { get; private set; }

    /// <summary>Reads the sheet.</summary>
    /// <returns>Whether it is a form: its headings name an indicator and a unit of measure.</returns>
    public bool Read(Func<XmlReader> open)
    {
        SheetLayout facts;
        using (var xml = open())
        {
            facts = SheetReader.ReadLayout(xml);
        }

        HasContent = facts.LastFilled > 0;
        using var sheet = open();
        var seen = 0;
        foreach (var row in SheetReader.ReadRows(sheet, facts.LastFilled))
        {
            if (_rows is not null)
            {
                AddRow(row, facts);
            }
            else if (++seen > HeadRows || (TryReadHeadings(row) && !HasUniqueHeadings(row.Number)))
            {
                break;
            }
        }

        _rows?.RejectAmbiguous();
        return _rows is not null || Findings.Count > 0;
    }

    private bool TryReadHeadings(StoredRow row)
    {
        var filled = ReadCells(row);
        var found = filled.Values.Select(cell => Find(cell.Text)).ToList();
        if (!found.Contains(FormColumn.Indicator) || !found.Contains(FormColumn.UnitOfMeasure))
        {
            AddHeader(filled);
            return false;
        }

        foreach (var (column, cell) in filled)
        {
            if (Find(cell.Text) is { } known)
            {
                _columns[column] = (known, InputText.Trim(cell.Text));
            }
            else if (!cell.IsEmpty)
            {
                Findings.Add(new(cell.Location, FileFindings.UnknownColumn(cell.Text)));
            }
        }

        return true;
    }

    // With the same heading twice, it is unknown which cell is meant.
    private bool HasUniqueHeadings(int row)
    {
        foreach (var same in _columns.Values.GroupBy(column => column.Column)
            .Where(same => same.Key is not FormColumn.Ignored && same.Count() > 1))
        {
            Findings.Add(new(place with { Row = row }, FileFindings.ColumnTwice(same.First().Heading)));
        }

        if (Findings.Count > 0)
        {
            return false;
        }

        _rows = new RowReader(savedAt, catalogue, skipsBlankRows: _head.ContainsKey(FormColumn.Unit));
        return true;
    }

    // The value of a label is the next filled cell to the right, unless that is a label too.
    private void AddHeader(Dictionary<int, FileCell> row)
    {
        var ordered = row.OrderBy(cell => cell.Key).Select(cell => cell.Value).Where(cell => !cell.IsEmpty).ToList();
        for (var i = 0; i + 1 < ordered.Count; i++)
        {
            if (Find(ordered[i].Text) is { } label and not FormColumn.Ignored && Find(ordered[i + 1].Text) is null)
            {
                _head.TryAdd(label,
                    ordered[i + 1] with
                    {
                        Location = ordered[i + 1].Location with { Column = InputText.Trim(ordered[i].Text).TrimEnd(':', '：') }
                    });
            }
        }
    }

    private void AddRow(StoredRow row, SheetLayout facts)
    {
        var at = place with { Row = row.Number };
        var merged = facts.Merged.Where(cells => cells.FirstRow <= row.Number && row.Number <= cells.LastRow).ToList();
        var named = new Dictionary<FormColumn, FileCell>();
        foreach (var (column, cell) in ReadCells(row).Where(cell => !cell.Value.IsEmpty))
        {
            if (!_columns.TryGetValue(column, out var heading))
            {
                var letters = SheetParts.ColumnLetters(column);
                Findings.Add(new(cell.Location with { Column = letters }, FileFindings.NoHeading(letters)));
            }
            else if (heading.Column is not FormColumn.Ignored && !IsGeneratedText(heading.Column, cell))
            {
                named[heading.Column] = cell with { Location = cell.Location with { Column = heading.Heading } };
                AddVisibilityNotices(row, facts, column, named[heading.Column], heading.Column);
            }
        }

        if (named.Count == 0)
        {
            return;
        }

        foreach (var cells in merged)
        {
            ExpandMerged(cells, row.Number, named, at);
        }

        foreach (var (column, cell) in _head)
        {
            named.TryAdd(column, cell);
        }

        // A finding about a missing value names the column of that value.
        foreach (var (known, heading) in _columns.Values.Where(
            column => column.Column is FormColumn.Unit or FormColumn.Period or FormColumn.Indicator))
        {
            named.TryAdd(known, new FileCell("", at with { Column = heading }));
        }

        _rows!.Add(named, at);
    }

    // A merged cell has its content in its first row and column.
    private void ExpandMerged(MergedCells merged, int row, Dictionary<FormColumn, FileCell> named, SourceLocation at)
    {
        var covered =
            _columns.Where(column => merged.Covers(column.Key) && column.Value.Column is not FormColumn.Ignored)
            .OrderBy(column => column.Key).ToList();
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
            if (covered.Count > 1 || (merged.LastRow > merged.FirstRow && !RowWideColumns.Contains(column)))
            {
                named[column] = first with { Finding = FileFindings.CellsMerged(merged.Range) };
            }
        }
        else if (named.TryGetValue(column, out var under))
        {
            // The merged cell hides this content.
            named[column] = under with { Finding = FileFindings.CellsMerged(merged.Range) };
        }
        else if (covered.Count == 1 && RowWideColumns.Contains(column) && _merged.TryGetValue((merged, number), out var above))
        {
            named.Add(column, above with { Location = at with { Column = heading } });
        }
    }

    // The user does not see a figure in a hidden or filtered row or column, or a zero that the sheet hides.
    private void AddVisibilityNotices(StoredRow row, SheetLayout facts, int column, FileCell cell, FormColumn of)
    {
        if (!RowFigures.IsFigure(of))
        {
            return;
        }

        if (row.IsHidden || facts.HiddenColumns.Any(hidden => hidden.From <= column && column <= hidden.To))
        {
            Notices.Add(new(cell.Location, FileFindings.HiddenCells()));
        }
        else if (facts.HidesZeros && cell.Text == "0")
        {
            Notices.Add(new(cell.Location, FileFindings.HiddenZero()));
        }
    }

    // The text that an earlier form wrote beside an exempt indicator.
    private static bool IsGeneratedText(FormColumn column, FileCell cell) =>
        column is FormColumn.Explanation && cell.Text == FormWriter.ExemptInJanuary;

    // By column, from 1.
    private Dictionary<int, FileCell> ReadCells(StoredRow row)
    {
        var at = place with { Row = row.Number };
        var filled = new Dictionary<int, FileCell>();
        foreach (var cell in row.Cells)
        {
            filled[cell.Column] = cells.Read(cell, at with { Cell = SheetParts.ColumnLetters(cell.Column) + row.Number });
        }

        return filled;
    }

    private static FormColumn? Find(string text) => FormColumns.TryFind(text, out var column) ? column : null;
}
