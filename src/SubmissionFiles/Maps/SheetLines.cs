namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>The lines of a map that apply to a sheet. One that names the sheet precedes one for every sheet.</summary>
internal sealed class SheetLines
{
    private readonly List<TableMapLine> _lines;

    public SheetLines(TableMap map, string sheet)
    {
        IsIgnored = map.Lines.Any(line => line.Meaning == MapMeaning.IgnoredSheet
            && NameKey.Matches(line.Sheet.Length > 0 ? line.Sheet : line.Text, sheet));
        var applying = map.Lines.Where(line => line.Sheet.Length == 0 || NameKey.Matches(line.Sheet, sheet)).ToList();
        var named = applying.Where(line => line.Sheet.Length > 0 && line.IsOfColumn).Select(line => NameKey.Of(line.Text)).ToHashSet();
        _lines = [.. applying.Where(line => !(line.IsOfColumn && line.Sheet.Length == 0 && named.Contains(NameKey.Of(line.Text))))
            .OrderBy(line => line.Sheet.Length == 0)];
    }

    public bool IsIgnored { get; }

    /// <summary>Whether the map says anything of the columns of the sheet.</summary>
    public bool HasColumns => Columns.Any();

    public IEnumerable<TableMapLine> Columns => _lines.Where(line => line.IsOfColumn);

    public IEnumerable<TableMapLine> Of(MapMeaning meaning) => _lines.Where(line => line.Meaning == meaning);

    /// <summary>Lines that name the sheet, each with another that names it too and says something else of the same thing.</summary>
    public IEnumerable<(TableMapLine Line, TableMapLine First)> Contradictions =>
        from same in _lines.Where(line => line.Sheet.Length > 0 && !line.IsOfColumn)
            .GroupBy(line => (line.Meaning, Text: line.IsSetting ? "" : NameKey.Of(line.Text),
                Measure: line.Meaning == MapMeaning.Conversion ? line.Measure : ""))
        from line in same.Skip(1)
        where (NameKey.Of(line.Text), NameKey.Of(line.StandsFor), line.Factor)
            != (NameKey.Of(same.First().Text), NameKey.Of(same.First().StandsFor), same.First().Factor)
        select (line, same.First());

    public TableMapLine? Setting(MapMeaning meaning) => Of(meaning).FirstOrDefault();
}
