using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Reminders;

/// <summary>Reminders over HTTP: listed, shown before they are sent, and sent by hand.</summary>
internal static class RemindersApi
{
    private const int MaxReminders = 2000;
    private const int MaxUnits = 500;

    public static void MapReminders(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/reminders").WithTags("Reminders 催报");
        group.MapGet("", ListAsync).Produces<IReadOnlyList<ReminderEntry>>()
            .WithSummary("Who was reminded of a month at and below a unit, newest first: when, by which channel, and whether they have "
                + "reported since. Who did it by hand, for those who may.")
            .RequireAnyRightFiltered();
        group.MapPost("/preview", PreviewAsync).Accepts<ReminderScope>("application/json").Produces<ReminderPreview>()
            .WithSummary("What reminding by hand would send, to whom and by which channel. Sends nothing.").RequireRemindRight();
        group.MapPost("", SendAsync).Accepts<ReminderRequest>("application/json").Produces<ReminderResult>()
            .WithSummary("Remind the units at and below a unit that have not reported a month, now. Those reminded within the last twelve "
                + "hours are left out and named, unless again is true.")
            .RequireRemindRight();
    }

    private static async Task<IResult> ListAsync(
        NoticeStore store, CatalogueSource catalogues, IMonthCompleteness completeness, TimeProvider clock, Caller caller, string unit,
        string period, CancellationToken cancellationToken, [Range(1, int.MaxValue)] int limit = 500)
    {
        var (catalogue, now) = (catalogues.Current, clock.GetUtcNow());
        if (Find(catalogue, unit, period, out var asked, out var month) is { } fault)
        {
            return fault;
        }

        MonthCompleteness? state = null;
        try
        {
            state = await completeness.ReadAsync(unit, period, cancellationToken);
        }
        catch (Exception exception) when (MonthCompletenessFault.IsOne(exception, cancellationToken))
        {
            // The list is worth reading without it: whether each has reported since stays unknown.
        }

        var today = Period.Containing(now);
        var rows = store.ReadReminders(period, MaxReminders).Where(row => catalogue.Units.TryFind(row.Unit, out var of)
            && catalogue.Units.SelfAndAncestorCodes(of, month).Contains(asked!.Code.Value)
            && (caller.MaySeeFiguresOf(of, today, catalogue.Units) || caller.MayRemindFor(of, today, catalogue.Units)));
        return Json(rows.Take(limit).Select(row => ReminderResponse.Of(row, catalogue.Units, caller, today, state)));
    }

    private static Task<IResult> PreviewAsync(
        HttpRequest request, RemindersByHand byHand, CatalogueSource catalogues, TimeProvider clock, Caller caller,
        CancellationToken cancellationToken) => JsonBody.ReadAsync<ReminderScope>(
            request,
            async scope => Refuse(scope, catalogues.Current, clock.GetUtcNow(), caller) ?? await WhereKnownAsync(
                async () => Json(await byHand.PreviewAsync(
                    scope, of => caller.MaySeeContactsOf(of, Period.Containing(clock.GetUtcNow()), catalogues.Current.Units),
                    cancellationToken)),
                cancellationToken),
            cancellationToken);

    private static Task<IResult> SendAsync(
        HttpRequest request, RemindersByHand byHand, CatalogueSource catalogues, TimeProvider clock, Caller caller,
        CancellationToken cancellationToken) => JsonBody.ReadAsync<ReminderRequest>(
            request,
            async body => body.Id == Guid.Empty
                ? JsonBody.BadRequest("id 不能全为零：它用来识别重复的请求。", "The id must not be all zeros: by it a repeated request is known.")
                : Refuse(body, catalogues.Current, clock.GetUtcNow(), caller) ?? await WhereKnownAsync(
                    async () =>
                    {
                        var added = await byHand.SendAsync(body, caller, cancellationToken);
                        var (units, today) = (catalogues.Current.Units, Period.Containing(clock.GetUtcNow()));
                        return Json(new ReminderResult(
                            [.. added.Reminders.Select(row => ReminderResponse.Of(row, units, caller, today, state: null))], added.Recent));
                    },
                    cancellationToken),
            cancellationToken);

    private static IResult? Refuse(ReminderScope scope, Catalogue catalogue, DateTimeOffset now, Caller caller)
    {
        if (Find(catalogue, scope.Unit, scope.Period, out var unit, out var period) is { } fault)
        {
            return fault;
        }

        if (!caller.MayRemindFor(unit, Period.Containing(now), catalogue.Units))
        {
            return AccessDenials.ForeignReminders(scope.Unit);
        }

        if (scope.Units is { Count: > MaxUnits } or { Count: 0 })
        {
            return JsonBody.BadRequest(
                $"units 应为 1 至 {MaxUnits} 个单位代码；催报全部未报单位的，不写这一项。",
                $"units has 1 to {MaxUnits} codes; leave it out to remind all that are late.");
        }

        return catalogue.WindowOf(period) is { } window && window.Opens <= now
            ? null
            : JsonBody.Conflict(
                $"{period.NameZh}尚未开报，或不在日历（calendar.csv）中，不能催报。",
                $"{period} is not open yet, or not in the calendar (calendar.csv), so no one is reminded of it.");
    }

    private static IResult? Find(Catalogue catalogue, string unit, string period, out Unit? found, out Period month)
    {
        month = default;
        if (!catalogue.Units.TryFind(unit, out found))
        {
            return JsonBody.NotFound("名录中没有这个单位。", "There is no such unit in the catalogue.");
        }

        return Period.TryParse(period, out month)
            ? null : JsonBody.BadRequest("月份应写成 2022-07。", "Write the month as 2022-07.");
    }

    private static async Task<IResult> WhereKnownAsync(Func<Task<IResult>> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer();
        }
        catch (MonthClosedException)
        {
            return JsonBody.Conflict(
                "该月已关账或已锁定，不再催报。确需补报的，请先重开该月。",
                "The month is closed or locked, so no one is reminded of it. Reopen it first if a report is still wanted.");
        }
        catch (Exception exception) when (MonthCompletenessFault.IsOne(exception, cancellationToken))
        {
            return Results.Problem(
                "暂时无法得知谁已报齐，没有催报任何单位。请稍后再试。 / It is not known for now who has reported, so no one was reminded. Try again "
                + "in a while.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Json<T>(T value) => Results.Json(value, ApiJson.Options);
}
