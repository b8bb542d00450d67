using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>The state of a review in words.</summary>
internal static class ReviewText
{
    public static string Describe(ReviewStateName state, Lang lang) => state switch
    {
        ReviewStateName.Waiting => lang.T("待审", "waits for a review"),
        ReviewStateName.Approved => lang.T("审核通过", "approved"),
        _ => lang.T("审核退回", "returned"),
    };

    /// <summary>With the time, the reviewer and the reason, as far as the caller may read them.</summary>
    public static string Describe(ReviewedRow row, CatalogueView catalogue, Lang lang)
    {
        if (row.Review is not { } review)
        {
            return Describe(row.State, lang);
        }

        var (byZh, byEn) = ByText(review.By, catalogue, lang);
        var (whyZh, whyEn) = review.Reason is { } reason ? ($"：{reason}", $": {reason}") : ("", "");
        return lang.T(
            $"{FigureFormat.Time(review.At)} {Describe(row.State, lang)}{byZh}{whyZh}",
            $"{Describe(row.State, lang)} on {FigureFormat.Time(review.At)}{byEn}{whyEn}");
    }

    /// <summary>A review as the cause of a number.</summary>
    public static string Describe(CausingReview review, string unit, CatalogueView catalogue, Lang lang)
    {
        var state = review.Decision == ReviewDecision.Return ? ReviewStateName.Returned : ReviewStateName.Approved;
        var (byZh, byEn) = ByText(review.By, catalogue, lang);
        var (whyZh, whyEn) = review.Reason is { } reason ? ($"：{reason}", $": {reason}") : ("", "");
        var (at, month) = (FigureFormat.Time(review.At), FigureFormat.Month(review.Period, lang));
        return lang.T(
            $"{at} {unit}{month}报表{Describe(state, lang)}{byZh}{whyZh}",
            $"{unit}, {month}: {Describe(state, lang)} on {at}{byEn}{whyEn}");
    }

    private static (string Zh, string En) ByText(string? sender, CatalogueView catalogue, Lang lang) => sender is null
        ? ("", "") : ($"（{SenderText.Describe(sender, catalogue, lang)}）", $" by {SenderText.Describe(sender, catalogue, lang)}");
}
