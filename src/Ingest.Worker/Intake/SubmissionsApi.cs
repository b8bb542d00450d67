using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Intake;

/// <summary><c>/api/submissions</c>: the intake over HTTP; the ledger's rows are in <see cref="SubmissionRowsApi"/>.</summary>
internal static class SubmissionsApi
{
    // How often a waiting request checks whether a receipt is still possible.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    public static void MapSubmissions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/submissions").WithTags("Submissions 报送");
        group.MapPost("/", Submit)
            .Accepts<SubmitIndicators>("application/json")
            .WithSummary("Submit one submission or a pack. 200: recorded, the receipt; 422: refused, the receipt with every finding.")
            .ProducesReceipt()
            .RequireEnterRight();
        group.MapPost("/check", Check)
            .Accepts<SubmitIndicators>("application/json")
            .WithSummary("What a submission or a pack would be answered if it were sent now: verdict and findings. Nothing is recorded.")
            .Produces<SubmissionCheck>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .RequireEnterRight();
        group.MapRows();
    }

    private static Task<IResult> Submit(
        HttpRequest request, Caller caller, SubmissionIntake intake, Ledgers ledgers, BusHealth bus,
        CancellationToken cancellationToken) => SubmissionBodyReader.ReadAsync(request,
            body => RecordAsync(request, body, caller, intake, ledgers, bus, cancellationToken), cancellationToken);

    /// <summary>Describes what a route that records a message answers: its receipt, or why there is none.</summary>
    public static RouteHandlerBuilder ProducesReceipt(this RouteHandlerBuilder route) => route
            .Produces<SubmissionReceipt>()
            .Produces<SubmissionReceipt>(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Records a body in the caller's name, and answers with its receipt.</summary>
    public static async Task<IResult> RecordAsync(
        HttpRequest request, byte[] body, Caller caller, SubmissionIntake intake, Ledgers ledgers, BusHealth bus,
        CancellationToken cancellationToken)
    {
        try
        {
            // Of one ledger it is known at once whether it answers; of several, once the body says which of them it is for.
            EnsureAvailable(ledgers.All.Count == 1 ? ledgers.All : [], bus);
            var sender = SenderIdentityFactory.From(caller);
            var (submissions, isPack) = intake.Prepare(body, sender);
            var receipts = await RunWhileAvailable(
                token => intake.AppendAsync(submissions, sender, token), ledgers.HomesOf(submissions), bus,
                cancellationToken);
            return isPack
                ? TypedResults.Json(new SubmissionReceiptPack { Receipts = receipts }, WireFormat.Options)
                : TypedResults.Json(receipts[0], WireFormat.Options,
                    statusCode: receipts[0].Verdict == Verdict.Refused
                        ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        }
        catch (LedgerUnavailableException exception)
        {
            return Unavailable(request, exception);
        }
    }

    // A receipt needs the ledger and the bus. A waiting request ends as soon as one of them is unavailable.
    private static async Task<T> RunWhileAvailable<T>(
        Func<CancellationToken, Task<T>> take, IReadOnlyList<PartitionLedger> ledgers, BusHealth bus, CancellationToken cancellationToken)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        EnsureAvailable(ledgers, bus);
        var taking = take(given.Token);
        while (true)
        {
            await ((Task)taking).WaitAsync(PollInterval, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (taking.IsCompleted)
            {
                return await taking;
            }

            if (FindObstacle(ledgers, bus) is { } obstacle)
            {
                await given.CancelAsync();
                throw obstacle;
            }
        }
    }

    private static void EnsureAvailable(IReadOnlyList<PartitionLedger> ledgers, BusHealth bus)
    {
        if (FindObstacle(ledgers, bus) is { } obstacle)
        {
            throw obstacle;
        }
    }

    private static LedgerUnavailableException? FindObstacle(IReadOnlyList<PartitionLedger> ledgers, BusHealth bus) =>
        bus.Fault is { } fault ? LedgerUnavailableException.FromFault(fault)
            : ledgers.Select(ledger => ledger.Availability.DatabaseTimeout).FirstOrDefault(timeout => timeout is not null);

    private static Task<IResult> Check(
        HttpRequest request, Caller caller, SubmissionIntake intake, CancellationToken cancellationToken)
    {
        return SubmissionBodyReader.ReadAsync(request, CheckBodyAsync, cancellationToken);

        async Task<IResult> CheckBodyAsync(byte[] body)
        {
            var (checks, isPack) =
                await ResponseTimeout.RunAsync(() => Task.FromResult(intake.DryRun(body, SenderIdentityFactory.From(caller))));
            return isPack
                ? TypedResults.Json(new SubmissionCheckPack(checks), ApiJson.Options)
                : TypedResults.Json(checks[0], ApiJson.Options);
        }
    }

    private static ProblemHttpResult Unavailable(HttpRequest request, LedgerUnavailableException why)
    {
        request.HttpContext.Response.Headers.RetryAfter = ((int)why.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem($"{why.MessageZh} / {why.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
