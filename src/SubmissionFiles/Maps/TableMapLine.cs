using XilinIngest.SubmissionFiles.Rows;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>What a line of a map says about a table.</summary>
internal enum MapMeaning
{
    /// <summary>The rows of the headings; the figures begin below the last one.</summary>
    HeadingRows,
    UnitColumn, IndicatorColumn, PeriodColumn, MeasureColumn,

    /// <summary>A column of figures.</summary>
    Figure,
    IgnoredColumn, IgnoredRow, TotalRow, IgnoredSheet,

    /// <summary>The unit, indicator, month or year of a whole sheet: a cell, the sheet's name, or the thing itself.</summary>
    Unit, Indicator, Period, Year,

    /// <summary>How a unit of measure in the table is converted.</summary>
    Conversion,

    /// <summary>What a name in the table stands for.</summary>
    Name,

    /// <summary>A text that means an empty cell.</summary>
    Blank,
}

/// <summary>One line of a map.</summary>
/// <param name="Location">Its position in the map's file.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Sheet">The name of the sheet, where * stands for anything; empty: every sheet.</param>
/// <param name="Text">A heading, a name, a cell or rows, by the meaning.</param>
/// <param name="StandsFor">The code or name of an indicator or a unit.</param>
/// <param name="Field">Which figure of a submission a column holds; null: not said.</param>
/// <param name="Period">A month, a month without its year, or the year before; empty: the month of the row or the sheet.</param>
/// <param name="Measure">The unit of measure of the figures in the table; of a conversion, that of the catalogue.</param>
/// <param name="Factor">What the figures are multiplied by; null: not said.</param>
internal sealed record TableMapLine(
    SourceLocation Location, MapMeaning Meaning, string Sheet, string Text, string StandsFor, FormColumn? Field, string Period,
    string Measure, decimal? Factor)
{
    public int Number => Location.Row ?? 0;

    /// <summary>Whether a sheet has one such line at most.</summary>
    public bool IsSetting => Meaning is MapMeaning.HeadingRows or MapMeaning.Unit or MapMeaning.Indicator or MapMeaning.Period
        or MapMeaning.Year;

    /// <summary>Whether it assigns a column.</summary>
    public bool IsOfColumn => Meaning is MapMeaning.UnitColumn or MapMeaning.IndicatorColumn or MapMeaning.PeriodColumn
        or MapMeaning.MeasureColumn or MapMeaning.Figure or MapMeaning.IgnoredColumn;
}

/// <summary>A map: which cell of a table is which figure.</summary>
internal sealed record TableMap(SourceLocation Location, IReadOnlyList<TableMapLine> Lines);
