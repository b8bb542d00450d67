using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Report;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>The edited texts of reports: read by everyone who reads the report, written until the month is released.</summary>
internal static class ReportTextsApi
{
    private const int MaxComputed = 40_000;
    private static readonly (string Zh, string En) NoSuchSection = ("报告中没有这一部分。", "The report has no such section.");

    // Both texts, each character as up to three bytes.
    private const int MaxBytes = 3 * (ReportTextRequest.MaxLength + MaxComputed) + 1_000;

    public static void MapReportTexts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/report/texts", List)
            .WithSummary("The sections of a unit's report whose text was edited, as of now or as released; by whom, for read and close.")
            .RequireAnyRightFiltered();
        api.MapGet("/report/texts/versions", ListVersions)
            .WithSummary("The texts that a section of a unit's report has had, newest first; by whom, for read and close.")
            .RequireAnyRightFiltered();
        api.MapPost("/report/texts", EditAsync).Accepts<ReportTextRequest>("application/json").Produces<ReportSectionText>()
            .WithSummary("Edit a section of a report before its month is released, or put it back to the computed text.")
            .RequireCloseRight();
    }

    private static IResult List(
        PublishedModel model, ResultPartitions partitions, Caller caller, string unit, string period,
        [Range(1, int.MaxValue)] int? release) => QueryResolver.Run(model, unit, period, (published, found, month) =>
            release is { } number && published.Releases.Find(month, number) is null ? ReleasesApi.NoSuchRelease(month, release)
            : !published.HasTotals(found) ? QueryResolver.HasNoTotals(found)
            : ApiResults.Json(new ReportTexts(
                found.Code.Value, month.ToString(),
                [.. ReadTexts(published, partitions, found, month, release).Select(text => Describe(text, caller))],
                release is null && IsOpen(published, partitions, month))
            {
                ReleasedAt = release is { } of ? published.Releases.Find(month, of)?.ReleasedAt : null,
            }));

    private static IResult ListVersions(
        PublishedModel model, ResultPartitions partitions, Caller caller, string unit, string period, string section,
        [AllowedValues("zh", "en")] string language) => QueryResolver.Run(model, unit, period, (published, found, month) =>
        {
            if (!published.HasTotals(found))
            {
                return QueryResolver.HasNoTotals(found);
            }

            // A section that the catalogue had once keeps its texts.
            var versions = partitions.HomeOf(published.Catalogue, found).Store.ReadReportTextVersions(month, found.Code)
                .Where(text => text.Key.Section == section && text.Key.Language == language)
                .Select(text => Describe(text, caller)).ToList();
            return versions.Count == 0 && !HasSection(section, published.Catalogue)
                ? JsonBody.BadRequest(NoSuchSection.Zh, NoSuchSection.En)
                : ApiResults.Json<IReadOnlyList<ReportSectionText>>(versions);
        });

    private static Task<IResult> EditAsync(
        HttpRequest request, PublishedModel model, ResultPartitions partitions, ResultFeed feed, TimeProvider clock, Caller caller,
        CancellationToken cancellationToken) => JsonBody.ReadAsync<ReportTextRequest>(
            request,
            body => QueryResolver.Run(model, body.Unit, body.Period, (published, unit, month) =>
                !published.HasTotals(unit) ? QueryResolver.HasNoTotals(unit)
                : month.Month > published.HorizonOf(month.Year) ? ReportApi.HasNoFigures(unit, body.Unit, month.Year, month.Month)
                : Fault(body, published.Catalogue) is var (zh, en) ? JsonBody.BadRequest(zh, en)
                : !IsOpen(published, partitions, month) ? IsReleased(month)
                : Edit(body, (partitions.HomeOf(published.Catalogue, unit), feed), (unit, month), clock.GetUtcNow(), caller)),
            cancellationToken, MaxBytes);

    private static IResult Edit(
        ReportTextRequest body, (PartitionResults Home, ResultFeed Feed) results, (Unit Unit, Period Month) of,
        DateTimeOffset now, Caller caller)
    {
        var key = new SectionKey(of.Month, of.Unit.Code.Value, body.Section, body.Language);
        var (outcome, newest) = results.Home.Store.AddReportText(
            new(key, body.Version, body.Text, body.Computed, "", CallerName.Of(caller), now),
            results.Home.Host.Releases.LastOf(of.Month)?.Number ?? 0);
        if (outcome == EditOutcome.Stored)
        {
            results.Feed.NotifyTextEdited();
        }

        var (byZh, byEn) = CallerName.Describe(newest?.EditedBy ?? "");
        return outcome switch
        {
            EditOutcome.Stored => ApiResults.Json(Describe(newest!, caller)),
            EditOutcome.Released => IsReleased(of.Month),
            _ => JsonBody.Conflict(
                newest is null ? "这一部分还没有人编辑过，版本号应为 0。" : $"这一部分已由{byZh}先行编辑（第 {newest.Version} 版）。请先看其文字，再决定是否保存。",
                newest is null ? "No one has edited this section yet: the version is 0."
                    : $"This section was edited first by {byEn} (version {newest.Version}). Read that text before you save yours."),
        };
    }

    // A month that was reopened is released again, with the texts of that time.
    private static bool IsOpen(PublishedSnapshot published, ResultPartitions partitions, Period month) =>
        published.Releases.LastOf(month) is null
        || !partitions.All.All(each => each.Host.Read((cube, now) => cube.IsFinal(month, now)));

    // A release has its number in each partition's store.
    private static IReadOnlyList<EditedText> ReadTexts(
        PublishedSnapshot published, ResultPartitions partitions, Unit unit, Period month, int? release)
    {
        var home = partitions.HomeOf(published.Catalogue, unit);
        var number = release is { } of && published.Releases.Find(month, of)?.Parts is { } parts
            ? parts.ByPath[home.Partition.Path].Number : release;
        return home.Store.ReadReportTexts(month, unit.Code, number);
    }

    private static IResult IsReleased(Period month) => JsonBody.Conflict(
        $"{month} 已经发布，报告文字以发布时为准，不能再编辑。确需修改的，先重开该月；再次发布时，以当时的文字为准。",
        $"{month} is released, and its report stays as it was then. If it has to be changed, reopen the month: its next release has the "
        + "texts of that time.");

    private static (string Zh, string En)? Fault(ReportTextRequest request, Catalogue catalogue)
    {
        if (request.Language is not ("zh" or "en"))
        {
            return ("language 只能是 zh 或 en。", "The language is zh or en.");
        }

        if (!HasSection(request.Section, catalogue))
        {
            return NoSuchSection;
        }

        if (request.Text is { } text && !JsonBody.IsText(text, ReportTextRequest.MaxLength))
        {
            return ($"文字至多 {ReportTextRequest.MaxLength} 字，一段一行，不能有空行、行首行尾空格和不可见字符。",
                $"The text has at most {ReportTextRequest.MaxLength} characters, a paragraph per line, without empty lines, spaces at the "
                + "ends of lines, and invisible characters.");
        }

        return request.Version < 0 || !JsonBody.IsText(request.Computed, MaxComputed)
            ? ("version 应为编辑时所见的版本号（从未编辑的为 0），computed 应为编辑时所见的自动生成的文字。",
                "The version is the one that the editor saw (0: never edited), and computed the computed text that they saw.")
            : null;
    }

    private static bool HasSection(string section, Catalogue catalogue) => section is "ranks" or "shortfalls"
        || catalogue.Indicators.Any(indicator => $"{indicator.Chapter}/{indicator.Section}" == section);

    private static ReportSectionText Describe(EditedText text, Caller caller) => new(
        text.Key.Section, text.Key.Language, text.Version, text.Text, text.Computed, text.Replaced, text.EditedAt,
        caller.MayReadAll || caller.MayCloseMonths ? text.EditedBy : null);
}
