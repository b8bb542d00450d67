using XilinIngest.Hosting;

namespace XilinIngest.Admin.Pruning;

/// <summary>Sees to it that the years whose versions are pruned are archived.</summary>
internal static class ArchiveCheck
{
    /// <returns>Whether they are, or need not be. A dry run says what is missing, and goes on.</returns>
    public static bool Run(ServiceConsole console, PruneRequest request, IReadOnlyList<int> years)
    {
        if (request.IsWithoutArchive || years.Count == 0)
        {
            return true;
        }

        if (request.ArchiveRoot is not { } root)
        {
            return Refuse(
                console, request, "请用 --archive 指定归档所在的文件夹（先以 xilin-admin archive 归档各年），或加 --without-archive。",
                "Name the folder of archives with --archive (xilin-admin archive makes one of a year), or add --without-archive.");
        }

        var missing = ArchivedYears.FindMissing(root, years);
        return missing.Count == 0 || Refuse(
            console, request,
            $"{root} 中没有完整的归档：{string.Join("、", missing)}。请先运行 xilin-admin archive {missing[0]} --to {root}，其余年份相同；或加 --without-archive。",
            $"{root} has no whole archive of {string.Join(", ", missing)}. Run xilin-admin archive {missing[0]} --to {root} first, and so "
            + "for each, or add --without-archive.");
    }

    private static bool Refuse(ServiceConsole console, PruneRequest request, string zh, string en)
    {
        if (request.IsDryRun)
        {
            console.WriteLine($"清理前：{zh}", $"Before they go: {en}");
            return true;
        }

        console.Fail(zh, en);
        return false;
    }
}
