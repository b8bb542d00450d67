namespace XilinIngest.Aggregator.Totals;

/// <summary>Joins Chinese text, which has no spaces, except between two figures or Latin letters.</summary>
internal static class ChineseText
{
    /// <summary>Joins the parts: <c>东岱村2022年12月规模工业总产值</c>, but <c>样例企业001 2022年12月规模工业总产值</c>.</summary>
    public static string Join(params IEnumerable<string> parts) =>
        parts.Aggregate("", (text, part) => text + (RunTogether(text, part) ? " " : "") + part);

    private static bool RunTogether(string text, string part) =>
        text.Length > 0 && part.Length > 0 && char.IsAsciiLetterOrDigit(text[^1])
        && (char.IsAsciiLetterOrDigit(part[0]) || part[0] is '-' or '.');
}
