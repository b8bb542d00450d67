using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Worker.Ledger;

/// <summary><c>/api/timeliness</c>: which months were reported on time, late or not at all (及时率).</summary>
internal static class TimelinessApi
{
    // Each has twelve reports, which are read again from their bodies.
    private const int MaxReporters = 2000;

    public static void MapTimeliness(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/timeliness").WithTags("Submissions 报送").WithResponseTimeout().MapGet("", ForYear)
            .WithSummary("Which months of a year the units at and below a unit reported on time, late or not at all.")
            .Produces<YearTimeliness>().RequireAnyRight();

    private static IResult ForYear(
        TimelinessQuery query, CatalogueSource catalogues, TimeProvider clock, string unit, [Range(1900, 9998)] int year)
    {
        var catalogue = catalogues.Current;
        if (!catalogue.Units.TryFind(unit, out var found))
        {
            return Results.Problem($"名录中没有单位“{Shorten(unit)}”。 / Unit “{Shorten(unit)}” is not in the catalogue.",
                statusCode: StatusCodes.Status404NotFound);
        }

        var reporters = TimelinessQuery.ReportersOf(catalogue, found, year);
        return reporters.Count <= MaxReporters
            ? TypedResults.Ok(query.ForYear(catalogue, found, reporters, year, clock.GetUtcNow()))
            : Results.Problem(
                $"该单位以下有 {reporters.Count} 个报送单位，一次最多列出 {MaxReporters} 个；请选择下一级单位。 / {reporters.Count} units report "
                + $"below it, and at most {MaxReporters} are listed at once; choose a unit below it.",
                statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
