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
        group.MapGet("/checkpoint",
            (LedgerQueries queries, [Range(1, long.MaxValue)] long? covering) => queries.Checkpoint(covering) is { } checkpoint
            ? Results.Json(checkpoint, WireFormat.Options)
            : Results.Problem("台账为空或没有这一号。 / The ledger is empty, or has no such row.", statusCode: StatusCodes.Status404NotFound))
            .WithSummary("The newest signed checkpoint, or the first that covers a row.")
            .Produces<Checkpoint>();
        group.MapGet("/inclusion", Inclusion).WithSummary("The proof that a row is in the tree of a checkpoint (RFC 9162).");
        group.MapGet("/consistency", Consistency)
            .WithSummary("The proof that one checkpoint's tree is the beginning of another's (RFC 9162).");
        group.MapGet("/key", (CheckpointSigner signer) => TypedResults.Text(signer.PublicKeyPem, "application/x-pem-file"))
            .WithSummary("The public key that checkpoints are signed with (ECDSA P-256).");
    }

    private static Results<Ok<InclusionProof>, ProblemHttpResult> Inclusion(LedgerQueries queries, long sequence, long? treeSize)
    {
        var count = queries.Count();
        var size = treeSize ?? count;
        return sequence >= 1 && sequence <= size && size <= count
            ? TypedResults.Ok(queries.Inclusion(sequence, size))
            : TypedResults.Problem($"须满足 1 ≤ sequence ≤ treeSize ≤ {count}。 / Needed: 1 ≤ sequence ≤ treeSize ≤ {count}.",
                statusCode: StatusCodes.Status400BadRequest);
    }

    private static Results<Ok<ConsistencyProof>, ProblemHttpResult> Consistency(LedgerQueries queries, long first, long? second)
    {
        var count = queries.Count();
        var size = second ?? count;
        return first >= 1 && first <= size && size <= count
            ? TypedResults.Ok(queries.Consistency(first, size))
            : TypedResults.Problem($"须满足 1 ≤ first ≤ second ≤ {count}。 / Needed: 1 ≤ first ≤ second ≤ {count}.",
                statusCode: StatusCodes.Status400BadRequest);
    }
}
