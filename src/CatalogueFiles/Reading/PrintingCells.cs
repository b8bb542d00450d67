using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>How the figures of an indicator are printed: unit, precision and phrases.</summary>
internal static class PrintingCells
{
    internal static Printing Read(CsvRow row)
    {
        var divisor = row.Number("printed_divisor");
        if (row.IsValid && divisor <= 0)
        {
            row.Fault("printed_divisor", new("必须大于零", "it is not above zero"), new("万元印成亿元时填 10000", "write 10000 to print 万元 as 亿元"));
        }

        CheckBraces(row, "phrase_zh", row.Text("phrase_zh").Replace("{value}", "", StringComparison.Ordinal),
            new("花括号里只能是 {value}", "braces may hold {value} and nothing else"),
            new("请在数值的位置写 {value}，或删去花括号", "write {value} where the figure goes, or take the braces out"));
        foreach (var column in (string[])["zero_phrase_zh", "rank_name_zh"])
        {
            CheckBraces(row, column, row.Text(column), new("这里没有数值可填，不能有花括号", "no figure goes here, so it may have no braces"),
                new("请删去花括号", "take the braces out"));
        }

        return new Printing(
            row.Text("printed_unit_zh"), row.Text("printed_unit_en"), divisor, row.WholeNumber("decimals", 0, 6), row.YesNo("print_growth"),
            row.Text("phrase_zh"), row.Text("zero_phrase_zh"), row.Text("rank_name_zh"))
        {
            RoundDownTo = RoundDownTo(row),
        };
    }

    private static decimal? RoundDownTo(CsvRow row)
    {
        foreach (var column in (string[])["printed_unit_zh", "phrase_zh"])
        {
            if (IsCutInWords(row.Text(column)))
            {
                row.Fault(column, new("余由报告按数据加写，不能固定写在这里", "the report writes 余 itself where it is true, so it may not stand here"),
                    new("请删去余，并在 round_down_to 中填写取整到多少", "take 余 out, and write in round_down_to what a figure is cut down to"));
            }
        }

        if (row.IsEmpty("round_down_to"))
        {
            return null;
        }

        var multiple = row.Number("round_down_to");
        if (row.IsValid && multiple <= 0)
        {
            row.Fault("round_down_to", new("必须大于零", "it is not above zero"),
                new("7036份报为7000余份时填 100；照常四舍五入时留空", "write 100 to tell 7,036 packs as 7000余份; leave it empty to round as usual"));
        }

        return multiple;
    }

    // 余额 and 其余 are other words.
    private static bool IsCutInWords(string text) =>
        (text.StartsWith('余') && !text.StartsWith("余额", StringComparison.Ordinal)) || text.StartsWith("万余", StringComparison.Ordinal)
        || text.StartsWith("亿余", StringComparison.Ordinal) || text.Contains("{value}余", StringComparison.Ordinal);

    // A misspelt placeholder, or one typed with full-width braces, would be printed literally.
    private static void CheckBraces(CsvRow row, string column, string text, Bilingual reason, Bilingual remedy)
    {
        if (text.AsSpan().ContainsAny("{}｛｝"))
        {
            row.Fault(column, reason, remedy);
        }
    }
}
