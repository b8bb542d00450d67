using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>Finds of which unit, indicator and month the figures of a row and column are, and in which unit of measure.</summary>
internal sealed class SheetRowKeys(
    TableSheet sheet, SheetLines lines, SheetColumns columns, SheetSettings settings, TableNotes notes)
{
    /// <summary>The cell of a row that a column of keys has, merged ones included; null: it is empty.</summary>
    public FileCell? CellOf(TableRow row, MapMeaning column) =>
        columns.Of(column) is { } number ? sheet.WithMerged(row.Number, number) : null;

    /// <summary>The unit of the row; null: the finding is added.</summary>
    public Unit? UnitOf(TableRow row)
    {
        if (columns.Of(MapMeaning.UnitColumn) is not { } column)
        {
            return settings.Unit;
        }

        if (UsableCell(row, column) is { } cell)
        {
            notes.Set(cell, CellUse.Key, "单位", "the unit");
            return settings.FindUnit(InputText.Trim(cell.Text), (cell.Location, cell));
        }

        if (sheet.WithMerged(row.Number, column) is null)
        {
            notes.AddFinding(sheet.CellLocation(row.Number, column), FileFindings.NoUnit());
        }

        return null;
    }

    public Indicator? IndicatorOf(TableRow row, TableMapLine line)
    {
        if (line.StandsFor.Length > 0)
        {
            return settings.FindIndicator(line.StandsFor, (line.Location, null));
        }

        if (columns.Of(MapMeaning.IndicatorColumn) is { } column)
        {
            if (UsableCell(row, column) is { } cell)
            {
                notes.Set(cell, CellUse.Key, "指标", "the indicator");
                return settings.FindIndicator(InputText.Trim(cell.Text), (cell.Location, cell));
            }

            if (sheet.WithMerged(row.Number, column) is null)
            {
                notes.AddFinding(sheet.CellLocation(row.Number, column), FileFindings.NoIndicator());
            }

            return null;
        }

        if (lines.Setting(MapMeaning.Indicator) is null)
        {
            notes.AddFinding(line.Location, MapFindings.NotFilledIn("没有写“对应”哪个指标", "its 'stands_for' is empty"));
        }

        return settings.Indicator;
    }

    public Period? MonthOf(TableRow row, TableMapLine line)
    {
        if (line.Period.Length == 0)
        {
            return MonthOfRow(row, line);
        }

        if (TableMapWords.IsYearBefore(line.Period))
        {
            return MonthOfRow(row, line)?.SameMonthLastYear;
        }

        if (MonthText.TryRead(line.Period, out var period))
        {
            return period;
        }

        if (!TableMonths.TryReadMonth(line.Period, out var month))
        {
            notes.AddFinding(line.Location, MapFindings.UnclearMonth(line.Period));
            return null;
        }

        if (settings.Year is { } year)
        {
            return new Period(year, month);
        }

        if (lines.Setting(MapMeaning.Year) is null)
        {
            notes.AddFinding(line.Location, MapFindings.NoYear(line.Period));
        }

        return null;
    }

    /// <summary>The unit of measure of a figure and its factor; null: the finding is added.</summary>
    public (string Measure, decimal Factor)? MeasureOf(TableRow row, TableMapLine line, Indicator indicator)
    {
        var (measure, at) = (line.Measure, line.Location);
        if (measure.Length == 0 && CellOf(row, MapMeaning.MeasureColumn) is { Finding: null } cell)
        {
            notes.Set(cell, CellUse.Key, "计量单位", "the unit of measure");
            (measure, at) = (NumberText.Normalize(cell.Text), cell.Location);
        }

        // The parts of a rate have units of measure of their own, and a stage or a date has none.
        var canonical = indicator.CanonicalUnit;
        if (line.Field is FormColumn.Numerator or FormColumn.Denominator or FormColumn.Date || indicator.Kind.StagesOf(indicator).Count > 0)
        {
            var stated = lines.Of(MapMeaning.Conversion).FirstOrDefault(each => NumberText.Normalize(each.Text) == measure);
            return (measure, stated?.Factor ?? 1);
        }

        if (measure.Length == 0)
        {
            notes.AddFinding(line.Location, MapFindings.NoMeasure());
            return null;
        }

        if (line.Measure.Length > 0 && CellOf(row, MapMeaning.MeasureColumn) is { } own
            && NameKey.Of(own.Text) != NameKey.Of(measure))
        {
            notes.AddFinding(own, MapFindings.OtherMeasure(InputText.Trim(own.Text), measure));
            return null;
        }

        if (measure == NumberText.Normalize(canonical))
        {
            return (measure, 1);
        }

        var conversion = lines.Of(MapMeaning.Conversion).FirstOrDefault(
            each => NumberText.Normalize(each.Text) == measure && each.Measure == NumberText.Normalize(canonical));
        if (conversion?.Factor is { } factor)
        {
            return (measure, factor);
        }

        notes.AddFinding(at, MapFindings.NoConversion(measure, canonical));
        return null;
    }

    private Period? MonthOfRow(TableRow row, TableMapLine line)
    {
        if (columns.Of(MapMeaning.PeriodColumn) is { } column)
        {
            if (UsableCell(row, column) is not { } cell)
            {
                if (sheet.WithMerged(row.Number, column) is null)
                {
                    notes.AddFinding(sheet.CellLocation(row.Number, column), MapFindings.NoMonth());
                }

                return null;
            }

            notes.Set(cell, CellUse.Key, "月份", "the month");
            var month = 0;
            if (!TableMonths.TryRead(cell.Text, out var period))
            {
                if (!TableMonths.TryReadMonth(cell.Text, out month) || settings.Year is not { } year)
                {
                    notes.AddFinding(cell, month > 0 ? MapFindings.NoYear(cell.Text) : FileFindings.BadMonth(cell.Text));
                    return null;
                }

                period = new Period(year, month);
            }

            if (settings.GivenMonth is { } given && given != period)
            {
                notes.AddFinding(cell, MapFindings.OtherMonth(period.ToString(), given.ToString()));
                return null;
            }

            return period;
        }

        if (lines.Setting(MapMeaning.Period) is null && settings.Month is null)
        {
            notes.AddFinding(line.Location, MapFindings.NoMonth());
        }

        return settings.Month;
    }

    // A cell that could be read. The finding of another one is added.
    private FileCell? UsableCell(TableRow row, int column)
    {
        var cell = sheet.WithMerged(row.Number, column);
        if (cell?.Finding is { } finding)
        {
            notes.AddFinding(cell, finding);
            return null;
        }

        return cell;
    }
}
