namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>The columns of a map.</summary>
internal enum TableMapColumn { Sheet, Meaning, Text, StandsFor, Field, Period, Measure, Factor, Note }

/// <summary>The words of a map in Chinese and English. The first of each is the one that is written.</summary>
internal static class TableMapWords
{
    private static readonly (TableMapColumn Column, string Zh, string En, string[] Others)[] Columns =
    [
        (TableMapColumn.Sheet, "工作表", "sheet", []),
        (TableMapColumn.Meaning, "含义", "meaning", []),
        (TableMapColumn.Text, "表中文字", "text", ["表头", "heading"]),
        (TableMapColumn.StandsFor, "对应", "stands_for", ["指标", "indicator"]),
        (TableMapColumn.Field, "数据项", "field", []),
        (TableMapColumn.Period, "月份", "period", ["报告期"]),
        (TableMapColumn.Measure, "计量单位", "unit_of_measure", []),
        (TableMapColumn.Factor, "乘以", "multiply_by", []),
        (TableMapColumn.Note, "备注", "note", []),
    ];

    private static readonly (MapMeaning Meaning, string Zh, string En)[] Meanings =
    [
        (MapMeaning.HeadingRows, "表头行", "heading_rows"),
        (MapMeaning.UnitColumn, "单位列", "unit_column"),
        (MapMeaning.IndicatorColumn, "指标列", "indicator_column"),
        (MapMeaning.PeriodColumn, "月份列", "period_column"),
        (MapMeaning.MeasureColumn, "计量单位列", "measure_column"),
        (MapMeaning.Figure, "数", "figure"),
        (MapMeaning.IgnoredColumn, "忽略列", "ignore_column"),
        (MapMeaning.IgnoredRow, "忽略行", "ignore_row"),
        (MapMeaning.TotalRow, "合计行", "total_row"),
        (MapMeaning.IgnoredSheet, "忽略表", "ignore_sheet"),
        (MapMeaning.Unit, "单位", "unit"),
        (MapMeaning.Indicator, "指标", "indicator"),
        (MapMeaning.Period, "月份", "period"),
        (MapMeaning.Year, "年份", "year"),
        (MapMeaning.Conversion, "换算", "conversion"),
        (MapMeaning.Name, "名称", "name"),
        (MapMeaning.Blank, "空白", "blank"),
    ];

    /// <summary>The words for the name of the sheet, in place of a cell.</summary>
    public static IReadOnlyList<string> SheetName { get; } = ["表名", "sheet_name"];

    /// <summary>The words for the same month of the year before.</summary>
    public static IReadOnlyList<string> YearBefore { get; } = ["上年", "year_before"];

    public static IReadOnlyList<string> HeadingsZh { get; } = [.. Columns.Select(column => column.Zh)];

    public static IReadOnlyList<string> HeadingsEn { get; } = [.. Columns.Select(column => column.En)];

    public static bool TryFindColumn(string heading, out TableMapColumn column)
    {
        var key = NameKey.Of(heading);
        var at = Array.FindIndex(Columns, known => known.Others.Append(known.Zh).Append(known.En).Any(name => NameKey.Of(name) == key));
        column = at < 0 ? default : Columns[at].Column;
        return at >= 0;
    }

    public static bool TryFindMeaning(string word, out MapMeaning meaning)
    {
        var key = NameKey.Of(word);
        var at = Array.FindIndex(Meanings, known => NameKey.Of(known.Zh) == key || NameKey.Of(known.En) == key);
        meaning = at < 0 ? default : Meanings[at].Meaning;
        return at >= 0;
    }

    public static bool IsSheetName(string text) => SheetName.Any(word => NameKey.Of(word) == NameKey.Of(text));

    public static bool IsYearBefore(string text) => YearBefore.Any(word => NameKey.Of(word) == NameKey.Of(text));

    public static (string Zh, string En) Of(MapMeaning meaning)
    {
        var (_, zh, en) = Array.Find(Meanings, known => known.Meaning == meaning);
        return (zh, en);
    }

    /// <summary>The word of a meaning in both languages, for a finding that quotes it.</summary>
    public static string Both(MapMeaning meaning) => $"{Of(meaning).Zh} / {Of(meaning).En}";

    /// <summary>All meanings, for a finding that lists them.</summary>
    public static (string Zh, string En) AllMeanings { get; } =
        (string.Join('、', Meanings.Select(known => known.Zh)), string.Join(", ", Meanings.Select(known => known.En)));
}
