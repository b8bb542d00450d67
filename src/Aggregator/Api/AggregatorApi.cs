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
    private static readonly TimeSpan FeedPollInterval = TimeSpan.FromSeconds(5);

    // A comment of server-sent events: every reader passes over it, and learns from it that the line carries something.
    private static readonly byte[] Ping = ": ping\n\n"u8.ToArray();
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    public static void MapResults(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Results 结果").AddEndpointFilter(RefuseOnStandby);
        var cube = api.MapGroup("").AddEndpointFilter(RefuseWhileLoading).WithResponseTimeout();
        cube.MapGet("/report/{year:int}", Report).WithSummary("The report of a unit and year, up to a month: paragraph, table, top three.").RequireUnitFigures();
        cube.MapGet("/begin", GetReportingStatus).WithSummary("Where to begin: the unit whose report it is, and the months of which anything is reported.").RequireAnyRight();
        cube.MapGet("/overview", Overview).WithSummary("All indicators of a unit in a month, with the months of the year.").RequireUnitFigures();
        cube.MapGet("/totals", Totals).WithSummary("A unit's published totals of a month, with their versions.").RequireUnitFigures();
        cube.MapGet("/totals/versions", TotalVersions).WithSummary("A total as it was published, every version.").RequireUnitFigures();
        cube.MapGet("/series", Series).WithSummary("An indicator of a unit, month by month, this year and last.").RequireUnitFigures();
        cube.MapGet("/children", Children).WithSummary("The units below one, in catalogue order, each with its figure of an indicator in a month.").RequireAnyRightFiltered();
        cube.MapGet("/rankings", Ranking).WithSummary("The ranking below a parent: the newest version, or one as it was said.").RequireUnitFigures();
        cube.MapGet("/rankings/versions", RankingVersions).WithSummary("The versions of a ranking, newest first.").RequireUnitFigures();
        cube.MapGet("/alerts", CurrentAlerts).WithSummary("The alerts that stand in a year.").RequireAnyRightFiltered();
        cube.MapGet("/alerts/history", AlertHistory).WithSummary("Alerts raised, changed and cleared, newest first.").RequireAnyRightFiltered();
        cube.MapGet("/completeness", Completeness).WithSummary("n of m reported, and who is missing (催报).")
            .WithDescription("A unit counts once, when it has reported this month for every indicator due of it. "
                + "In a total (/api/totals) it counts per indicator, when nothing due of the year up to the month is missing: a month can be complete here while its totals are provisional. "
                + "每个单位只计一次:本月应报指标全部报齐即为已报。汇总(/api/totals)中按指标计:年初至本月应报的均已报,才算已报。").RequireAnyRight();
        cube.MapGet("/form", Form).WithSummary("A unit's form of a month: what is due, what stands of it, and what stood last month and last year.").RequireOwnUnits();
        cube.MapGet("/lineage", Lineage).WithSummary("The submissions a number is made of.").RequireOwnUnits();
        api.MapGet("/results/stream", Stream).WithSummary("Live feed (server-sent events) of every result as it is published; resumes by Last-Event-ID. A comment (: ping) about every 10 s where there is no news: give a stream up that carried nothing for 30 s, and resume.").RequireAnyRightFiltered().RequireRateLimiting(RateLimits.Streams);
    }

    private static async ValueTask<object?> RefuseOnStandby(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<CubeLease>().IsHeld
            ? await next(context)
            : Results.Problem("本进程为备用,暂不提供结果。请向正在运行的进程查询。 / This process stands by and has no results. Ask the one that works.", statusCode: StatusCodes.Status503ServiceUnavailable);

    // A cube with a long history takes seconds to load, and the service answers from its first moment.
    private static async ValueTask<object?> RefuseWhileLoading(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
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
        return QueryResolver.IsYear(year) && QueryResolver.FindUnit(cube, code) is { Value: { } found } && ReportBuilder.Build(cube, found, year, month, now) is { } report
            ? Results.Ok(report)
            : QueryResolver.NotFound($"没有 {QueryResolver.Truncate(code)} {until.Zh}的数据。 / There are no figures of {QueryResolver.Truncate(code)} in {until.En}.");
    });

    private static IResult GetReportingStatus(CubeHost host) => host.Read((cube, now) =>
    {
        var years = cube.Years.Where(year => cube.HorizonOf(year) > 0).ToList();
        return TypedJson(new ReportingStatus(
            DefaultUnit(cube), years is [var first, ..] ? new Period(first, 1).ToString() : null, years is [.., var last] ? new Period(last, cube.HorizonOf(last)).ToString() : null,
            FormQuery.DueMonth(cube.Catalogue, now)?.ToString(), host.AppliedThrough, now));
    });

    private static IResult Overview(CubeHost host, string unit, string period) => QueryResolver.Run(host, unit, period, (cube, found, month, now) =>
        cube.Nodes.NodeOf(found) < 0
            ? QueryResolver.NotFound($"{QueryResolver.Truncate(unit)} 自己报送,没有汇总。请查看其上级。 / {QueryResolver.Truncate(unit)} reports itself and has no totals. Look at its parent.")
            : TypedJson(new UnitOverview(found.Code.Value, month.ToString(), host.AppliedThrough,
                [.. ReportBuilder.Rows(cube, found, month, now).Zip(cube.Catalogue.Indicators, (row, indicator) => new IndicatorOverview(row,
                    [.. Enumerable.Range(1, 12).Select(each => SeriesPointBuilder.Build(cube, found, indicator, new Period(month.Year, each), now))]))])));

    // The unit whose report it is: the one below which units report themselves.
    private static string DefaultUnit(Cube.IndicatorCube cube) =>
        cube.Catalogue.Units.All.FirstOrDefault(u => u.Level == UnitLevel.Street && !u.ReportsWhole)?.Code.Value ?? cube.Catalogue.Units.All[0].Code.Value;

    private static IResult Totals(CubeHost host, CubeStore store, CatalogueSource catalogues, string unit, string period) => QueryResolver.RunUnlocked(host, unit, period, (found, month) =>
    {
        var newest = store.ReadNewestOf(ResultKinds.Total, found.Code.Value, month.Number)
            .Select(vintage => ResultMessages.Parse<TotalsPublished>(vintage).Totals[0])
            .ToDictionary(total => total.Indicator);
        return TypedJson(catalogues.Current.Indicators.Select(indicator => newest.GetValueOrDefault(indicator.Code.Value)).OfType<IndicatorTotal>().ToList());
    });

    private static IResult TotalVersions(CubeHost host, CubeStore store, string unit, string indicator, string period, [Range(1, int.MaxValue)] int limit = 50) =>
        QueryResolver.RunUnlocked(host, unit, period, indicator, (found, month, of) => TypedJson(
            store.ReadVersions(ResultKinds.Total, found.Code.Value, of.Code.Value, month.Number, null, Math.Min(limit, 500))
                .Select(ResultMessages.Parse<TotalsPublished>).ToList()));

    private static IResult Series(CubeHost host, string unit, string indicator, [Range(QueryResolver.FirstYear, QueryResolver.LastYear)] int year) => QueryResolver.Run(host, unit, $"{year:0000}-12", indicator, (cube, found, _, of, now) =>
        TypedJson(Enumerable.Range(1, 12).Select(month => SeriesPointBuilder.Build(cube, found, of, new Period(year, month), now)).ToList()));

    private static IResult Children(CubeHost host, Caller caller, string unit, string indicator, string period) => QueryResolver.Run(host, unit, period, indicator, (cube, found, month, of, now) =>
        TypedJson(cube.Catalogue.Units.ChildrenOf(found, month).Where(child => caller.MaySeeFiguresOf(child, month, cube.Catalogue.Units)).Select(child => new ChildFigure(child.Code.Value, SeriesPointBuilder.Build(cube, child, of, month, now))).ToList()));

    private static IResult Ranking(CubeHost host, CubeStore store, string parent, string indicator, string period, int? version) =>
        QueryResolver.RunUnlocked(host, parent, period, indicator, (found, month, of) =>
            store.ReadVersions(ResultKinds.Ranking, found.Code.Value, of.Code.Value, month.Number, version, 1) is [var vintage]
                ? TypedJson(ResultMessages.Parse<RankingPublished>(vintage))
                : QueryResolver.NotFound("没有这个排名或版本。 / There is no such ranking or version."));

    private static IResult RankingVersions(CubeHost host, CubeStore store, string parent, string indicator, string period, [Range(1, int.MaxValue)] int limit = 50) =>
        QueryResolver.RunUnlocked(host, parent, period, indicator, (found, month, of) => TypedJson(
            store.ReadVersions(ResultKinds.Ranking, found.Code.Value, of.Code.Value, month.Number, null, Math.Min(limit, 500))
                .Select(ResultMessages.Parse<RankingPublished>).ToList()));

    private static IResult CurrentAlerts(CubeHost host, Caller caller, [Range(QueryResolver.FirstYear, QueryResolver.LastYear)] int? year, string? unit) => host.Read((cube, now) =>
        unit is null || QueryResolver.FindUnit(cube, unit) is not null ? TypedJson(AlertQueries.Current(cube, year ?? cube.Years.LastOrDefault(), unit, now).Where(alert => MaySee(caller, cube.Catalogue.Units, alert.Unit, alert.Year)).ToList()) : QueryResolver.UnknownUnit(unit));

    private static IResult AlertHistory(CubeHost host, CubeStore store, CatalogueSource catalogues, Caller caller, [Range(QueryResolver.FirstYear, QueryResolver.LastYear)] int? year, string? unit, [Range(1, int.MaxValue)] int limit = 100) =>
        unit is null || host.Read((cube, _) => QueryResolver.FindUnit(cube, unit) is not null)
            ? TypedJson(store.ReadAlertEvents(unit, year, Math.Min(limit, 1000)).Where(vintage => MaySee(caller, catalogues.Current.Units, vintage.Unit, (int)vintage.Period)).Select(vintage => new FeedEvent(vintage.Id, vintage.Event, ParseJson(vintage.Payload))).ToList())
            : QueryResolver.UnknownUnit(unit);

    private static IResult Completeness(CubeHost host, string unit, string period) =>
        QueryResolver.Run(host, unit, period, (cube, found, month, now) => TypedJson(CompletenessQuery.ForMonth(cube, found, month, now)));

    private static IResult Form(CubeHost host, string unit, string period) =>
        QueryResolver.Run(host, unit, period, (cube, found, month, _) => TypedJson(FormQuery.ForMonth(cube, found, month, host.AppliedThrough)));

    private static IResult Lineage(CubeHost host, string unit, string indicator, string period, [Range(0, int.MaxValue)] int skip = 0, [Range(1, int.MaxValue)] int take = 200) =>
        QueryResolver.Run(host, unit, period, indicator, (cube, found, month, of, now) =>
            TypedJson(LineageQuery.ForFigure(cube, found, of, month, skip, Math.Min(take, 2000), now)));

    private static ServerSentEventsResult<JsonElement> Stream(HttpContext context, Caller caller, AccessKeyRegistry accessKeys, CatalogueSource catalogues, CubeStore store, ResultFeed feed, IHostApplicationLifetime lifetime)
    {
        // From the id a client saw last, or from now on. An open stream must not hold up the shutdown.
        var start = long.TryParse(context.Request.Headers["Last-Event-ID"], out var seen) ? seen : (long?)null;
        var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(ends);
        return TypedResults.ServerSentEvents(Follow(store, feed, start, vintage => MaySee(caller, catalogues.Current.Units, vintage), () => accessKeys.IsStillValid(caller), context.Response, ends.Token));
    }

    private static async IAsyncEnumerable<SseItem<JsonElement>> Follow(
        CubeStore store, ResultFeed feed, long? start, Func<Vintage, bool> isVisible, Func<bool> isStillAuthorised, HttpResponse response, [EnumeratorCancellation] CancellationToken cancellationToken)
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
            var next = feed.NextPublication;
            for (var vintages = Next(); vintages is not { Count: 0 }; vintages = Next())
            {
                if (vintages is null)
                {
                    yield break;
                }

                foreach (var vintage in vintages.Where(isVisible))
                {
                    yield return new SseItem<JsonElement>(ParseJson(vintage.Payload), vintage.Event) { EventId = vintage.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) };
                    written = TimeProvider.System.GetTimestamp();
                }

                last = vintages[^1].Id;
            }

            // Now and then without news, so that a stream whose key was taken back ends.
            await next.WaitAsync(FeedPollInterval, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // News may be for others alone, so it is the time since the last event of this stream that counts.
            if (TimeProvider.System.GetElapsedTime(written) >= PingInterval)
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
                return cancellationToken.IsCancellationRequested || !isStillAuthorised() ? null : store.ReadPublishedAfter(last, 200);
            }
            catch (Exception exception) when (StorageFault.FromProbeException(exception, store.Name) is not null)
            {
                return null;
            }
        }
    }

    // Of an enterprise there are alerts alone: where one was asked for, by a target.
    private static bool MaySee(Caller caller, UnitTree tree, Vintage vintage) => vintage.Kind != ResultKinds.Alert || MaySee(caller, tree, vintage.Unit, (int)vintage.Period);

    private static bool MaySee(Caller caller, UnitTree tree, string unit, int year) =>
        UnitCode.TryParse(unit, out var code) && tree.TryFind(code, out var found) ? caller.MaySeeFiguresOf(found, new Period(year, 12), tree) : caller.MayReadAll;

    // Not the newest vintage: one that is stored but not yet published is still to come.
    private static long PublishedThrough(CubeStore store)
    {
        using var connection = store.OpenInteractive();
        return CubeStore.ReadPosition(connection).PublishedThrough;
    }

    private static JsonElement ParseJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static IResult TypedJson<T>(T value) => Results.Json(value, ApiJson.Options);
}
