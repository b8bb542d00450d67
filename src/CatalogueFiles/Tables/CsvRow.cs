using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tables;

/// <summary>
/// One line of a file. An invalid cell adds a fault and returns a default, so that one pass finds every fault of the line. The values may
/// be used only if <see cref="IsValid"/>.
/// </summary>
internal sealed class CsvRow(
    string file, int line, Dictionary<string, int> columns, IReadOnlyList<string> fields, List<CatalogueFault> faults)
{
    internal int Line => line;

    internal bool IsValid { get; private set; } = true;

    /// <summary>
    /// A line that is malformed or has too few or too many fields. Its code may still be read; its faults are not reported.
    /// </summary>
    internal static CsvRow Malformed(
        string file, int line, Dictionary<string, int> columns, IReadOnlyList<string> fields, List<CatalogueFault> faults) =>
        new(file, line, columns, fields, faults) { IsValid = false, IsMalformed = true };

    /// <summary>Whether its cells may be in the wrong columns. Further faults of the line are then not reported.</summary>
    internal bool IsMalformed { get; private init; }

    /// <summary>The cell's text, trimmed; empty if there is none.</summary>
    internal string Text(string column) => columns.TryGetValue(column, out var i) && i < fields.Count ? fields[i] : "";

    internal bool IsEmpty(string column) => Text(column).Length == 0;

    internal string Required(string column)
    {
        if (IsEmpty(column))
        {
            Fault(column, new("不能为空", "it is empty"), new("请填写", "fill it in"));
        }

        return Text(column);
    }

    internal bool YesNo(string column) => Text(column) switch
    {
        "yes" => true,
        "no" => false,
        var other => Fault(column, NotOneOf(other, "yes、no", "yes, no"), new("请填 yes 或 no", "write yes or no"), false),
    };

    /// <summary>The value that one of the words names.</summary>
    internal T Word<T>(string column, IReadOnlyDictionary<string, T> words) where T : notnull =>
        words.TryGetValue(Text(column), out var value)
            ? value
            : Fault(
                column, NotOneOf(Text(column), string.Join('、', words.Keys), string.Join(", ", words.Keys)),
                new("请改用其中之一，小写", "write one of them, in lower case"), default(T)!);

    /// <summary>A plain decimal number: a point and a leading minus are allowed; an exponent and a thousands separator are not.</summary>
    internal decimal Number(string column)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(Text(column), plain, CultureInfo.InvariantCulture, out var value)
            ? value
            : Fault(
                column, new($"“{Text(column)}”不是数字", $"'{Text(column)}' is not a number"),
                new("请写成 1234.5，不用千分位、百分号和科学记数法", "write it as 1234.5, without thousands separators, per cent signs or exponents"), 0m);
    }

    internal int WholeNumber(string column, int least, int most)
    {
        return int.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : Fault(
                column, new($"“{Text(column)}”不是 {least} 到 {most} 的整数", $"'{Text(column)}' is not a whole number from {least} to {most}"),
                new("请填写这一范围内的整数", "write one in that range"), least);
    }

    internal int Year(string column) => WholeNumber(column, 1949, 9999);

    internal Period Month(string column)
    {
        // The bounds refuse a year such as 0022 and keep sums of months within the calendar.
        return Period.TryParse(Text(column), out var period) && period.Year is >= 1949 and <= 2999
            ? period
            : Fault(
                column, new($"“{Text(column)}”不是 1949 到 2999 年间的月份", $"'{Text(column)}' is not a month from 1949 to 2999"),
                new("请写成 2022-07；Excel 会改写日期，请先把该列设为文本", "write it as 2022-07; Excel rewrites dates unless the column is set to text"),
                default(Period));
    }

    /// <summary>A unit's code. If Excel has written it with an exponent, the remedy says so.</summary>
    internal UnitCode Unit(string column) => UnitCode.TryParse(Text(column), out var code)
        ? code
        : Fault(
            column,
            new($"“{Text(column)}”既不是 12 位区划代码，也不是校验正确的 18 位统一社会信用代码",
                $"'{Text(column)}' is neither a 12-digit division code nor an 18-character social credit code with the right "
                + "check character"),
            Text(column).Contains("E+", StringComparison.OrdinalIgnoreCase)
                ? new("Excel 把代码变成了科学记数法：请把该列设为文本后重填", "Excel has turned it into an exponent: set the column to text and type it again")
                : new("请核对代码的每一位", "check every character of it"),
            default(UnitCode));

    internal IndicatorCode Indicator(string column) => IndicatorCode.TryParse(Text(column), out var code)
        ? code
        : Fault(
            column, new($"“{Text(column)}”不是指标代码", $"'{Text(column)}' is not an indicator code"),
            new("由大写字母、数字、下划线组成，字母开头，2 到 64 位", "it is A-Z, 0-9 and _, a letter first, 2 to 64 long"), default(IndicatorCode));

    internal void Fault(string column, Bilingual problem, Bilingual remedy)
    {
        IsValid = false;
        if (!IsMalformed)
        {
            faults.Add(new(file, line, column, problem, remedy));
        }
    }

    internal T Fault<T>(string column, Bilingual problem, Bilingual remedy, T instead)
    {
        Fault(column, problem, remedy);
        return instead;
    }

    private static Bilingual NotOneOf(string text, string zh, string en) => new($"“{text}”不在 {zh} 之中", $"'{text}' is not one of {en}");
}
