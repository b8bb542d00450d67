using System.Text.RegularExpressions;
using XilinIngest.CatalogueFiles;

namespace XilinIngest.Notifier.Templates;

/// <summary>
/// What a template may not have, found in its text before it is parsed: the library makes a range whole in memory, and descends into
/// what is nested without limit, so that a small file would end the process. Each sign counts wherever it stands, so that nothing depends
/// on how the library reads quotation marks and braces around it.
/// </summary>
internal static partial class TemplateLimits
{
    private static readonly Limit[] Limits =
    [
        new(RangePattern(), 0, new("范围（a..b）或两个相连的英文句点", "a range (a..b), or two dots in a row"),
            new("请改用 for 逐项列出；省略号请写作……", "go through a list with for; write an ellipsis as …")),
        new(BracketPattern(), 100, new("英文的左括号", "opening brackets"), new("请简化；正文中可用全角括号", "make it simpler")),
        new(TagPattern(), 400, new("标签（{%）", "tags ({%)"), new("请简化", "make it simpler")),
        new(JointPattern(), 200, new("and 或 or", "and or or"), new("请简化", "make it simpler")),
        new(PipePattern(), 1000, new("过滤器（|）", "filters (|)"), new("请简化", "make it simpler")),
    ];

    /// <exception cref="TemplateException">The template has what it may not have, or too much of something.</exception>
    public static void Check(string source)
    {
        foreach (var limit in Limits)
        {
            var found = limit.Pattern.Matches(source);
            if (found.Count > limit.Most)
            {
                throw new TemplateException(
                    NoticeTemplate.LineOf(source, found[limit.Most].Index),
                    limit.Most == 0
                        ? new($"不能使用{limit.Of.Zh}", $"the template cannot have {limit.Of.En}")
                        : new($"{limit.Of.Zh}超过 {limit.Most} 个", $"the template has more than {limit.Most} {limit.Of.En}"),
                    limit.Remedy);
            }
        }
    }

    [GeneratedRegex(@"\.\.", RegexOptions.CultureInvariant)]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"[(\[]", RegexOptions.CultureInvariant)]
    private static partial Regex BracketPattern();

    [GeneratedRegex(@"\{%", RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"\b(and|or)\b", RegexOptions.CultureInvariant)]
    private static partial Regex JointPattern();

    [GeneratedRegex(@"\|", RegexOptions.CultureInvariant)]
    private static partial Regex PipePattern();

    private sealed record Limit(Regex Pattern, int Most, Bilingual Of, Bilingual Remedy);
}
