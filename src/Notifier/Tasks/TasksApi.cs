using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Tasks;

/// <summary>The tasks of alerts over HTTP: taken, noted, handed over, given back.</summary>
internal static class TasksApi
{
    private const int FirstYear = 1900;
    private const int LastYear = 9998;

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/tasks").WithTags("Tasks 认领督办");
        group.MapGet("", List)
            .WithSummary("The tasks of a year's alerts with what happened to them; who has them, for those who may act on the unit.")
            .RequireAnyRightFiltered();
        Map(group, "/take", AlertTaskAction.Taken,
            "Take an alert (认领), with a note and a date. 409: someone else has it, and who.");
        Map(group, "/note", AlertTaskAction.Noted, "Change the note or the date of an alert that one has.");
        Map(group, "/hand-over", AlertTaskAction.HandedOver, "Hand an alert over to someone else (移交).");
        Map(group, "/give-back", AlertTaskAction.GivenBack, "Give an alert back (退回), so that someone else can take it.");
    }

    private static void Map(IEndpointRouteBuilder group, string path, AlertTaskAction action, string summary) =>
        group.MapPost(path, (
                HttpRequest request, NoticeStore store, CatalogueSource catalogues, TimeProvider clock, Caller caller,
                CancellationToken cancellationToken) => JsonBody.ReadAsync<AlertTaskRequest>(
            request, body => Change(action, body, store, catalogues.Current.Units, clock.GetUtcNow(), caller), cancellationToken))
            .Accepts<AlertTaskRequest>("application/json").Produces<AlertTask>().WithSummary(summary).RequireTakeRight();

    private static IResult List(
        TaskBook book, TimeProvider clock, Caller caller, [Range(FirstYear, LastYear)] int? year, string? unit) => Results.Json(
            book.Read(year ?? TaskText.DayOf(clock.GetUtcNow()).Year, caller).Where(task => unit is null || task.Unit == unit),
            ApiJson.Options);

    private static IResult Change(
        AlertTaskAction action, AlertTaskRequest request, NoticeStore store, UnitTree units, DateTimeOffset now, Caller caller)
    {
        if (request.Year is < FirstYear or > LastYear || !units.TryFind(request.Unit, out var unit))
        {
            return JsonBody.NotFound("名录中没有这个单位，或没有这一年。", "There is no such unit in the catalogue, or no such year.");
        }

        var month = TaskBook.MonthOf(request.Year);
        if (!caller.MayTakeAlertsOf(unit, month, units))
        {
            return AccessDenials.ForeignAlerts(unit.Code.Value);
        }

        if (TaskRequestCheck.Fault(action, request, TaskText.DayOf(now)) is var (zh, en))
        {
            return JsonBody.BadRequest(zh, en);
        }

        var change = new TaskChange(
            action, CallerName.Of(caller), caller.MayActFor(unit, month, units), request.Assignee, request.Note, request.Due, now);
        var (decision, task) = store.ChangeTask(new AlertKey(request.Unit, request.Indicator, request.Year), change);
        return decision.Refusal is { } refusal
            ? Refuse(refusal, task) : Results.Json(TaskBook.ToResponse(task, true, now), ApiJson.Options);
    }

    private static IResult Refuse(TaskRefusal refusal, IReadOnlyList<TaskEvent> task) => refusal switch
    {
        TaskRefusal.NoAlert => JsonBody.NotFound("没有这条预警，或已解除。", "There is no such alert, or it was cleared."),
        TaskRefusal.TakenByOther => JsonBody.Conflict(
            $"这条预警已由{task[^1].Assignee}认领。", $"{task[^1].Assignee} has this alert."),
        TaskRefusal.NotTaken => JsonBody.Conflict("这条预警无人认领，请先认领。", "No one has this alert. Take it first."),
        _ => JsonBody.Conflict(
            $"这条预警的办理记录已满 {TaskDecision.MaxEvents} 条。",
            $"{TaskDecision.MaxEvents} things have happened to this alert, which is the most."),
    };
}
