using System.ComponentModel.DataAnnotations;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Lineage;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Report;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Api;

/// <summary>What the cube knows, over HTTP.</summary>
internal static class AggregatorApi
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    // A comment of server-sent events: every reader passes over it, and learns from it that the line carries something.
    private static readonly byte[] Ping = ": ping\n\n"u8.ToArray();
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(10);

    public static void MapResults(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Results 结果").AddEndpointFilter(NotOnStandby);
        var cube = api.MapGroup("").AddEndpointFilter(OnceLoaded).AnswersInTime();
        cube.MapGet("/report/{year:int}", Report).WithSummary("The report of a unit and year, up to a month: paragraph, table, top three.").Figures();
        cube.MapGet("/begin", Begin).WithSummary("Where to begin: the unit whose report it is, and the months of which anything is reported.").Published();
        cube.MapGet("/overview", Overview).WithSummary("All indicators of a unit in a month, with the months of the year.").Figures();
        cube.MapGet("/totals", Totals).WithSummary("A unit's published totals of a month, with their versions.").Figures();
        cube.MapGet("/totals/versions", TotalVersions).WithSummary("A total as it was published, every version.").Figures();
        cube.MapGet("/series", Series).WithSummary("An indicator of a unit, month by month, this year and last.").Figures();
        cube.MapGet("/children", Children).WithSummary("The units below one, in catalogue order, each with its figure of an indicator in a month.").Filtered();
        cube.MapGet("/rankings", Ranking).WithSummary("The ranking below a parent: the newest version, or one as it was said.").Figures();
        cube.MapGet("/rankings/versions", RankingVersions).WithSummary("The versions of a ranking, newest first.").Figures();
        cube.MapGet("/alerts", StandingAlerts).WithSummary("The alerts that stand in a year.").Filtered();
        cube.MapGet("/alerts/history", AlertHistory).WithSummary("Alerts raised, changed and cleared, newest first.").Filtered();
        cube.MapGet("/completeness", Completeness).WithSummary("n of m reported, and who is missing (催报).")
            .WithDescription("A unit counts once, when it has reported this month for every indicator due of it. "
                + "In a total (/api/totals) it counts per indicator, when nothing due of the year up to the month is missing: a month can be complete here while its totals are provisional. "
                + "每个单位只计一次:本月应报指标全部报齐即为已报。汇总(/api/totals)中按指标计:年初至本月应报的均已报,才算已报。").Published();
        cube.MapGet("/form", Form).WithSummary("A unit's form of a month: what is due, what stands of it, and what stood last month and last year.").OwnOnly();
        cube.MapGet("/lineage", Lineage).WithSummary("The submissions a number is made of.").OwnOnly();
        api.MapGet("/results/stream", Stream).WithSummary("Live feed (server-sent events) of every result as it is published; resumes by Last-Event-ID. A comment (: ping) about every 10 s where there is no news: give a stream up that carried nothing for 30 s, and resume.").Filtered().RequireRateLimiting(Limits.Streams);
    }

    private static async ValueTask<object?> NotOnStandby(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<CubeClaim>().IsTaken
            ? await next(context)
            : Results.Problem("本进程为备用,暂不提供结果。请向正在运行的进程查询。 / This process stands by and has no results. Ask the one that works.", statusCode: StatusCodes.Status503ServiceUnavailable);

    // A cube with a long history takes seconds to load, and the service answers from its first moment.
    private static async ValueTask<object?> OnceLoaded(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            if (context.HttpContext.RequestServices.GetRequiredService<CubeHost>().IsLoaded)
            {
                return await next(context);
            }
        }
        catch (CubeBusyException)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return Results.Problem("结果正在更新,迟迟没有完成,请稍候再试;原因见 /health/ready。 / The results are being updated, and that does not end; try again later. /health/ready says why.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        context.HttpContext.Response.Headers.RetryAfter = "1";
        return Results.Problem("正在载入历史数据,请稍候再试。 / The history is being loaded; try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Report(int year, CubeHost host, string? unit, [Range(1, 12)] int? month) => host.Read((cube, now) =>
    {
        var code = unit ?? DefaultUnit(cube);
        var until = (Zh: month is { } m ? $"{year} 年 {m} 月" : $"{year} 年", En: month is { } n ? $"{year:0000}-{n:00}" : $"{year}");
        return Query.IsYear(year) && Query.Unit(cube, code) is { Value: { } found } && ReportBuilder.Build(cube, found, year, month, now) is { } report
            ? Results.Ok(report)
            : Query.NotFound($"没有 {Query.Short(code)} {until.Zh}的数据。 / There are no figures of {Query.Short(code)} in {until.En}.");
    });

    private static IResult Begin(CubeHost host) => host.Read((cube, now) =>
    {
        var years = cube.Years.Where(year => cube.HorizonOf(year) > 0).ToList();
        return TypedJson(new WhereToBegin(
            DefaultUnit(cube), years is [var first, ..] ? new Period(first, 1).ToString() : null, years is [.., var last] ? new Period(last, cube.HorizonOf(last)).ToString() : null,
            FormOf.Due(cube.Catalogue, now)?.ToString(), host.AppliedThrough, now));
    });

    private static IResult Overview(CubeHost host, string unit, string period) => Query.Run(host, unit, period, (cube, found, month, now) =>
        cube.Nodes.NodeOf(found) < 0
            ? Query.NotFound($"{Query.Short(unit)} 自己报送,没有汇总。请查看其上级。 / {Query.Short(unit)} reports itself and has no totals. Look at its parent.")
            : TypedJson(new UnitOverview(found.Code.Value, month.ToString(), host.AppliedThrough,
                [.. ReportBuilder.Rows(cube, found, month, now).Zip(cube.Catalogue.Indicators, (row, of) => new IndicatorOverview(row,
                    [.. Enumerable.Range(1, 12).Select(each => SeriesPoints.Of(cube, found, of, new Period(month.Year, each), now))]))])));

    // The unit whose report it is: the one below which units report themselves.
    private static string DefaultUnit(Cube.Cube cube) =>
        cube.Catalogue.Units.All.FirstOrDefault(u => u.Level == UnitLevel.Street && !u.ReportsWhole)?.Code.Value ?? cube.Catalogue.Units.All[0].Code.Value;

    private static IResult Totals(CubeHost host, CubeStore store, CatalogueSource catalogues, string unit, string period) => Query.RunUnlocked(host, unit, period, (found, month) =>
    {
        var newest = store.ReadNewestOf(ResultKinds.Total, found.Code.Value, month.Number)
            .Select(vintage => ResultMessages.Parse<TotalsPublished>(vintage).Totals[0])
            .ToDictionary(total => total.Indicator);
        return TypedJson(catalogues.Current.Indicators.Select(indicator => newest.GetValueOrDefault(indicator.Code.Value)).OfType<IndicatorTotal>().ToList());
    });

    private static IResult TotalVersions(CubeHost host, CubeStore store, string unit, string indicator, string period, [Range(1, int.MaxValue)] int limit = 50) =>
        Query.RunUnlocked(host, unit, period, indicator, (found, month, of) => TypedJson(
            store.ReadVersions(ResultKinds.Total, found.Code.Value, of.Code.Value, month.Number, null, Math.Min(limit, 500))
                .Select(ResultMessages.Parse<TotalsPublished>).ToList()));

    private static IResult Series(CubeHost host, string unit, string indicator, [Range(Query.FirstYear, Query.LastYear)] int year) => Query.Run(host, unit, $"{year:0000}-12", indicator, (cube, found, _, of, now) =>
        TypedJson(Enumerable.Range(1, 12).Select(month => SeriesPoints.Of(cube, found, of, new Period(year, month), now)).ToList()));

    private static IResult Children(CubeHost host, Viewer viewer, string unit, string indicator, string period) => Query.Run(host, unit, period, indicator, (cube, found, month, of, now) =>
        TypedJson(cube.Catalogue.Units.ChildrenOf(found, month).Where(child => viewer.MaySeeFiguresOf(child, month, cube.Catalogue.Units)).Select(child => new ChildFigure(child.Code.Value, SeriesPoints.Of(cube, child, of, month, now))).ToList()));

    private static IResult Ranking(CubeHost host, CubeStore store, string parent, string indicator, string period, int? version) =>
        Query.RunUnlocked(host, parent, period, indicator, (found, month, of) =>
            store.ReadVersions(ResultKinds.Ranking, found.Code.Value, of.Code.Value, month.Number, version, 1) is [var vintage]
                ? TypedJson(ResultMessages.Parse<RankingPublished>(vintage))
                : Query.NotFound("没有这个排名或版本。 / There is no such ranking or version."));

    private static IResult RankingVersions(CubeHost host, CubeStore store, string parent, string indicator, string period, [Range(1, int.MaxValue)] int limit = 50) =>
        Query.RunUnlocked(host, parent, period, indicator, (found, month, of) => TypedJson(
            store.ReadVersions(ResultKinds.Ranking, found.Code.Value, of.Code.Value, month.Number, null, Math.Min(limit, 500))
                .Select(ResultMessages.Parse<RankingPublished>).ToList()));

    private static IResult StandingAlerts(CubeHost host, Viewer viewer, [Range(Query.FirstYear, Query.LastYear)] int? year, string? unit) => host.Read((cube, now) =>
        unit is null || Query.Unit(cube, unit) is not null ? TypedJson(AlertQueries.Standing(cube, year ?? cube.Years.LastOrDefault(), unit, now).Where(alert => MaySee(viewer, cube.Catalogue.Units, alert.Unit, alert.Year)).ToList()) : Query.NoUnit(unit));

    private static IResult AlertHistory(CubeHost host, CubeStore store, CatalogueSource catalogues, Viewer viewer, [Range(Query.FirstYear, Query.LastYear)] int? year, string? unit, [Range(1, int.MaxValue)] int limit = 100) =>
        unit is null || host.Read((cube, _) => Query.Unit(cube, unit) is not null)
            ? TypedJson(store.ReadAlertEvents(unit, year, Math.Min(limit, 1000)).Where(vintage => MaySee(viewer, catalogues.Current.Units, vintage.Unit, (int)vintage.Period)).Select(vintage => new FeedEvent(vintage.Id, vintage.Event, ParseJson(vintage.Payload))).ToList())
            : Query.NoUnit(unit);

    private static IResult Completeness(CubeHost host, string unit, string period) =>
        Query.Run(host, unit, period, (cube, found, month, now) => TypedJson(CompletenessOf.Month(cube, found, month, now)));

    private static IResult Form(CubeHost host, string unit, string period) =>
        Query.Run(host, unit, period, (cube, found, month, _) => TypedJson(FormOf.Month(cube, found, month, host.AppliedThrough)));

    private static IResult Lineage(CubeHost host, string unit, string indicator, string period, [Range(0, int.MaxValue)] int skip = 0, [Range(1, int.MaxValue)] int take = 200) =>
        Query.Run(host, unit, period, indicator, (cube, found, month, of, now) =>
            TypedJson(LineageOf.Number(cube, found, of, month, skip, Math.Min(take, 2000), now)));

    private static ServerSentEventsResult<JsonElement> Stream(HttpContext context, Viewer viewer, Doorkeeper keeper, CatalogueSource catalogues, CubeStore store, ResultFeed feed, IHostApplicationLifetime lifetime)
    {
        // From the id a client saw last, or from now on. An open stream must not hold up the shutdown.
        var start = long.TryParse(context.Request.Headers["Last-Event-ID"], out var seen) ? seen : (long?)null;
        var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(ends);
        return TypedResults.ServerSentEvents(Follow(store, feed, start, vintage => MaySee(viewer, catalogues.Current.Units, vintage), () => keeper.Holds(viewer), context.Response, ends.Token));
    }

    private static async IAsyncEnumerable<SseItem<JsonElement>> Follow(
        CubeStore store, ResultFeed feed, long? start, Func<Vintage, bool> isForThem, Func<bool> stillHolds, HttpResponse response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The start is taken before the client hears that the stream is open: from then on it misses nothing.
        // An id that was never given is another cube's, which this one was made anew in place of: all of this one is news.
        var through = PublishedThrough(store);
        var last = start is null ? through : start > through ? 0 : start.Value;

        // Said with an id and no data, which is no event: so a reader whose line breaks before the first event resumes without a gap, too.
        // Not with the token: one that ends while the service stops would be logged as a failure.
        await response.Body.WriteAsync(Encoding.ASCII.GetBytes(FormattableString.Invariant($"id: {last}\n\n")), CancellationToken.None);
        await response.Body.FlushAsync(CancellationToken.None);
        var written = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var next = feed.Next;
            for (var vintages = Next(); vintages is not { Count: 0 }; vintages = Next())
            {
                if (vintages is null)
                {
                    yield break;
                }

                foreach (var vintage in vintages.Where(isForThem))
                {
                    yield return new SseItem<JsonElement>(ParseJson(vintage.Payload), vintage.Event) { EventId = vintage.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) };
                    written = TimeProvider.System.GetTimestamp();
                }

                last = vintages[^1].Id;
            }

            // Now and then without news, so that a stream whose key was taken back ends.
            await next.WaitAsync(Quiet, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // News may be for others alone, so it is the time since the last event of this stream that counts.
            if (TimeProvider.System.GetElapsedTime(written) >= BetweenPings)
            {
                await response.Body.WriteAsync(Ping, CancellationToken.None);
                await response.Body.FlushAsync(CancellationToken.None);
                written = TimeProvider.System.GetTimestamp();
            }
        }

        // Null: it is over. So it is where the database is away, which the service says itself: the answer has begun and cannot become
        // a 503, and whoever followed it comes back and resumes.
        IReadOnlyList<Vintage>? Next()
        {
            try
            {
                return cancellationToken.IsCancellationRequested || !stillHolds() ? null : store.ReadPublishedAfter(last, 200);
            }
            catch (Exception exception) when (StorageFault.OfLook(exception, store.Name) is not null)
            {
                return null;
            }
        }
    }

    // Of an enterprise there are alerts alone: where one was asked for, by a target.
    private static bool MaySee(Viewer viewer, UnitTree tree, Vintage vintage) => vintage.Kind != ResultKinds.Alert || MaySee(viewer, tree, vintage.Unit, (int)vintage.Period);

    private static bool MaySee(Viewer viewer, UnitTree tree, string unit, int year) =>
        UnitCode.TryParse(unit, out var code) && tree.TryFind(code, out var found) ? viewer.MaySeeFiguresOf(found, new Period(year, 12), tree) : viewer.MayReadAll;

    // Not the newest vintage: one that is stored but not yet published is still to come.
    private static long PublishedThrough(CubeStore store)
    {
        using var connection = store.OpenForQuestion();
        return CubeStore.ReadPosition(connection).PublishedThrough;
    }

    private static JsonElement ParseJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static IResult TypedJson<T>(T value) => Results.Json(value, ApiJson.Options);
}
