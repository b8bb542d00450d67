using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Aggregator.Api;

/// <summary>The live feed of results.</summary>
internal static class FeedApi
{
    public static void MapFeed(this IEndpointRouteBuilder api) => api.MapGet("/results/stream", Stream)
        .WithSummary(
            "Live feed (server-sent events) of every result as it is published; resumes by Last-Event-ID. CatalogueChanged says that "
            + "another catalogue is in force, with its version; DefinitionsChanged, ContactsChanged, OutlinesChanged and "
            + "ReportTextsChanged say what to ask for again. TotalsPruned and RankingPruned stand for old versions that have lost their "
            + "figures. A comment (: ping) about every 10 s where there is no news: give a stream up that carried nothing for 30 s, and "
            + "resume.")
        .RequireAnyRightFiltered().RequireRateLimiting(RateLimits.Streams);

    private static ServerSentEventsResult<string> Stream(
        HttpContext context, Caller caller, AccessKeyRegistry accessKeys, CatalogueSource catalogues, ResultPartitions partitions,
        ResultFeed feed, Announcements announcements, IHostApplicationLifetime lifetime)
    {
        // From the last id that the client received, or from now on. An open stream must not delay the shutdown.
        var seen = context.Request.Headers["Last-Event-ID"].ToString();
        var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(ends);
        var stream = new ResultStream(
            partitions, feed, publication => ResultVisibility.TextFor(caller, catalogues.Current, publication),
            () => accessKeys.IsStillValid(caller), announcements, context.Response,
            context.Request.Headers.ContainsKey(ResultStream.TraceHeader));
        return TypedResults.ServerSentEvents(
            HeadRequests.IsHead(context) ? AsyncEnumerable.Empty<SseItem<string>>() : stream.FollowAsync(seen, ends.Token));
    }
}
