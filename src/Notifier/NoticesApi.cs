using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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

    private static ListedNotice ToResponse(NoticeRow row)
    {
        var content = NoticeFormat.Read(row.Content);
        return new()
        {
            Number = row.Number,
            Id = row.Id,
            Route = row.Route,
            Group = row.GroupKey,
            Channel = row.Channel,
            Reason = row.Reason,
            CreatedAt = row.CreatedAt,
            State = row.State,
            Attempts = row.Attempts,
            NextAttemptAt = row.State == "pending" ? row.NextAttemptAt : null,
            FinishedAt = row.FinishedAt,
            Answer = row.Answer,
            Title = content.Title,
            Text = content.Text,
        };
    }
}

/// <summary>A notice in the list.</summary>
internal sealed record ListedNotice
{
    /// <summary>Its place in the list; <c>before</c> continues from it.</summary>
    public required long Number { get; init; }
    public required string Id { get; init; }
    public required string Route { get; init; }
    public required string Group { get; init; }
    public required string Channel { get; init; }

    /// <summary><c>changed</c> or <c>repeated</c>.</summary>
    public required string Reason { get; init; }
    public required string CreatedAt { get; init; }

    /// <summary><c>pending</c>, <c>sent</c> or <c>refused</c>.</summary>
    public required string State { get; init; }
    public required long Attempts { get; init; }
    public string? NextAttemptAt { get; init; }
    public string? FinishedAt { get; init; }
    public string? Answer { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
}
