using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Reading;
using XilinIngest.Submissions.Senders;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Intake;

/// <summary><c>/api/submissions</c>: the intake over HTTP, and the ledger's rows.</summary>
internal static class SubmissionsApi
{
    private const int MaxBodyBytes = SubmissionIntake.MaxBodyBytes;
    private const int MaxRows = 500;
    private const int MaxRuleLength = 32;

    // How often a waiting request checks whether a receipt is still possible.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    public static void MapSubmissions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/submissions").WithTags("Submissions 报送");
        group.MapPost("/", Submit)
            .Accepts<SubmitIndicators>("application/json")
            .WithSummary("Submit one submission or a pack. 200: recorded, the receipt; 422: refused, the receipt with every finding.")
            .Produces<SubmissionReceipt>()
            .Produces<SubmissionReceipt>(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
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
        var rows = group.MapGroup("").WithResponseTimeout();
        rows.MapGet("/", List)
            .WithSummary("The ledger's rows, newest first, 50 at a time; by unit, month, verdict, rule.").RequireOwnUnits();
        rows.MapGet("/some", ListBySequence)
            .WithSummary("The rows with these numbers, in order: sequences=3,7,12, at most 500.").RequireOwnUnits();
        rows.MapGet("/{sequence:long}", Find)
            .Produces<SubmissionDetail>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One row in full: receipt, sender, body as sent, the bytes that were hashed.").RequireOwnUnits();
    }

    private static Task<IResult> Submit(
        HttpRequest request, Caller caller, SubmissionIntake intake, LedgerWriter ledger, BusHealth bus,
        CancellationToken cancellationToken) => WithBody(request, async body =>
    {
        try
        {
            var (receipts, isPack) =
                await RunWhileAvailable(token => intake.AcceptAsync(body, SenderIdentityFactory.From(caller), token), ledger, bus,
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
    }, cancellationToken);

    // A receipt needs the ledger and the bus. A waiting request ends as soon as one of them is unavailable.
    private static async Task<T> RunWhileAvailable<T>(
        Func<CancellationToken, Task<T>> take, LedgerWriter ledger, BusHealth bus, CancellationToken cancellationToken)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var taking = Obstacle() is { } atOnce ? throw atOnce : take(given.Token);
        while (true)
        {
            await ((Task)taking).WaitAsync(PollInterval, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (taking.IsCompleted)
            {
                return await taking;
            }

            if (Obstacle() is { } obstacle)
            {
                await given.CancelAsync();
                throw obstacle;
            }
        }

        LedgerUnavailableException? Obstacle() =>
            bus.Fault is { } fault ? LedgerUnavailableException.FromFault(fault) : ledger.Availability.DatabaseTimeout;
    }

    private static Task<IResult> Check(
        HttpRequest request, Caller caller, SubmissionIntake intake, CancellationToken cancellationToken) => WithBody(request, async body =>
    {
        var (checks, isPack) =
            await ResponseTimeout.RunAsync(() => Task.FromResult(intake.DryRun(body, SenderIdentityFactory.From(caller))));
        return isPack ? TypedResults.Json(new SubmissionCheckPack(checks), ApiJson.Options) : TypedResults.Json(checks[0], ApiJson.Options);
    }, cancellationToken);

    // The checks of a body that all routes share.
    private static async Task<IResult> WithBody(
        HttpRequest request, Func<byte[], Task<IResult>> answer, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } coding
            && !coding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers.AcceptEncoding = "identity";
            return TypedResults.Problem(
                "正文是压缩过的，本服务不解压。请不加 Content-Encoding，直接发送 JSON。 / The body is compressed, which is not taken. Send the JSON as it is, "
                + "without Content-Encoding.",
                statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.ContentType is null)
        {
            // A web page of another origin can send a body without a type and without a preflight request.
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        if (await ReadBody(request, cancellationToken) is not { } body)
        {
            return TypedResults.Problem(
                $"正文超过 {MaxBodyBytes} 字节。请分几次报送。 / The body is larger than {MaxBodyBytes} bytes. Send it in several parts.",
                statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            return await answer(body);
        }
        catch (QuotaExceededException exception)
        {
            request.HttpContext.Response.Headers.RetryAfter =
                ((int)Math.Ceiling(exception.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return TypedResults.Problem(exception.Told, statusCode: StatusCodes.Status429TooManyRequests);
        }
        catch (SenderNotAuthorisedException exception)
        {
            return AccessDenials.ForeignUnit(exception.Units);
        }
        catch (UnreadableBodyException exception)
        {
            return TypedResults.Problem($"{exception.MessageZh} / {exception.Message}", statusCode: StatusCodes.Status400BadRequest,
                title: "报表无法读取 / Unreadable submission");
        }
    }

    private static ProblemHttpResult Unavailable(HttpRequest request, LedgerUnavailableException why)
    {
        request.HttpContext.Response.Headers.RetryAfter = ((int)why.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem($"{why.MessageZh} / {why.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    // Null: too large. Read in parts, so that a body without a declared length is limited too.
    private static async Task<byte[]?> ReadBody(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBodyBytes)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaxBodyBytes)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static Results<Ok<IReadOnlyList<SubmissionRow>>,
        ProblemHttpResult> List(LedgerQueries queries, Caller caller, CatalogueSource catalogues, string? unit, string? period,
        [AllowedValues(StoredVerdicts.Accepted, StoredVerdicts.Refused, StoredVerdicts.Superseded)] string? verdict, string? rule,
        [Range(1, long.MaxValue)] long? before, [Range(1, int.MaxValue)] int limit = 50) =>
        rule is null || (rule.Length <= MaxRuleLength && rule.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            ? TypedResults.Ok(
                FilterVisible(caller, catalogues,
                    queries.List(unit, period, verdict, rule, before, Math.Min(limit, MaxRows), VisibleUnits(caller, catalogues))))
            : TypedResults.Problem("参数 rule 应为规则编号，如 R06。 / Parameter rule must be the id of a rule, such as R06.",
                statusCode: StatusCodes.Status400BadRequest);

    private static Results<Ok<IReadOnlyList<SubmissionRow>>,
        ProblemHttpResult> ListBySequence(LedgerQueries queries, Caller caller, CatalogueSource catalogues, string sequences)
    {
        var texts = sequences.Split(',', MaxRows + 1);
        var numbers =
            texts.Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .ToList();
        return numbers.Count <= MaxRows && !numbers.Contains(0)
            ? TypedResults.Ok(FilterVisible(caller, catalogues, queries.ListBySequence(numbers)))
            : TypedResults.Problem(
                $"参数 sequences 应为台账号，以逗号分隔，最多 {MaxRows} 个，如 3,7,12。 / Parameter sequences must be numbers of ledger rows with commas "
                + $"between, at most {MaxRows}, such as 3,7,12.",
                statusCode: StatusCodes.Status400BadRequest);
    }

    private static IResult Find(long sequence, LedgerQueries queries, Caller caller, CatalogueSource catalogues) =>
        queries.Find(sequence) switch
        {
            null => TypedResults.Problem($"台账没有第 {sequence} 号。 / The ledger has no row {sequence}.",
                statusCode: StatusCodes.Status404NotFound),
            { Receipt: var receipt } when !IsVisibleTo(caller, catalogues.Current.Units, receipt.Unit, receipt.Period) =>
                AccessDenials.ForeignUnit($"#{sequence}"),
            var row => TypedResults.Ok(row),
        };

    // Null: all.
    private static IReadOnlyList<string>? VisibleUnits(Caller caller, CatalogueSource catalogues) =>
        caller.MayReadAll ? null : LedgerQueries.UnitsVisibleTo(caller, catalogues.Current.Units);

    // A unit that has moved belongs to its new parent from then on, and to its former parent for the months before.
    private static IReadOnlyList<SubmissionRow> FilterVisible(
        Caller caller, CatalogueSource catalogues, IReadOnlyList<SubmissionRow> rows) =>
        caller.MayReadAll ? rows : [.. rows.Where(row => IsVisibleTo(caller, catalogues.Current.Units, row.Unit, row.Period))];

    private static bool IsVisibleTo(Caller caller, UnitTree tree, string unit, string period) => caller.MaySeeSubmissionsOf(
        UnitCode.TryParse(unit, out var code) && tree.TryFind(code, out var found) ? found : null,
        Period.TryParse(period, out var month) ? month : null, tree);
}
