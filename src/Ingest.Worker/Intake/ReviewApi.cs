using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Intake;

/// <summary>
/// Reviewing a report over HTTP. The request becomes the message that would come over the bus, and takes the way of a submission.
/// </summary>
internal static class ReviewApi
{
    public static void MapReview(this IEndpointRouteBuilder routes) => routes
        .MapPost("/api/submissions/{sequence:long}/review", (HttpRequest request, long sequence, Caller caller, SubmissionIntake intake,
            Ledgers ledgers, BusHealth bus, CancellationToken cancellationToken) => SubmissionBodyReader.ReadAsync(
                request,
                body => SubmissionsApi.RecordAsync(
                    request, RequestMessage.Create("rowToReview", JsonValue.Create(sequence), body, "messageId", "unit", "period"), caller,
                    intake, ledgers, bus, cancellationToken),
                cancellationToken))
        .WithTags("Submissions 报送")
        .Accepts<ReviewRequestBody>("application/json")
        .WithSummary("Approve the report in a ledger row, or return it with a reason (审核): what it set then counts no more until a newer "
            + "revision replaces it. 200: recorded, the receipt; 422: refused, the receipt with every finding.")
        .ProducesReceipt()
        .RequireReviewRight();
}
