using System.Text.RegularExpressions;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>The text of a finding on the page of a submission.</summary>
internal static class ChangeText
{
    // Of a figure that did not count, the receipt says that there was none, as the totals have it.
    private static readonly (string Figure, string Zh, string En)[] Names =
    [
        (FigureNames.Value, "本月", "month"),
        (FigureNames.YearToDate, "1—本月", "year-to-date"),
        (FigureNames.LastYear, "上年同期", "last year"),
        (FigureNames.Numerator, "分子", "numerator"),
        (FigureNames.Denominator, "分母", "denominator"),
    ];

    /// <summary>The text of the receipt; of a changed figure, with what a returned report had, as the table above it has it.</summary>
    public static string Describe(Finding finding, EarlierRows earlier, CatalogueIndicator? indicator, Lang lang)
    {
        var text = lang.T(finding.MessageZh, finding.MessageEn);
        if (finding is not { Rule: EarlierRows.ChangedRule, Figures: { } figures } || indicator is not { Stages.Count: 0 })
        {
            return text;
        }

        foreach (var (figure, zh, en) in Names)
        {
            if (figures.ContainsKey(figure) && !figures.ContainsKey(SentFigures.NameBefore(figure))
                && earlier.Find(indicator.Code, figure) is var (number, isReturned))
            {
                var old = SubmittedFigures.NotCounted(BuiltInFindings.FormatNumber(number), isReturned, lang);
                text = new Regex(lang.T($"(?<=[：，]{zh} )无(?= →)", $"(?<=[:,] {en} )none(?= →)")).Replace(text, old, 1);
            }
        }

        return text;
    }
}
