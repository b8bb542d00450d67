using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>The rows of <c>partitions.csv</c>: which parts of the unit tree have a ledger and a cube of their own.</summary>
internal static class PartitionRows
{
    internal static readonly CsvSchema Shape = new("partitions.csv", "path", "connection") { MayBeMissing = true };

    private const int MaxPathLength = 64;
    private const int MaxConnectionLength = 32;
    private const int MaxNamedUnits = 3;

    internal static List<WithRow<Partition>> Read(CsvTable? table)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var partitions = new List<WithRow<Partition>>();
        foreach (var row in table?.Rows ?? [])
        {
            var partition = new Partition(Path(row)) { Connection = row.IsEmpty("connection") ? null : Connection(row) };
            if (row.IsValid && !lines.TryAdd(partition.Path, row.Line))
            {
                row.Fault(
                    "path", new($"第 {lines[partition.Path]} 行已是该分区", $"line {lines[partition.Path]} is that partition already"),
                    new("每个分区一行", "write one row for each partition"));
            }

            if (row.IsValid)
            {
                partitions.Add(new(row, partition));
            }
        }

        return partitions;
    }

    /// <summary>Adds a fault for a partition that has no unit of its own, and one for the units that no partition has.</summary>
    internal static void Check(IReadOnlyList<WithRow<Partition>> rows, UnitTree units, List<CatalogueFault> faults)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var map = new PartitionMap(units, [.. rows.Select(row => row.Value)]);
        var homeless = map.UnitsWithoutHome(units).ToList();
        var homes = map.HomesOf(units.All.Except(homeless)).ToHashSet();
        foreach (var (row, _) in rows.Where(row => !homes.Contains(row.Value)))
        {
            row.Fault(
                "path", new("没有单位属于该分区（路径之下没有单位，或都属于其中更小的分区）",
                    "no unit is of this partition: there is none below the path, or all are of smaller partitions within it"),
                new("请核对路径，或删去该行", "check the path, or remove the row"));
        }

        if (homeless.Count > 0)
        {
            var (some, rest) = (string.Join(", ", homeless.Take(MaxNamedUnits).Select(unit => unit.Code)), homeless.Count > MaxNamedUnits);
            faults.Add(new(
                Shape.File, null, "path",
                new($"{homeless.Count} 个单位不属于任何分区：{some}{(rest ? " 等" : "")}",
                    $"{homeless.Count} units are of no partition: {some}{(rest ? " and others" : "")}"),
                new("请增加一行，其路径包含这些单位，如最上级单位的路径", "add a row whose path holds them, such as the path of the topmost unit")));
        }
    }

    // Numbers with points between, as a division code has them.
    private static string Path(CsvRow row)
    {
        var path = row.Required("path");
        return path.Length == 0 || (path.Length <= MaxPathLength && path.Split('.').All(IsNumber))
            ? path
            : row.Fault(
                "path", new($"“{path}”不是区划路径", $"'{path}' is not the path of a division"),
                new("请写成 32.04.04.004：省、市、区县、街道、村，以点分开", "write it as 32.04.04.004: province, city, county, street, village"), "");
    }

    private static bool IsNumber(string part) => part.Length > 0 && part.All(char.IsAsciiDigit);

    private static string Connection(CsvRow row)
    {
        var name = row.Text("connection");
        return name.Length <= MaxConnectionLength && name.All(char.IsAsciiLetterOrDigit)
            ? name
            : row.Fault(
                "connection", new($"“{name}”不是连接名称", $"'{name}' is not the name of a connection"),
                new("请用字母和数字，如 east；连接串在 ConnectionStrings__Ledger_east 和 ConnectionStrings__Cube_east",
                    "write letters and digits, such as east; its strings are ConnectionStrings__Ledger_east and "
                    + "ConnectionStrings__Cube_east"),
                "");
    }
}
