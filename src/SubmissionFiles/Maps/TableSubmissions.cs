using System.Globalization;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>Makes the submissions of the figures of tables: one for each unit and month, from whatever cells and sheets.</summary>
internal static class TableSubmissions
{
    private const int MaxDecimals = 6;

    public static IReadOnlyList<SubmissionDraft> Build(
        IEnumerable<TableFigure> figures, DateTimeOffset savedAt, CatalogueNames names, string? correction, TableNotes notes)
    {
        var rows = new RowReader(savedAt, names, skipsBlankRows: true);
        var months = Unique(figures.Where(figure => figure.Cell is not null), notes)
            .GroupBy(figure => (Unit: figure.Unit.Code.Value, figure.Period));
        foreach (var month in months)
        {
            foreach (var value in month.GroupBy(figure => figure.Indicator.Code.Value))
            {
                AddScaleFinding(value, notes);
                var first = value.First();
                var cells = value.ToDictionary(figure => figure.Field, figure => Converted(figure, notes));
                cells[FormColumn.Unit] = new(month.Key.Unit, first.Location);
                cells[FormColumn.Period] = new(month.Key.Period.ToString(), first.Location);
                cells[FormColumn.Indicator] = new(value.Key, first.Location);
                cells[FormColumn.UnitOfMeasure] = new(first.Indicator.CanonicalUnit, first.Location);
                if (correction is not null)
                {
                    cells[FormColumn.Correction] = new(correction, first.Location);
                }

                rows.Add(cells, first.Location);
            }
        }

        foreach (var found in rows.Drafts.SelectMany(draft => draft.Findings).Where(found => found.Location.Cell is not null))
        {
            notes.SetFaulty(found);
        }

        return rows.Drafts;
    }

    // A rate of 亿元 to 万元 is wrong by a factor, unless one of them is converted.
    private static void AddScaleFinding(IEnumerable<TableFigure> value, TableNotes notes)
    {
        if (value.FirstOrDefault(figure => figure.Field == FormColumn.Numerator) is { } above
            && value.FirstOrDefault(figure => figure.Field == FormColumn.Denominator) is { } below
            && MeasureScale.Ratio(above.Measure, below.Measure) is { } ratio && above.Factor != ratio * below.Factor)
        {
            notes.AddFinding(above.Cell!, MapFindings.NoConversion(above.Measure, below.Measure));
        }
    }

    private static IEnumerable<TableFigure> Unique(IEnumerable<TableFigure> figures, TableNotes notes)
    {
        var seen = new Dictionary<(string Unit, string Period, string Indicator, FormColumn Field), TableFigure>();
        foreach (var figure in figures)
        {
            var key = (figure.Unit.Code.Value, figure.Period.ToString(), figure.Indicator.Code.Value, figure.Field);
            if (seen.TryAdd(key, figure))
            {
                yield return figure;
                continue;
            }

            notes.AddFinding(figure.Cell!, MapFindings.FigureTwice(
                $"{key.Item1} {key.Item2} {key.Item3} {FormColumns.ChineseName(figure.Field)}", seen[key].Location.Description));
        }
    }

    // Exactly, in decimal. What is no number is left to the reader of the row, which says why.
    private static FileCell Converted(TableFigure figure, TableNotes notes)
    {
        var cell = figure.Cell!;
        notes.Set(cell, CellUse.Taken, TextOf(figure, cell.Text, english: false), TextOf(figure, cell.Text, english: true));
        if (cell.Finding is not null || cell.FigureFinding is not null || figure.Factor == 1
            || !NumberText.TryRead(cell.Text, out var number, out _))
        {
            return cell;
        }

        if (!DisplayedUnit.Matches(cell.DisplayedUnit, figure.Measure))
        {
            return cell with { FigureFinding = FileFindings.UnitMismatch(cell.DisplayedUnit!, figure.Measure) };
        }

        var exact = number * figure.Factor;
        var text = (exact / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
        if (decimal.Round(exact, MaxDecimals) != exact)
        {
            return cell with { FigureFinding = MapFindings.TooPrecise(text), DisplayedUnit = null };
        }

        var factor = figure.Factor.ToString(CultureInfo.InvariantCulture);
        notes.Set(cell, CellUse.Taken,
            $"{TextOf(figure, text, english: false)}（{cell.Text}{figure.Measure}×{factor}）",
            $"{TextOf(figure, text, english: true)} ({cell.Text} {figure.Measure} × {factor})");
        return cell with { Text = text, DisplayedUnit = null };
    }

    private static string TextOf(TableFigure figure, string text, bool english)
    {
        var what = english
            ? $"{figure.Unit.NameEn} {figure.Period} {figure.Indicator.NameEn} {FormColumns.EnglishName(figure.Field)}"
            : $"{figure.Unit.NameZh} {figure.Period} {figure.Indicator.NameZh} {FormColumns.ChineseName(figure.Field)}";
        return $"{what} = {text} {figure.Indicator.CanonicalUnit}";
    }
}
