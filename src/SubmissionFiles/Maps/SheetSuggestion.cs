using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Input;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>The lines of a first map for one sheet.</summary>
internal sealed class SheetSuggestion(TableSheet sheet, CatalogueIndex index, Catalogue catalogue, bool english)
{
    private const int MaxTitleRows = 10;

    private readonly SheetOutline _outline = SheetOutline.Find(sheet, index);

    private readonly List<string> _measures =
        [.. catalogue.Indicators.Select(indicator => NameKey.Of(indicator.CanonicalUnit)).Distinct()];

    /// <summary>
    /// Each line without the column of the sheet: meaning, text, stands for, field, period, unit of measure, factor, note.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Lines()
    {
        var lines = new List<IReadOnlyList<string>>
        {
            Line(MapMeaning.HeadingRows, TableMapRows.Write(_outline.HeadingRows, english)),
        };
        var units = ColumnOf(text => index.FindUnits(text).Count > 0);
        var indicators = ColumnOf(text => index.FindIndicators(text).Count > 0);
        lines.AddRange(Settings(units, indicators));
        lines.AddRange(_outline.Headings.Select(heading => Column(heading, units, indicators)));
        lines.AddRange(RowLines(units));
        return lines;
    }

    private IEnumerable<IReadOnlyList<string>> Settings(int? units, int? indicators)
    {
        var hasMonths = _outline.Headings.Any(heading => TableMonths.TryReadMonth(heading.Text, out _));
        if (units is null)
        {
            yield return Line(MapMeaning.Unit, WhereIs(text => Labelled(text).Any(part => index.FindUnits(part).Count == 1)) ?? "");
        }

        if (indicators is null && !_outline.Headings.Any(heading => HeadingWords.IndicatorOf(heading.Text, index) is not null)
            && WhereIs(text => Labelled(text).Any(part => index.FindIndicators(part).Count == 1)) is { } indicator)
        {
            yield return Line(MapMeaning.Indicator, indicator);
        }

        if (hasMonths && WhereIs(text => TableMonths.TryReadYear(text, out _)) is { } year)
        {
            yield return Line(MapMeaning.Year, year);
        }
        else if (!hasMonths && WhereIs(text => TableMonths.TryRead(text, out _)) is { } month)
        {
            yield return Line(MapMeaning.Period, month);
        }
    }

    private IReadOnlyList<string> Column(HeadingPath heading, int? units, int? indicators)
    {
        var isTwice = _outline.Headings.Count(other => NameKey.Of(other.Text) == NameKey.Of(heading.Text)) > 1;
        var letters = SheetParts.ColumnLetters(heading.Column);
        var text = isTwice ? english ? $"column {letters}" : $"{letters}列" : heading.Text;
        var key = NameKey.Of(heading.Text);
        if (heading.Column == units)
        {
            return Line(MapMeaning.UnitColumn, text);
        }

        if (heading.Column == indicators)
        {
            return Line(MapMeaning.IndicatorColumn, text);
        }

        if (key is "计量单位" or "UNIT_OF_MEASURE" or "UNITOFMEASURE")
        {
            return Line(MapMeaning.MeasureColumn, text);
        }

        if (key is "月份" or "报告期" or "年月" or "PERIOD" or "MONTH")
        {
            return Line(MapMeaning.PeriodColumn, text);
        }

        if (HeadingWords.IsNumbering(heading.Text) || HeadingWords.IsComputed(heading.Text)
            || CellsOf(heading.Column).Any(cell => index.FindUnits(cell.Text).Count > 0))
        {
            return Line(MapMeaning.IgnoredColumn, text);
        }

        var indicator = HeadingWords.IndicatorOf(heading.Text, index);
        var hasMonth = TableMonths.TryReadMonth(heading.Text, out var month);
        var field = HeadingWords.FieldOf(heading.Text) ?? (hasMonth ? FormColumn.Value : (FormColumn?)null);
        if (indicator is null && !hasMonth && field is null)
        {
            return ["", text, "", "", "", "", "", english ? "not understood: figure or ignore_column?" : "没看懂：写“数”或“忽略列”"];
        }

        var note = isTwice ? heading.Text : indicator is { } known ? english ? known.NameEn : known.NameZh : "";
        return
        [
            Word(MapMeaning.Figure), text, indicator?.Code.Value ?? "",
            field is { } one ? english ? FormColumns.EnglishName(one) : FormColumns.ChineseName(one) : "", hasMonth ? $"{month}月" : "",
            Measure(heading.Text, indicator), "", note,
        ];
    }

    // The rows whose unit is unknown: totals, notes, and names that the catalogue does not have.
    private IEnumerable<IReadOnlyList<string>> RowLines(int? units)
    {
        var seen = new HashSet<string>();
        foreach (var row in _outline.Rows.Where(row => row.Cells.Count > 0))
        {
            var first = row.Cells.OrderBy(cell => cell.Key).Select(cell => cell.Value).First();
            var label = units is { } column && sheet.WithMerged(row.Number, column) is { } cell ? cell : first;
            if ((units is null && HeadingWords.NoteOf(first.Text) is null && !HeadingWords.IsTotal(first.Text))
                || index.FindUnits(label.Text).Count == 1 || NumberText.TryRead(label.Text, out _, out _))
            {
                continue;
            }

            var line = HeadingWords.IsTotal(label.Text) ? Line(MapMeaning.TotalRow, label.Text)
                : (HeadingWords.NoteOf(label.Text) ?? HeadingWords.NoteOf(first.Text)) is { } note ? Line(MapMeaning.IgnoredRow, note)
                : [Word(MapMeaning.Name), label.Text, "", "", "", "", "", english ? "which unit? or ignore_row" : "哪个单位？或写“忽略行”"];
            if (seen.Add(NameKey.Of(line[1])))
            {
                yield return line;
            }
        }
    }

    // The unit of measure in the heading, or that of the title for an indicator that may be in it.
    private string Measure(string heading, Indicator? indicator)
    {
        var own = HeadingWords.MeasureOf(heading, _measures);
        return own.Length > 0 ? own
            : Titles().Select(cell => HeadingWords.MeasureOf(cell.Text, _measures)).FirstOrDefault(measure => measure.Length > 0
                && (indicator is null || MeasureScale.Ratio(measure, indicator.CanonicalUnit) is not null)) ?? "";
    }

    // The column with most cells that are known.
    private int? ColumnOf(Func<string, bool> isKnown) => Enumerable.Range(1, sheet.LastColumn)
        .Select(column => (Column: (int?)column, Count: CellsOf(column).Count(cell => isKnown(cell.Text))))
        .Where(column => column.Count > 0).OrderByDescending(column => column.Count).Select(column => column.Column).FirstOrDefault();

    private IEnumerable<FileCell> CellsOf(int column) =>
        _outline.Rows.Select(row => row.Cells.GetValueOrDefault(column)).OfType<FileCell>();

    private IEnumerable<FileCell> Titles() => sheet.Rows.Where(row => row.Number < _outline.HeadingRows.First).Take(MaxTitleRows)
        .SelectMany(row => row.Cells.OrderBy(cell => cell.Key).Select(cell => cell.Value));

    // The one cell of the title, or the sheet's name, that says something.
    private string? WhereIs(Func<string, bool> says) =>
        Titles().Where(cell => says(cell.Text)).Take(2).ToList() is [var only] ? only.Location.Cell
        : says(sheet.Name) ? TableMapWords.SheetName[english ? 1 : 0] : null;

    private static IEnumerable<string> Labelled(string text) =>
        text.IndexOfAny([':', '：']) is >= 0 and var colon ? [text, text[(colon + 1)..]] : [text];

    private string Word(MapMeaning meaning) => TableMapSuggestion.Word(meaning, english);

    private IReadOnlyList<string> Line(MapMeaning meaning, string text) => [Word(meaning), text, "", "", "", "", "", ""];
}
