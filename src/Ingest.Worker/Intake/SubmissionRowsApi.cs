using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.SignedNotes;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Witnessing;

namespace XilinIngest.Worker.Intake;

/// <summary>The ledger's rows under <c>/api/submissions</c>, as far as the caller may see them.</summary>
internal static class SubmissionRowsApi
{
    private const int MaxRows = 500;
    private const int MaxRuleLength = 32;
    private const int MaxSenderLength = 100;
    private const string ReceiptCheckpoint = "receipt";
    private const string NewestCheckpoint = "newest";

    public static void MapRows(this RouteGroupBuilder group)
    {
        var rows = group.MapGroup("").WithResponseTimeout();
        rows.MapGet("/", List)
            .WithSummary("The ledger's rows, newest first, 50 at a time; by unit, month, verdict, rule, sender; within: of a unit and "
                + "those that are or were below it. Of several partitions all in one order; the next page is before a row of a partition.")
            .RequireOwnUnits();
        rows.MapGet("/some", ListBySequence)
            .WithSummary("The rows with these numbers, in order: sequences=3,7,12, at most 500.").RequireOwnUnits();
        rows.MapGet("/{sequence:long}", Find)
            .Produces<SubmissionDetail>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One row in full: receipt, sender, body as sent, the bytes that were hashed. Of several partitions, that of the "
                + "named one, or of the unit's.").RequireOwnUnits();
        rows.MapGet("/{sequence:long}/proof", FindProof)
            .Produces(StatusCodes.Status200OK, contentType: "text/plain")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A file that proves one row without the service (c2sp.org/tlog-proof), with the bytes that were hashed, at the "
                + "checkpoint of the row's receipt or at the newest (that of /checkpoint, with the cosignatures of witnesses).")
            .RequireOwnUnits();
    }

    private static Results<Ok<IReadOnlyList<SubmissionRow>>, ProblemHttpResult, AccessDenials.AccessDenial> List(
        Ledgers ledgers, Caller caller, CatalogueSource catalogues, string? unit, string? period,
        [AllowedValues(StoredVerdicts.Accepted, StoredVerdicts.Refused, StoredVerdicts.Superseded)] string? verdict, string? rule,
        [StringLength(MaxSenderLength)] string? sender, string? within, [Range(1, long.MaxValue)] long? before, string? beforePartition,
        string? partition, [Range(1, int.MaxValue)] int limit = 50)
    {
        var visible = VisibleUnits(caller, catalogues);
        var among = Among(visible, within, catalogues);

        // An empty list would read as if the unit had sent nothing. A reviewer sees rows of units that are not its own.
        if (within is not null && visible is not null && among is [] && !caller.MayReview)
        {
            return AccessDenials.ForeignUnit(within);
        }

        if (rule is not null && !(rule.Length <= MaxRuleLength && rule.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')))
        {
            return TypedResults.Problem("参数 rule 应为规则编号，如 R06。 / Parameter rule must be the id of a rule, such as R06.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        var filter = new RowFilter
        {
            Unit = unit,
            Period = period,
            Verdict = verdict,
            Rule = rule,
            Sender = sender,
            Among = among,
        };
        var (rows, problem) = Read(ledgers, filter, before, beforePartition, partition, Math.Min(limit, MaxRows));
        return rows is null ? problem! : TypedResults.Ok(FilterVisible(caller, catalogues, rows));
    }

    // All ledgers in one order, unless one of them is named or there is only one.
    private static (IReadOnlyList<SubmissionRow>? Rows, ProblemHttpResult? Problem) Read(
        Ledgers ledgers, RowFilter filter, long? before, string? beforePartition, string? partition, int limit)
    {
        if (!ledgers.AreOfPartitions || partition is not null)
        {
            var (ledger, problem) = ledgers.Choose(partition ?? beforePartition);
            return (ledger?.Queries.List(
                filter.Unit, filter.Period, filter.Verdict, filter.Rule, before, limit, filter.Among, filter.Sender), problem);
        }

        if (before is not { } sequence)
        {
            return (ledgers.ListRows(filter, before: null, limit), null);
        }

        var (last, unknown) = ledgers.Choose(beforePartition);
        return last is not null
            ? (ledgers.ListRows(filter, (last, sequence), limit), null)
            : (null, beforePartition is not null ? unknown : TypedResults.Problem(
                $"台账按分区设置：参数 before 须与该行的分区 beforePartition 一起给出：{ledgers.ListPartitions()}。 / Each partition has a ledger: give "
                + $"before together with the partition of that row, beforePartition: {ledgers.ListPartitions()}.",
                statusCode: StatusCodes.Status400BadRequest));
    }

    private static Results<Ok<IReadOnlyList<SubmissionRow>>, ProblemHttpResult> ListBySequence(
        Ledgers ledgers, Caller caller, CatalogueSource catalogues, string sequences, string? partition)
    {
        var texts = sequences.Split(',', MaxRows + 1);
        var numbers =
            texts.Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .ToList();
        if (numbers.Count > MaxRows || numbers.Contains(0))
        {
            return TypedResults.Problem(
                $"参数 sequences 应为台账号，以逗号分隔，最多 {MaxRows} 个，如 3,7,12。 / Parameter sequences must be numbers of ledger rows with commas "
                + $"between, at most {MaxRows}, such as 3,7,12.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        var (ledger, problem) = ledgers.Choose(partition);
        return ledger is null ? problem! : TypedResults.Ok(FilterVisible(caller, catalogues, ledger.Queries.ListBySequence(numbers)));
    }

    private static IResult Find(
        long sequence, string? partition, string? unit, Ledgers ledgers, Caller caller, CatalogueSource catalogues) =>
        AnswerFor(sequence, partition, unit, ledgers, caller, catalogues, (_, row) => TypedResults.Ok(row));

    // The file has the row, so it is for whoever may see the row. The hashes alone are at /api/ledger/inclusion, for everyone.
    private static IResult FindProof(
        long sequence, [AllowedValues(ReceiptCheckpoint, NewestCheckpoint)] string? checkpoint, string? partition, string? unit,
        Ledgers ledgers, WitnessService witnesses, Caller caller, CatalogueSource catalogues) =>
        AnswerFor(sequence, partition, unit, ledgers, caller, catalogues, (ledger, row) =>
        {
            var newest = checkpoint == NewestCheckpoint ? witnesses.Of(ledger).FindCheckpoint(covering: sequence) : null;
            var file = ledger.Proofs.CreateFile(row, newest);
            return TypedResults.File(
                Encoding.UTF8.GetBytes(file.ToString()), "text/plain; charset=utf-8",
                NameOf(row.Receipt, newest is null ? null : file.Tree.Size));
        });

    private static IResult AnswerFor(
        long sequence, string? partition, string? unit, Ledgers ledgers, Caller caller, CatalogueSource catalogues,
        Func<PartitionLedger, SubmissionDetail, IResult> answer)
    {
        var (ledger, problem) = ledgers.Choose(partition ?? ledgers.PathOf(unit));
        return ledger is null ? problem! : ledger.Queries.Find(sequence) switch
        {
            null => TypedResults.Problem($"台账没有第 {sequence} 号。 / The ledger has no row {sequence}.",
                statusCode: StatusCodes.Status404NotFound),
            { Receipt: var receipt } when !IsVisibleTo(caller, catalogues.Current.Units, receipt.Unit, receipt.Period) =>
                AccessDenials.ForeignUnit($"#{sequence}"),
            var row => answer(ledger, row),
        };
    }

    // Unit and month are as they were sent: a file is named after them only if they are a unit and a month.
    private static string NameOf(SubmissionReceipt receipt, long? treeSize) => string.Join('-', new[]
    {
        UnitCode.TryParse(receipt.Unit, out var unit) ? unit.Value : null,
        Period.TryParse(receipt.Period, out var month) ? month.ToString() : null,
        receipt.Partition,
        receipt.Sequence.ToString(CultureInfo.InvariantCulture),
        treeSize is null ? null : string.Create(CultureInfo.InvariantCulture, $"at-{treeSize}"),
    }.OfType<string>()) + TlogProof.Extension;

    // Null: all.
    private static IReadOnlyList<string>? VisibleUnits(Caller caller, CatalogueSource catalogues) =>
        caller.MayReadAll ? null : LedgerQueries.UnitsVisibleTo(caller, catalogues.Current.Units);

    private static IReadOnlyList<string>? Among(IReadOnlyList<string>? visible, string? within, CatalogueSource catalogues) =>
        within is null ? visible
            : LedgerQueries.UnitsWithin(within, catalogues.Current.Units) is var below && visible is null
                ? below : [.. below.Intersect(visible!, StringComparer.Ordinal)];

    // A unit that has moved belongs to its new parent from then on, and to its former parent for the months before.
    private static IReadOnlyList<SubmissionRow> FilterVisible(
        Caller caller, CatalogueSource catalogues, IReadOnlyList<SubmissionRow> rows) =>
        caller.MayReadAll ? rows : [.. rows.Where(row => IsVisibleTo(caller, catalogues.Current.Units, row.Unit, row.Period))];

    private static bool IsVisibleTo(Caller caller, UnitTree tree, string unit, string period) => caller.MaySeeSubmissionsOf(
        tree.TryFind(unit, out var found) ? found : null,
        Period.TryParse(period, out var month) ? month : null, tree);
}
