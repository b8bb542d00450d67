using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>What became of a submission, in the words of an office.</summary>
internal static class SubmissionOutcome
{
    /// <param name="receipt">The receipt.</param>
    /// <param name="review">Its review; null: it is not reviewed.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="lang">The reader's language.</param>
    public static string Describe(SubmissionReceipt receipt, ReviewedRow? review, CatalogueView catalogue, Lang lang)
    {
        var (errors, questions) = (Count(receipt, FindingSeverity.Error), Count(receipt, FindingSeverity.Question));
        return receipt.Verdict switch
        {
            Verdict.Superseded => lang.T("已被更正取代：有更新的报送，本份的数没有采用。",
                "Superseded: a later submission stands, and the figures of this one did not take."),
            Verdict.Refused when errors == 0 && questions > 0 => lang.T(
                $"待核实：有 {questions} 个问题没有说明，本份没有计入。请说明原因后再报。",
                $"To be verified: {EnglishNoun.Count(questions, "questions")} not answered, so it does not count. "
                + "Answer it and send it again."),
            Verdict.Refused => lang.T($"已退回：有 {errors} 处错误，本份没有计入。请改正后再报。",
                $"Refused: it has {EnglishNoun.Count(errors, "errors")} and does not count. Correct it and send it again."),
            _ when review is not null => lang.T("已接收，", "Accepted; ") + ReviewText.Describe(review, catalogue, lang)
                + lang.T("。", "."),
            _ => lang.T("已接收，已计入。", "Accepted; it counts."),
        };
    }

    private static int Count(SubmissionReceipt receipt, FindingSeverity severity) =>
        receipt.Findings.Count(finding => finding.Severity == severity);
}
