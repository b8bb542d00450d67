using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>What a map says of a whole sheet: its unit, indicator, month and year. Each is looked up once.</summary>
internal sealed class SheetSettings(TableSheet sheet, SheetLines lines, CatalogueIndex catalogue, GivenMonth? given, TableNotes notes)
{
    private readonly Dictionary<string, (Indicator? Indicator, Finding? Finding)> _indicators = [];
    private readonly Dictionary<string, (Unit? Unit, Finding? Finding)> _units = [];

    /// <summary>The unit of the sheet; null: there is none, or it has a finding.</summary>
    public Unit? Unit => _unit ??= Read(MapMeaning.Unit, (text, at) => FindUnit(text, at, mayHaveLabel: true));

    /// <summary>The indicator of the sheet; null: there is none, or it has a finding.</summary>
    public Indicator? Indicator => _indicator ??= Read(MapMeaning.Indicator, (text, at) => FindIndicator(text, at, mayHaveLabel: true));

    private Unit? _unit;
    private Indicator? _indicator;
    private (Period? Month, bool IsRead) _month;
    private (int? Year, bool IsRead) _year;

    /// <summary>The month of the sheet, from its own text or as given; null: unknown, or it has a finding.</summary>
    public Period? Month
    {
        get
        {
            if (!_month.IsRead)
            {
                _month = (ReadMonth(), true);
            }

            return _month.Month;
        }
    }

    /// <summary>The month from the command line, which no month of the table may contradict; null: none.</summary>
    public Period? GivenMonth => given?.Month;

    /// <summary>The year of months without one; null: unknown, or it has a finding.</summary>
    public int? Year
    {
        get
        {
            if (!_year.IsRead)
            {
                _year = (lines.Setting(MapMeaning.Year) is { } line ? ReadYear(line) : given?.Year, true);
            }

            return _year.Year;
        }
    }

    /// <summary>The only unit that a text means; null: the finding is added.</summary>
    public Unit? FindUnit(string text, (SourceLocation Location, FileCell? Cell) at, bool mayHaveLabel = false)
    {
        if (!_units.TryGetValue(text, out var found))
        {
            var units = Candidates(text, mayHaveLabel).Select(catalogue.FindUnits).FirstOrDefault(some => some.Count > 0) ?? [];
            found = units is [var unit] ? (unit, null) : (null, MapFindings.NoSuchUnit(text, units.Count));
            _units[text] = found;
        }

        Add(at, found.Finding);
        return found.Unit;
    }

    /// <summary>The only indicator that a text means; null: the finding is added.</summary>
    public Indicator? FindIndicator(string text, (SourceLocation Location, FileCell? Cell) at, bool mayHaveLabel = false)
    {
        if (!_indicators.TryGetValue(text, out var found))
        {
            var all = Candidates(text, mayHaveLabel).Select(catalogue.FindIndicators).FirstOrDefault(some => some.Count > 0) ?? [];
            found = all is [var indicator] ? (indicator, null) : (null, MapFindings.NoSuchIndicator(text, all.Count));
            _indicators[text] = found;
        }

        Add(at, found.Finding);
        return found.Indicator;
    }

    private void Add((SourceLocation Location, FileCell? Cell) at, Finding? finding)
    {
        if (finding is not null && at.Cell is not null)
        {
            notes.AddFinding(at.Cell, finding);
        }
        else if (finding is not null)
        {
            notes.AddFinding(at.Location, finding);
        }
    }

    // A cell may be 填报单位：东岱村.
    private static IEnumerable<string> Candidates(string text, bool mayHaveLabel) =>
        mayHaveLabel && text.IndexOfAny([':', '：']) is >= 0 and var colon ? [text, text[(colon + 1)..]] : [text];

    private Period? ReadMonth()
    {
        if (lines.Setting(MapMeaning.Period) is not { } line)
        {
            return given?.Month;
        }

        var (text, at) = TextOf(line);
        if (at.Location is null)
        {
            return null;
        }

        if (!TableMonths.TryRead(text, out var period))
        {
            if (!TableMonths.TryReadMonth(text, out var month) || Year is not { } year)
            {
                Add(at, TableMonths.TryReadMonth(text, out _) ? MapFindings.NoYear(text) : MapFindings.UnclearMonth(text));
                return null;
            }

            period = new Period(year, month);
        }

        if (given?.Month is { } other && other != period)
        {
            Add(at, MapFindings.OtherMonth(period.ToString(), other.ToString()));
            return null;
        }

        return period;
    }

    private int? ReadYear(TableMapLine line)
    {
        var (text, at) = TextOf(line);
        if (at.Location is null)
        {
            return null;
        }

        if (!TableMonths.TryReadYear(text, out var year))
        {
            Add(at, MapFindings.UnclearMonth(text));
            return null;
        }

        if (given is not null && given.Year != year)
        {
            Add(at, MapFindings.OtherMonth($"{year}", $"{given.Year}"));
            return null;
        }

        return year;
    }

    private T? Read<T>(MapMeaning meaning, Func<string, (SourceLocation Location, FileCell? Cell), T?> find)
        where T : class
    {
        var (text, at) = lines.Setting(meaning) is { } line ? TextOf(line) : default;
        return at.Location is null ? null : find(text, at);
    }

    // The text that a setting names, with its position. The position is null if there is a finding.
    private (string Text, (SourceLocation Location, FileCell? Cell) At) TextOf(TableMapLine line)
    {
        if (TableMapWords.IsSheetName(line.Text))
        {
            return (sheet.Name, (sheet.Location, null));
        }

        if (NameKey.Cell(line.Text) is not var (row, column))
        {
            return (line.Text, (line.Location, null));
        }

        if (sheet.WithMerged(row, column) is not { } cell)
        {
            notes.AddFinding(sheet.CellLocation(row, column), FileFindings.BadCell(
                "对照表说这里有内容，单元格是空的。", "The map names this cell, but it is empty.", "补上，或改正对照表。", "Fill it in, or correct the map."));
            return ("", default);
        }

        if (cell.Finding is { } finding)
        {
            notes.AddFinding(cell, finding);
            return ("", default);
        }

        var (zh, en) = TableMapWords.Of(line.Meaning);
        notes.Set(cell, CellUse.Key, zh, en);
        return (cell.Text, (cell.Location, cell));
    }
}
