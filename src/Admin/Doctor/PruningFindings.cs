using XilinIngest.Admin.Installations;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.CatalogueFiles;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Admin.Doctor;

/// <summary>What was pruned from a database, by the runs that it has recorded.</summary>
internal static class PruningFindings
{
    public static IEnumerable<CheckFinding> Of(Store store)
    {
        var (told, hasEnded) = store.Kind switch
        {
            StoreKind.Cube => OfCube(store),
            StoreKind.Notices => OfNotices(store),
            _ => (null, true),
        };
        return told is not { } runs ? []
            : hasEnded ? [CheckFinding.Fine(runs.Zh, runs.En)]
            : [CheckFinding.Warning(
                $"{runs.Zh}最近一次未到结尾。", $"{runs.En} The last run has not ended.", "若已不在运行，请再运行一次 xilin-admin prune。",
                "If it does not run any more, run xilin-admin prune again.")];
    }

    private static (Bilingual? Told, bool HasEnded) OfCube(Store store)
    {
        using var connection = store.Database.OpenInteractive();
        var runs = CubePruning.ReadRuns(connection);
        return (PruningSummary.Describe(runs), runs is not [.., { EndedAt: null }]);
    }

    private static (Bilingual? Told, bool HasEnded) OfNotices(Store store)
    {
        using var notices = new NoticeStore(store.Database);
        var runs = notices.ReadPrunings();
        return (runs is not [.., var last] ? null : new Bilingual(
            $"清理 {runs.Count} 次，共删除通知 {runs.Sum(run => run.Notices)} 条；最近一次由 {last.MadeBy} 于 {last.StartedAt} 进行。",
            $"Pruned {runs.Count} times, {runs.Sum(run => run.Notices)} notices in all; last by {last.MadeBy} at {last.StartedAt}."),
            runs is not [.., { EndedAt: null }]);
    }
}
