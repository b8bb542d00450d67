using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>The findings in an office's own table that is read with a map, and in the map. Their ids are stable.</summary>
public static class MapFindings
{
    public static Finding BadMap(string zh, string en, string remedyZh, string remedyEn) => Error("C301", zh, en, remedyZh, remedyEn);

    public static Finding NotFilledIn(string zh, string en) => Error("C302",
        $"对照表这一行还没有填完：{zh}。", $"This line of the map is not filled in: {en}.", "补上，或删去这一行。", "Fill it in, or delete the line.");

    public static Finding NotInTable(string text, string sheet) => Error("C303",
        $"{(sheet.Length > 0 ? $"工作表“{Quote(sheet)}”的" : "")}表头中没有“{Quote(text)}”。",
        $"No heading{(sheet.Length > 0 ? $" of the sheet '{Quote(sheet)}'" : "")} is '{Quote(text)}'.",
        "核对表头行和文字；只有某张工作表才有的，在“工作表”一栏写上它的名称。",
        "Check the heading rows and the text; where only one sheet has it, name that sheet in the column 'sheet'.");

    public static Finding HeadingNotMapped(string heading, string column) => Error("C304",
        $"表头“{Quote(heading)}”（{column} 列）在对照表中没有。",
        $"The map has no line for the heading '{Quote(heading)}' (column {column}).",
        "补一行：要报的写“数”和指标，不要的写“忽略列”。", "Add a line: 'figure' with its indicator, or 'ignore_column'.");

    public static Finding HeadingTwice(string heading, string columns) => Error("C305",
        $"表头“{Quote(heading)}”不止一列：{columns}。", $"The heading '{Quote(heading)}' is above several columns: {columns}.",
        "在对照表中改写列号，如“C列”，每列一行。", "Name the columns in the map, such as 'column C', a line for each.");

    public static Finding LineTwice(string text, int first) => Error("C306",
        $"“{Quote(text)}”在对照表第 {first} 行已经写过。", $"'{Quote(text)}' has a line already, line {first} of the map.",
        "只留一行。", "Keep one of them.");

    public static Finding NoSuchUnit(string text, int found) => Error("C307",
        found == 0 ? $"名录中没有单位“{Quote(text)}”。" : $"名录中叫“{Quote(text)}”的单位有 {found} 个。",
        found == 0 ? $"No unit is called '{Quote(text)}'." : $"{found} units are called '{Quote(text)}'.",
        "改正名称或改写单位代码；表中就这样写的，在对照表中补一行“名称”，写明对应哪个单位；是合计、说明的，写“合计行”或“忽略行”。",
        "Correct the name or write the code; where the table writes it so, add a line 'name' to the map that says which unit it is; "
        + "for a total or a note add 'total_row' or 'ignore_row'.");

    public static Finding NoSuchIndicator(string text, int found) => Error("C308",
        found == 0 ? $"目录中没有指标“{Quote(text)}”。" : $"目录中叫“{Quote(text)}”的指标有 {found} 个。",
        found == 0 ? $"No indicator is called '{Quote(text)}'." : $"{found} indicators are called '{Quote(text)}'.",
        "改写目录中的指标代码或名称，或在对照表中补一行“名称”；不要的写“忽略行”。",
        "Write the code or name that the catalogue has, or add a line 'name' to the map; leave it out with 'ignore_row'.");

    public static Finding NoMonth() => Error("C309",
        "不知道是哪个月的数。", "It cannot be told which month the figures are of.",
        "在对照表中写一行“月份”（单元格、表名或 2022年7月）或“月份列”，或用 --period 指定。",
        "Add a line 'period' (a cell, sheet_name or 2022-07) or 'period_column' to the map, or give --period.");

    public static Finding NoYear(string month) => Error("C309",
        $"不知道“{Quote(month)}”是哪一年的。", $"It cannot be told of which year '{Quote(month)}' is.",
        "在对照表中写一行“年份”（单元格、表名或 2022），或用 --period 指定。", "Add a line 'year' (a cell, sheet_name or 2022) to the map, or give --period.");

    public static Finding UnclearMonth(string text) => Error("C309",
        $"“{Quote(text)}”里看不出唯一的月份。", $"'{Quote(text)}' does not name one month.", "写成 2022-07 或 2022年7月。", "Write it as 2022-07.");

    public static Finding OtherMonth(string found, string given) => Error("C309",
        $"表中是 {found}，--period 是 {given}。", $"The table is of {found}, --period is {given}.",
        "换成该月的表，或改正 --period。", "Take the table of that month, or correct --period.");

    public static Finding HeadingOfOtherMonth(string heading, string month) => Error("C309",
        $"表头是“{Quote(heading)}”，按对照表却是 {month} 的数。", $"The heading is '{Quote(heading)}', but by the map its figures are of {month}.",
        "换成该月的表，或改正对照表的月份或 --period。", "Take the table of that month, or correct the month in the map or --period.");

    public static Finding NoMeasure() => Error("C310",
        "没有写表中的计量单位。", "The unit of measure in the table is not given.",
        "在对照表“计量单位”一栏写明，如 万元。", "Write it into the column 'unit_of_measure' of the map, such as 万元.");

    public static Finding OtherMeasure(string stated, string given) => Error("C310",
        $"表中写的计量单位是“{Quote(stated)}”，对照表写的是“{Quote(given)}”。",
        $"The table says '{Quote(stated)}' for its unit of measure, the map '{Quote(given)}'.",
        $"改正对照表的“计量单位”；这一列确是“{Quote(given)}”的，在表头中写明，如（{Quote(given)}）。",
        $"Correct 'unit_of_measure' in the map; where the column is in '{Quote(given)}', say so in its heading: ({Quote(given)}).");

    public static Finding NoConversion(string from, string to) => Error("C310",
        $"表中是“{Quote(from)}”，目录是“{to}”，对照表没有写怎样换算。",
        $"The table is in '{Quote(from)}', the catalogue in '{to}'; the map does not say how to convert.",
        $"计量单位写错的改正；确要换算的，补一行：换算，{Quote(from)}，计量单位 {to}，乘以 几。",
        $"Correct the unit of measure, or add a line: conversion, {Quote(from)}, unit_of_measure {to}, multiply_by.");

    public static Finding WrongFactor(string from, string to, string factor) => Error("C310",
        $"1{Quote(from)}是 {factor}{Quote(to)}，对照表写的不是。", $"One {Quote(from)} is {factor} {Quote(to)}; the map says otherwise.",
        $"把“乘以”改成 {factor}。", $"Write {factor} into 'multiply_by'.");

    public static Finding TooPrecise(string converted) => Error("C310",
        $"换算后是 {converted}，小数超过 6 位。", $"Converted it is {converted}, with more than 6 decimals.",
        "在表中四舍五入后再导入。", "Round it in the table first.");

    public static Finding TotalDiffers(string total, string sum) => Error("C311",
        $"合计 {total} 与各行之和 {sum} 不符。", $"The total {total} differs from the sum of the rows, {sum}.",
        "核对各行；合计本来就不等于各行之和的，对照表改写“忽略行”。",
        "Check the rows; where the total is no sum of them, write 'ignore_row' in the map.");

    /// <param name="what">Unit, month, indicator and field.</param>
    /// <param name="other">The first position.</param>
    public static Finding FigureTwice(string what, (string Zh, string En) other) => Error("C312",
        $"{what} 在表中不止一处，还在 {other.Zh}。", $"{what} is in the table twice, also in {other.En}.",
        "只留一处，另一处在对照表中写“忽略列”“忽略行”或“忽略表”。",
        "Keep one; leave the other out with 'ignore_column', 'ignore_row' or 'ignore_sheet'.");

    public static Finding SheetNotMapped() => Error("C313",
        "对照表中没有这张工作表。", "The map has no line for this sheet.", "补上它的行，或写一行“忽略表”。", "Add its lines, or a line 'ignore_sheet'.");

    public static Finding NoHeadingRows() => Error("C314",
        "对照表没有写表头在哪几行。", "The map does not say which rows the headings are in.",
        "补一行“表头行”，如 第3至4行。", "Add a line 'heading_rows', such as 'rows 3 to 4'.");

    public static Finding NoUnitColumn() => Error("C314",
        "对照表没有写哪一列是单位。", "The map does not say which column the units are in.",
        "补一行“单位列”；整张表只有一个单位的，补一行“单位”（单元格、表名、代码或名称）。",
        "Add a line 'unit_column'; where the whole sheet is of one unit, a line 'unit' (a cell, sheet_name, a code or a name).");

    public static Finding HiddenFigures() => Error("C208",
        "隐藏的行或列里有数，照样读取。", "A hidden row or column holds figures; they are taken all the same.",
        "请取消隐藏核对；不要的在对照表中写“忽略列”或“忽略行”。", "Unhide it and look; leave it out with 'ignore_column' or 'ignore_row'.") with
    { Severity = FindingSeverity.Notice };

    public static Finding HiddenSheetNotRead() => Error("C208",
        "隐藏的工作表没有读。", "A hidden sheet was not read.", "要导入的请取消隐藏。", "Unhide it if it is to be imported.") with
    { Severity = FindingSeverity.Notice };

    private static string Quote(string text) => FindingFactory.Shorten(text, char.IsControl, ' ');

    private static Finding Error(string rule, string zh, string en, string remedyZh, string remedyEn) =>
        FindingFactory.Create(rule, BuiltInFindings.Version, FindingSeverity.Error, zh, en, remedyZh, remedyEn);
}
