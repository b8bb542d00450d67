using System.Text.RegularExpressions;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Rows;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>What the words of a heading say, for the first map that a clerk then corrects.</summary>
internal static partial class HeadingWords
{
    private static readonly string[] Growth = ["增幅", "增长", "增速", "同比", "环比", "位次", "排名", "完成率", "占比", "GROWTH", "RANK"];
    private static readonly string[] Numbering = ["序号", "编号", "NO", "NO."];

    private static readonly (string Word, FormColumn Field)[] Fields =
    [
        ("上年同期", FormColumn.LastYear), ("去年同期", FormColumn.LastYear), ("同期", FormColumn.LastYear), ("LASTYEAR", FormColumn.LastYear),
        ("本年累计", FormColumn.YearToDate), ("1-本月", FormColumn.YearToDate), ("累计", FormColumn.YearToDate),
        ("YEARTODATE", FormColumn.YearToDate), ("本月", FormColumn.Value), ("当月", FormColumn.Value), ("分子", FormColumn.Numerator),
        ("分母", FormColumn.Denominator), ("日期", FormColumn.Date),
    ];

    public static bool IsNumbering(string heading) => Numbering.Contains(NameKey.Of(heading));

    /// <summary>Whether it is a growth or a rank, which is computed and not reported.</summary>
    public static bool IsComputed(string heading) => Growth.Any(NameKey.Of(heading).Contains);

    public static FormColumn? FieldOf(string heading)
    {
        var key = NameKey.Of(heading);
        return UpToMonth().IsMatch(key) ? FormColumn.YearToDate
            : Array.Find(Fields, field => key.Contains(field.Word, StringComparison.Ordinal)) is { Word: not null } found ? found.Field
            : null;
    }

    /// <summary>The unit of measure in brackets, or after 单位：; empty: none.</summary>
    public static string MeasureOf(string heading, IReadOnlyCollection<string> known)
    {
        var key = NameKey.Of(heading);
        return Bracketed().Matches(key).Concat(Labelled().Matches(key)).Select(match => match.Groups["measure"].Value)
            .FirstOrDefault(measure => known.Any(one => one == measure || MeasureScale.Ratio(measure, one) is not null)) ?? "";
    }

    /// <summary>The only indicator that a heading names, with or without its unit of measure and the words of the field.</summary>
    public static Indicator? IndicatorOf(string heading, CatalogueIndex catalogue)
    {
        foreach (var part in heading.Split('/').Prepend(heading))
        {
            var plain = Bracketed().Replace(NameKey.Of(part), "");
            var bare = Fields.Aggregate(plain, (text, field) => text.Replace(field.Word, "", StringComparison.Ordinal)).Trim('-');
            foreach (var candidate in new[] { part, plain, bare }.Where(text => text.Length > 0))
            {
                if (catalogue.FindIndicators(candidate) is [var indicator])
                {
                    return indicator;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a row is a total, which may be compared.</summary>
    public static bool IsTotal(string label) => NameKey.Of(label) is "合计" or "总计" or "全街道" or "TOTAL";

    /// <summary>The pattern of a note below a table; null: it is no note.</summary>
    public static string? NoteOf(string label)
    {
        var match = Note().Match(label.Trim());
        return NameKey.Of(label) is "小计" or "其中" ? label.Trim() : match.Success ? match.Groups["word"].Value + "*" : null;
    }

    [GeneratedRegex(@"1-(?:1[0-2]|[2-9])月")]
    private static partial Regex UpToMonth();

    [GeneratedRegex(@"\((?<measure>[^()]+)\)")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"单位:(?<measure>[^,;、:()]+)")]
    private static partial Regex Labelled();

    [GeneratedRegex(@"\A(?<word>注|备注|说明|填表|填报|制表|审核|负责人|单位负责人|统计负责人|报出日期|NOTE)", RegexOptions.IgnoreCase)]
    private static partial Regex Note();
}
