using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using XilinIngest.Indicators;

namespace XilinIngest.Worker.Ledger;

/// <summary>The ledger that a request names with its parameter <c>partition</c>.</summary>
internal static class PartitionChoice
{
    private const int MaxListed = 20;

    /// <summary>The paths of the partitions, the first of them if there are many.</summary>
    public static string ListPartitions(this Ledgers ledgers) =>
        string.Join(", ", ledgers.All.Take(MaxListed).Select(ledger => ledger.Partition.Path))
        + (ledgers.All.Count > MaxListed ? ", …" : "");

    /// <summary>The path of the partition that has a unit; null: no unit is named, or one ledger has the whole tree.</summary>
    public static string? PathOf(this Ledgers ledgers, string? unit) =>
        UnitCode.TryParse(unit, out var code) ? ledgers.HomeOf(code).Store.PartitionPath : null;

    /// <summary>The ledger; null, and a problem: the parameter is missing where there are several, or it names none.</summary>
    public static (PartitionLedger? Ledger, ProblemHttpResult? Problem) Choose(this Ledgers ledgers, string? partition)
    {
        if (ledgers.Find(partition) is { } ledger)
        {
            return (ledger, null);
        }

        if (!ledgers.AreOfPartitions)
        {
            return (null, TypedResults.Problem(
                "本系统没有分区，请去掉参数 partition。 / This installation has no partitions: leave the parameter partition out.",
                statusCode: StatusCodes.Status404NotFound));
        }

        var listed = ledgers.ListPartitions();
        return (null, string.IsNullOrEmpty(partition)
            ? TypedResults.Problem(
                $"台账按分区设置，请用参数 partition 指明：{listed}。 / Each partition has a ledger: name one with the parameter partition: {listed}.",
                statusCode: StatusCodes.Status400BadRequest,
                extensions: [new("partitions", ledgers.All.Select(each => each.Partition.Path).ToList())])
            : TypedResults.Problem($"没有这个分区。现有：{listed}。 / There is no such partition. There are: {listed}.",
                statusCode: StatusCodes.Status404NotFound));
    }
}
