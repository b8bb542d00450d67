using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>Reads the notices of a receipt that name several indicators in one text.</summary>
internal static class ReceiptNotices
{
    // Figures that equal what stood, and those that a later submission had set.
    private const string UnchangedRule = "F603";
    private const string SupersededRule = "F601";

    /// <summary>What an indicator's figures were before, if no notice tells a change of them.</summary>
    public static FigureStanding StandingWithoutChange(SubmissionReceipt receipt, CatalogueIndicator? indicator) =>
        receipt.Verdict != Verdict.Accepted ? FigureStanding.Unknown
        : indicator is null ? FigureStanding.FirstReport
        : IsNamed(receipt, UnchangedRule, indicator, '、', '。') ? FigureStanding.Unchanged
        : IsNamed(receipt, SupersededRule, indicator, '的', '（') ? FigureStanding.NotTaken
        : FigureStanding.FirstReport;

    // A name may be a part of another one, so that what stands before and behind it counts.
    private static bool IsNamed(SubmissionReceipt receipt, string rule, CatalogueIndicator indicator, params char[] ends) =>
        receipt.Findings.Any(finding => finding.Rule == rule && (finding.Indicator == indicator.Code || (finding.Indicator is null
            && ends.Any(end => "：、；".Any(start =>
                finding.MessageZh.Contains($"{start}{indicator.NameZh}{end}", StringComparison.Ordinal))))));
}
