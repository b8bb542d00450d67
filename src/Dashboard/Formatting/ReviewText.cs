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
    public static string Describe(ReviewedRow row, Lang lang)
    {
        if (row.Review is not { } review)
        {
            return Describe(row.State, lang);
        }

        var (byZh, byEn) = review.By is { } by ? ($"（{by}）", $" by {by}") : ("", "");
        var (whyZh, whyEn) = review.Reason is { } reason ? ($"：{reason}", $": {reason}") : ("", "");
        return lang.T(
            $"{FigureFormat.Time(review.At)} {Describe(row.State, lang)}{byZh}{whyZh}",
            $"{Describe(row.State, lang)} on {FigureFormat.Time(review.At)}{byEn}{whyEn}");
    }
}
