using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Worker.Ledger.Witnessing;

namespace XilinIngest.Worker.Ledger;

/// <summary><c>/api/ledger</c>: checkpoints and proofs, with which an auditor verifies the ledger.</summary>
internal static class LedgerApi
{
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/ledger").WithTags("Ledger 台账").WithResponseTimeout().AllowPublic();
        group.MapGet("/checkpoint", FindCheckpoint)
            .WithSummary("The newest signed checkpoint, or the first that covers a row, of the ledger of a partition or a unit.")
            .Produces<Checkpoint>();
        group.MapGet("/inclusion", Inclusion).WithSummary("The proof that a row is in the tree of a checkpoint (RFC 9162).");
        group.MapGet("/consistency", Consistency)
            .WithSummary("The proof that one checkpoint's tree is the beginning of another's (RFC 9162).");
        group.MapGet("/key", (Ledgers ledgers) => TypedResults.Text(ListKeys(ledgers), "text/plain", Encoding.UTF8))
            .WithSummary("The public keys of all ledgers and of their times, newest first: a line for each (c2sp.org/signed-note, vkey).");
        group.MapGet("/keys", (Ledgers ledgers) => TypedResults.Ok(ledgers.All.Select(LedgerKeysOf).ToList()))
            .WithSummary("The same keys for each ledger, oldest first, with the notes by which each introduced the next.");

        // Why a witness does not answer may name machines of the network.
        var inner = routes.MapGroup("/api/ledger").WithTags("Ledger 台账").WithResponseTimeout().RequireAnyRight();
        inner.MapGet("/witnesses", (WitnessService witnesses) => TypedResults.Ok(
                witnesses.Policy is null ? [] : witnesses.All.Select(ledger => ledger.Report()).ToList()))
            .WithSummary("How far the witnesses of each ledger are: what each cosigned last, and why it does not.");
    }

    // The key of times is the same in all ledgers.
    private static string ListKeys(Ledgers ledgers) => string.Concat(
        ledgers.All.SelectMany(ledger => ledger.Signer.Keys.All.Reverse()).Select(key => key.Key)
            .OrderBy(key => key.Algorithm).Distinct().Select(key => key.Text + "\n"));

    private static LedgerKeys LedgerKeysOf(PartitionLedger ledger) => new(
        ledger.Store.PartitionPath, ledger.Signer.Origin,
        [.. ledger.Signer.Keys.All.Select(key => new LedgerKey(key.Key.Text, key.After, key.Introduction))]);

    private static IResult FindCheckpoint(Ledgers ledgers, [Range(1, long.MaxValue)] long? covering, string? partition, string? unit) =>
        ledgers.Choose(partition ?? ledgers.PathOf(unit)) switch
        {
            { Problem: { } problem } => problem,
            { Ledger: var ledger } when ledger!.Queries.Checkpoint(covering) is { } checkpoint =>
                Results.Json(checkpoint, WireFormat.Options),
            _ => Results.Problem("台账为空或没有这一号。 / The ledger is empty, or has no such row.", statusCode: StatusCodes.Status404NotFound),
        };

    private static Results<Ok<InclusionProof>, ProblemHttpResult> Inclusion(
        Ledgers ledgers, long sequence, long? treeSize, string? partition)
    {
        var (ledger, problem) = ledgers.Choose(partition);
        if (ledger is null)
        {
            return problem!;
        }

        var count = ledger.Queries.Count();
        var size = treeSize ?? count;
        return sequence >= 1 && sequence <= size && size <= count
            ? TypedResults.Ok(ledger.Proofs.Inclusion(sequence, size))
            : TypedResults.Problem($"须满足 1 ≤ sequence ≤ treeSize ≤ {count}。 / Needed: 1 ≤ sequence ≤ treeSize ≤ {count}.",
                statusCode: StatusCodes.Status400BadRequest);
    }

    private static Results<Ok<ConsistencyProof>, ProblemHttpResult> Consistency(
        Ledgers ledgers, long first, long? second, string? partition)
    {
        var (ledger, problem) = ledgers.Choose(partition);
        if (ledger is null)
        {
            return problem!;
        }

        var count = ledger.Queries.Count();
        var size = second ?? count;
        return first >= 1 && first <= size && size <= count
            ? TypedResults.Ok(ledger.Proofs.Consistency(first, size))
            : TypedResults.Problem($"须满足 1 ≤ first ≤ second ≤ {count}。 / Needed: 1 ≤ first ≤ second ≤ {count}.",
                statusCode: StatusCodes.Status400BadRequest);
    }
}

/// <summary>The keys that signed a ledger, oldest first.</summary>
public sealed record LedgerKeys(string? Partition, string Origin, IReadOnlyList<LedgerKey> Keys);

/// <summary>A key of a ledger or of its times: it signs checkpoints of more than <c>After</c> rows. The note introduces it.</summary>
public sealed record LedgerKey(string Key, long After, string? Introduction);
