using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Aggregator.Api;

/// <summary>The current alerts and their events.</summary>
internal static class AlertsApi
{
    private const int MaxEvents = 1000;

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alerts", CurrentAlerts).WithSummary("The alerts that stand in a year, and who has taken them.")
            .RequireAnyRightFiltered();
        api.MapGet("/alerts/history", History).WithSummary("Alerts raised, changed and cleared, newest first.").RequireAnyRightFiltered();
        api.MapGet("/alerts/events", Events)
            .WithSummary(
                "Alerts raised, changed and cleared, from a publication on, oldest first: for a program that follows them. It asks again "
                + "from the last id that it has.")
            .RequireReadRight();
    }

    private static IResult CurrentAlerts(
        PublishedModel model, [FromServices] IAlertTasks? tasks, Caller caller,
        [Range(QueryResolver.FirstYear, QueryResolver.LastYear)] int? year, string? unit)
    {
        var published = model.Current;
        var asked = year ?? published.Horizons.LastOrDefault().Year;
        if (unit is not null && QueryResolver.FindUnit(published.Catalogue, unit) is null)
        {
            return QueryResolver.UnknownUnit(unit);
        }

        var taken = tasks?.ReadOpen(asked, caller)?.ToDictionary(task => (task.Unit, task.Indicator)) ?? [];
        return ApiResults.Json(AlertQueries.Current(published, asked, unit)
            .Where(alert => ResultVisibility.MaySee(caller, published.Catalogue.Units, alert.Unit, alert.Year))
            .Select(alert => alert with { Task = taken.GetValueOrDefault((alert.Unit, alert.Indicator)) }).ToList());
    }

    private static IResult History(
        PublishedModel model, ResultPartitions partitions, Caller caller,
        [Range(QueryResolver.FirstYear, QueryResolver.LastYear)] int? year, string? unit, [Range(1, int.MaxValue)] int limit = 100)
    {
        var catalogue = model.Current.Catalogue;
        return unit is null || QueryResolver.FindUnit(catalogue, unit) is not null
            ? ApiResults.Texts(partitions.ReadAlertEvents(unit, year, Math.Min(limit, MaxEvents))
                .Where(publication => ResultVisibility.MaySee(caller, catalogue.Units, publication.Unit, (int)publication.Period))
                .Select(EventText))
            : QueryResolver.UnknownUnit(unit);
    }

    private static IResult Events(
        ResultPartitions partitions, [Range(0, long.MaxValue)] long from = 0, [Range(1, int.MaxValue)] int limit = 100) =>
        ApiResults.Texts(partitions.ReadAlertEventsFrom(from, Math.Min(limit, MaxEvents)).Select(EventText));

    // In the format of Contracts.Responses.FeedEvent: the published message with its id and name.
    private static byte[] EventText(Publication publication) => ResultJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, publication.Id);
        writer.WriteString("event"u8, publication.Event);
        writer.WritePropertyName("data"u8);
        writer.WriteRawValue(publication.Json, skipInputValidation: true);
        writer.WriteEndObject();
    });
}
