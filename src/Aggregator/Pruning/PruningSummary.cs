using System.Globalization;
using XilinIngest.CatalogueFiles;

namespace XilinIngest.Aggregator.Pruning;

/// <summary>What was pruned, in words for who verifies or checks an installation.</summary>
internal static class PruningSummary
{
    /// <summary>One sentence about all runs; null: there was none.</summary>
    public static Bilingual? Describe(IReadOnlyList<PruningRun> runs)
    {
        if (runs is not [.., var last])
        {
            return null;
        }

        var messages = runs.Sum(run => run.Totals + run.Rankings).ToString("N0", CultureInfo.InvariantCulture);
        var before = Day(runs.Max(run => run.OlderThan)!);
        return new(
            $"清理 {runs.Count} 次：{before} 以前发布的旧版本，{messages} 条消息已无数字；最近一次由 {last.MadeBy} 于 {Day(last.StartedAt)} 进行。",
            $"Pruned {runs.Count} times: {messages} messages with old versions from before {before} have no figures any more; last by "
            + $"{last.MadeBy} on {Day(last.StartedAt)}.");
    }

    // The times are stored with the date first.
    private static string Day(string time) => time.Split('T')[0];
}
