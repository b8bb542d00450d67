using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

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
        group.MapGet("/key", (Ledgers ledgers) => TypedResults.Text(ledgers.All[0].Signer.PublicKeyPem, "application/x-pem-file"))
            .WithSummary("The public key that checkpoints are signed with (ECDSA P-256); the same for the ledgers of all partitions.");
    }

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
