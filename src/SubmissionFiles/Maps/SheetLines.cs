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

    public TableMapLine? Setting(MapMeaning meaning) => Of(meaning).FirstOrDefault();
}
