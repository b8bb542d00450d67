using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Intake;

/// <summary>
/// Closing and reopening a month over HTTP. The request becomes the message that would come over the bus, and takes the way of a
/// submission.
/// </summary>
internal static class MonthClosingApi
{
    public static void MapMonthClosing(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/months/{period}").WithTags("Months 关账");
        Map(group, "/close", "monthToClose",
            "Close a month (关账) for all units: from then on only corrections with a reason are taken. 200: closed, the receipt; 422: "
            + "refused, the receipt with every finding.");
        Map(group, "/reopen", "monthToReopen",
            "Reopen a month that is closed or locked (重开), with a reason, until it is closed again or until a time. 200 and 422 as for "
            + "close.");
    }

    private static void Map(IEndpointRouteBuilder group, string path, string field, string summary) =>
        group.MapPost(path, (HttpRequest request, string period, Caller caller, SubmissionIntake intake, Ledgers ledgers, BusHealth bus,
                CancellationToken cancellationToken) => SubmissionBodyReader.ReadAsync(request,
            body => SubmissionsApi.RecordAsync(
                request, RequestMessage.Create(field, JsonValue.Create(period), body), caller, intake, ledgers, bus, cancellationToken),
            cancellationToken))
            .Accepts<MonthChangeRequest>("application/json")
            .WithSummary(summary)
            .ProducesReceipt()
            .RequireCloseRight();
}
