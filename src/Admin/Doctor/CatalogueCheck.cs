using XilinIngest.Admin.Installations;
using XilinIngest.CatalogueFiles;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Doctor;

/// <summary>Checks that the catalogue can be read, and that the ledgers allow it.</summary>
internal static class CatalogueCheck
{
    private const int MaxShown = 10;

    public static Task<IReadOnlyList<CheckFinding>> RunAsync(Installation installation) => Task.FromResult(Find(installation));

    /// <summary>The first faults, and how many more there are.</summary>
    public static IReadOnlyList<CheckFinding> FromFaults(IReadOnlyList<CatalogueFault> faults)
    {
        List<CheckFinding> findings =
            [.. faults.Take(MaxShown).Select(fault => CheckFinding.Fault(fault.ToStringZh(), fault.ToString()))];
        return faults.Count <= MaxShown ? findings
            : [.. findings, CheckFinding.Fault($"另有 {faults.Count - MaxShown} 处错误。", $"There are {faults.Count - MaxShown} more faults.")];
    }

    private static IReadOnlyList<CheckFinding> Find(Installation installation)
    {
        if (installation.CatalogueFolder is not { } folder)
        {
            return [CheckFinding.Fault(
                "找不到目录的文件夹。", "There is no folder of the catalogue.", "请用 --catalogue 或设置 Catalogue__Folder 指定。",
                "Name it with --catalogue, or with the setting Catalogue__Folder.")];
        }

        var read = CatalogueReader.Read(folder);
        if (read.Catalogue is not { } catalogue)
        {
            return FromFaults(read.Faults);
        }

        // A database that cannot be asked has a check of its own.
        List<CatalogueFault> refused = [.. installation.Of(StoreKind.Ledger).Where(store => StoreCheck.IsCurrent(store))
            .SelectMany(store => LedgerCatalogueGuard.Check(new LedgerStore(store.Database, store.Partition), catalogue)).Distinct()];
        return refused.Count > 0 ? FromFaults(refused)
            : [CheckFinding.Fine(
                $"{folder}：单位 {catalogue.Units.All.Count} 个，指标 {catalogue.Indicators.Count} 项。",
                $"{folder}: {catalogue.Units.All.Count} units, {catalogue.Indicators.Count} indicators.")];
    }
}
