using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier;

/// <summary>What was sent, by which route and channel, when, and with what answer. It names no person.</summary>
internal static class NoticesApi
{
    private const int MaxNotices = 500;

    public static void MapNotices(this IEndpointRouteBuilder routes) => routes.MapGet("/api/notices", List)
        .WithTags("Notices 通知").WithSummary("Notices, newest first: route, channel, state, attempts, answer. For administrators.")
        .RequireAdministrator();

    private static IResult List(
        NoticeStore store, [Range(1, long.MaxValue)] long before = long.MaxValue, [Range(1, int.MaxValue)] int limit = 100) =>
        Results.Json(store.ReadNotices(before, Math.Min(limit, MaxNotices)).Select(ToResponse), ApiJson.Options);

    private static SentNotice ToResponse(NoticeRow row)
    {
        var content = NoticeFormat.Read(row.Content);
        return new(
            row.Number, row.Id, row.Route, row.GroupKey, row.Channel, row.Reason, NoticeTime.Parse(row.CreatedAt), row.State,
            (int)row.Attempts, row.State == "pending" ? NoticeTime.Parse(row.NextAttemptAt) : null,
            row.FinishedAt is { } finished ? NoticeTime.Parse(finished) : null, row.Answer, content.Title, content.Text);
    }
}
