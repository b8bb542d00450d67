using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Intake;

/// <summary>The ledger's rows under <c>/api/submissions</c>, as far as the caller may see them.</summary>
internal static class SubmissionRowsApi
{
    private const int MaxRows = 500;
    private const int MaxRuleLength = 32;
    private const int MaxSenderLength = 100;

    public static void MapRows(this RouteGroupBuilder group)
    {
        var rows = group.MapGroup("").WithResponseTimeout();
        rows.MapGet("/", List)
            .WithSummary("The ledger's rows, newest first, 50 at a time; by unit, month, verdict, rule, sender; within: of a unit and "
                + "those that are or were below it.").RequireOwnUnits();
        rows.MapGet("/some", ListBySequence)
            .WithSummary("The rows with these numbers, in order: sequences=3,7,12, at most 500.").RequireOwnUnits();
        rows.MapGet("/{sequence:long}", Find)
            .Produces<SubmissionDetail>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One row in full: receipt, sender, body as sent, the bytes that were hashed.").RequireOwnUnits();
    }

    private static Results<Ok<IReadOnlyList<SubmissionRow>>, ProblemHttpResult, AccessDenials.AccessDenial> List(
        LedgerQueries queries, Caller caller, CatalogueSource catalogues, string? unit, string? period,
        [AllowedValues(StoredVerdicts.Accepted, StoredVerdicts.Refused, StoredVerdicts.Superseded)] string? verdict, string? rule,
        [StringLength(MaxSenderLength)] string? sender, string? within, [Range(1, long.MaxValue)] long? before,
        [Range(1, int.MaxValue)] int limit = 50)
    {
        var visible = VisibleUnits(caller, catalogues);
        var among = Among(visible, within, catalogues);

        // An empty list would read as if the unit had sent nothing. A reviewer sees rows of units that are not its own.
        if (within is not null && visible is not null && among is [] && !caller.MayReview)
        {
            return AccessDenials.ForeignUnit(within);
        }

        return rule is null || (rule.Length <= MaxRuleLength && rule.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            ? TypedResults.Ok(
                FilterVisible(caller, catalogues,
                    queries.List(unit, period, verdict, rule, before, Math.Min(limit, MaxRows), among, sender)))
            : TypedResults.Problem("参数 rule 应为规则编号，如 R06。 / Parameter rule must be the id of a rule, such as R06.",
                statusCode: StatusCodes.Status400BadRequest);
    }

    private static Results<Ok<IReadOnlyList<SubmissionRow>>, ProblemHttpResult> ListBySequence(
        LedgerQueries queries, Caller caller, CatalogueSource catalogues, string sequences)
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
