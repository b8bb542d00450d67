using XilinIngest.Contracts;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>The installation that a submission's figures come from, in words.</summary>
internal static class OriginText
{
    /// <summary>The origin of a submission: 西林街道（320404004000）的汇总数，其台账前 1960 号的签名检查点.</summary>
    public static string Describe(SubmissionOrigin origin, Lang lang) => lang.T(
        $"{origin.Source}（{origin.Unit}）发布的汇总数，依据其台账前 {origin.Checkpoint.TreeSize} 号的签名检查点",
        $"totals that {origin.Source} ({origin.Unit}) published, "
            + $"with the signed checkpoint of {origin.Checkpoint.TreeSize} rows of its ledger");

    /// <summary>The origin of one figure, with the version of its total; null: the submission took it from no total.</summary>
    public static string? DescribeFigure(SubmissionOrigin origin, string indicator, Lang lang) =>
        origin.Totals.FirstOrDefault(total => total.Indicator == indicator) is { } total
            ? lang.T(
                $"{Describe(origin, lang)}，第 {total.Version} 版（{FigureFormat.State(total.State, lang)}）",
                $"{Describe(origin, lang)}; version {total.Version} ({FigureFormat.State(total.State, lang)})")
            : null;
}
