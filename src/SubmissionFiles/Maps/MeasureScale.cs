using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>How many of one unit of measure another is, where they differ in their scale alone: 1 亿元 = 10,000 万元.</summary>
internal static class MeasureScale
{
    private static readonly (string Word, decimal Scale)[] Scales =
        [("千万", 10_000_000), ("百万", 1_000_000), ("十万", 100_000), ("亿", 100_000_000), ("万", 10_000), ("千", 1_000), ("百", 100)];

    /// <returns>The factor; null if the two differ in more than their scale.</returns>
    public static decimal? Ratio(string from, string to)
    {
        var ((fromScale, fromUnit), (toScale, toUnit)) = (Split(from), Split(to));

        // 亿 alone means 亿元 above a column of money.
        return (fromUnit.Length > 0 ? fromUnit == toUnit : fromScale > 1) ? fromScale / toScale : null;
    }

    // 千克 and 千瓦 are units of their own.
    private static (decimal Scale, string Unit) Split(string measure)
    {
        var text = NumberText.Normalize(measure);
        var at = Array.FindIndex(Scales, scale => text.StartsWith(scale.Word, StringComparison.Ordinal));
        return at < 0 || text is ['千', '克' or '瓦' or '米', ..] ? (1, text) : (Scales[at].Scale, text[Scales[at].Word.Length..]);
    }
}
