using System.Globalization;
using XilinIngest.Admin.Installations;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Admin.Pruning;

/// <summary>What there is to prune in the databases of an installation.</summary>
/// <param name="Cubes">The versions of each cube, by year and kind.</param>
/// <param name="Notices">The rows of the notices' database, by year; null: the installation has none.</param>
internal sealed record PrunePlan(
    IReadOnlyList<(Store Store, IReadOnlyList<PrunableVersions> Versions)> Cubes,
    (Store Store, IReadOnlyList<OldRowsOfYear> Rows)? Notices)
{
    private const double BytesPerMegabyte = 1_000_000;

    /// <summary>How many messages lose their figures.</summary>
    public long Messages => Cubes.Sum(cube => cube.Versions.Sum(each => each.Messages));

    /// <summary>How many notices, events and runs of reminders are deleted.</summary>
    public long Rows => Notices?.Rows.Sum(each => each.Notices + each.Events + each.ReminderRuns) ?? 0;

    public bool IsEmpty => Messages + Rows == 0;

    /// <summary>The years of the months whose versions are pruned.</summary>
    public IReadOnlyList<int> Years => [.. Cubes.SelectMany(cube => cube.Versions).Select(each => each.Year).Distinct().Order()];

    public static PrunePlan Read(IReadOnlyList<Store> cubes, Store? notices, DateTimeOffset olderThan)
    {
        using var store = notices is null ? null : new NoticeStore(notices.Database);
        return new(
            [.. cubes.Select(cube => (cube, CubePruning.Count(cube.Database, olderThan)))],
            store is null ? null : (notices!, store.CountOld(olderThan)));
    }

    public void Print(ServiceConsole console)
    {
        foreach (var (store, versions) in Cubes.Where(cube => cube.Versions.Count > 0))
        {
            console.WriteLine($"结果库 {store.Database.Name}：旧版本", $"Cube {store.Database.Name}: old versions");
            foreach (var year in versions.GroupBy(each => each.Year))
            {
                var (totals, rankings) = (CountOf(year, isRanking: false), CountOf(year, isRanking: true));
                var size = Megabytes(year.Sum(each => each.Bytes));
                console.WriteLine(
                    $"  {year.Key} 年：汇总 {totals} 条，排名 {rankings} 条，文本 {size} MB",
                    $"  {year.Key}: {totals} messages of totals, {rankings} rankings, {size} MB of text");
            }
        }

        if (Notices is { Rows.Count: > 0 } notices)
        {
            console.WriteLine(
                $"通知库 {notices.Store.Database.Name}：旧通知", $"Notices {notices.Store.Database.Name}: old notices");
            foreach (var year in notices.Rows)
            {
                console.WriteLine(
                    $"  {year.Year} 年：通知 {year.Notices} 条，预警事件 {year.Events} 条，催报 {year.ReminderRuns} 次",
                    $"  {year.Year}: {year.Notices} notices, {year.Events} alert events, {year.ReminderRuns} runs of reminders");
            }
        }
    }

    public static string Megabytes(long bytes) => (bytes / BytesPerMegabyte).ToString("N1", CultureInfo.InvariantCulture);

    private static string CountOf(IEnumerable<PrunableVersions> versions, bool isRanking) =>
        versions.Where(each => each.IsRanking == isRanking).Sum(each => each.Messages).ToString("N0", CultureInfo.InvariantCulture);
}
