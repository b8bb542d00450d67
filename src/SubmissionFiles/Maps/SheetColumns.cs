using XilinIngest.Submissions.Findings;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>Which line of the map each column of a sheet has.</summary>
internal sealed class SheetColumns
{
    private readonly Dictionary<int, TableMapLine> _lines = [];

    private SheetColumns()
    {
    }

    /// <summary>The columns with their lines, from the left.</summary>
    public IReadOnlyList<(int Column, TableMapLine Line)> All { get; private set; } = [];

    public IEnumerable<(int Column, TableMapLine Line)> Figures => All.Where(pair => pair.Line.Meaning == MapMeaning.Figure);

    /// <summary>The columns whose heading has a finding.</summary>
    public HashSet<int> Faulty { get; } = [];

    public TableMapLine? At(int column) => _lines.GetValueOrDefault(column);

    /// <summary>The column of a meaning that a sheet has once; null: it has none.</summary>
    public int? Of(MapMeaning meaning) =>
        All.Where(pair => pair.Line.Meaning == meaning).Select(pair => (int?)pair.Column).FirstOrDefault();

    public static SheetColumns Read(TableSheet sheet, SheetLines lines, IReadOnlyList<HeadingPath> headings, TableNotes notes)
    {
        var columns = new SheetColumns();
        foreach (var line in lines.Columns.OrderBy(line => NameKey.ColumnNumber(line.Text) == 0))
        {
            columns.Assign(sheet, line, headings, notes);
        }

        columns.All = [.. columns._lines.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];
        foreach (var heading in headings.Where(heading => !columns._lines.ContainsKey(heading.Column)))
        {
            if (columns.Faulty.Add(heading.Column))
            {
                notes.AddFinding(heading.Location,
                    MapFindings.HeadingNotMapped(heading.Text, SheetParts.ColumnLetters(heading.Column)));
            }
        }

        columns.RequireOnce(MapMeaning.UnitColumn, notes);
        columns.RequireOnce(MapMeaning.IndicatorColumn, notes);
        columns.RequireOnce(MapMeaning.PeriodColumn, notes);
        columns.RequireOnce(MapMeaning.MeasureColumn, notes);
        return columns;
    }

    // A line that names a column by its letters precedes one that names its heading.
    private void Assign(TableSheet sheet, TableMapLine line, IReadOnlyList<HeadingPath> headings, TableNotes notes)
    {
        if (NameKey.ColumnNumber(line.Text) is > 0 and var number)
        {
            Set(number, line, notes);
            return;
        }

        var key = NameKey.Of(line.Text);
        var found = headings.Where(heading => NameKey.Of(heading.Text) == key && !IsNamedByLetters(heading.Column)).ToList();
        if (found.Count == 1)
        {
            Set(found[0].Column, line, notes);
        }
        else if (found.Count > 1)
        {
            if (line.Meaning == MapMeaning.IgnoredColumn)
            {
                found.ForEach(heading => Set(heading.Column, line, notes));
                return;
            }

            Faulty.UnionWith(found.Select(heading => heading.Column));
            notes.AddFinding(found[0].Location, MapFindings.HeadingTwice(line.Text,
                string.Join(' ', found.Select(heading => SheetParts.ColumnLetters(heading.Column)))));
        }
        else if (line.Meaning != MapMeaning.IgnoredColumn && !headings.Any(heading => NameKey.Of(heading.Text) == key))
        {
            notes.AddFinding(line.Location, MapFindings.NotInTable(line.Text, sheet.Name));
        }
    }

    // Which of two lines counts for a column must not depend on their order.
    private void Set(int column, TableMapLine line, TableNotes notes)
    {
        if (!_lines.TryAdd(column, line))
        {
            Faulty.Add(column);
            notes.AddFinding(line.Location, MapFindings.LineTwice(line.Text, _lines[column].Number));
        }
    }

    private bool IsNamedByLetters(int column) => _lines.GetValueOrDefault(column) is { } line && NameKey.ColumnNumber(line.Text) > 0;

    private void RequireOnce(MapMeaning meaning, TableNotes notes)
    {
        foreach (var (_, line) in All.Where(pair => pair.Line.Meaning == meaning).Skip(1))
        {
            notes.AddFinding(line.Location, MapFindings.LineTwice(TableMapWords.Both(meaning),
                All.First(pair => pair.Line.Meaning == meaning).Line.Number));
        }
    }
}
