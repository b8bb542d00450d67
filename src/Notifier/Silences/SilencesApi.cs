using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Tasks;

namespace XilinIngest.Notifier.Silences;

/// <summary>Silences over HTTP: made, listed, ended.</summary>
internal static class SilencesApi
{
    private const int MaxSilences = 500;
    private const string Open = "open";
    private const string All = "all";
    private const int MinReason = 5;
    private const int MaxReason = 500;

    public static void MapSilences(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/silences").WithTags("Silences 静默");
        group.MapGet("", List)
            .WithSummary("Silences, newest first; by default those that hold now. Who made them, for those who may act on the unit.")
            .RequireAnyRightFiltered();
        group.MapPost("", AddAsync).Accepts<SilenceRequest>("application/json").Produces<AlertSilence>()
            .WithSummary("Make a silence: no notice of a unit's alerts and those below it until a time, at most 90 days ahead.")
            .RequireActRight();
        group.MapPost("/{number:long}/end", End).Produces<AlertSilence>()
            .WithSummary("End a silence before its time. What changed meanwhile is told.").RequireActRight();
    }

    private static IResult List(
        NoticeStore store, CatalogueSource catalogues, TimeProvider clock, Caller caller,
        [AllowedValues(Open, All)] string state = Open, [Range(1, int.MaxValue)] int limit = 100)
    {
        var (units, now) = (catalogues.Current.Units, clock.GetUtcNow());
        var silences = state == All ? store.ReadSilences(Math.Min(limit, MaxSilences)) : store.ReadOpenSilences(now).Reverse().Take(limit);
        return Json(silences.Where(silence => MaySee(caller, silence, units, now))
            .Select(silence => ToResponse(silence, caller, units, now)));
    }

    private static Task<IResult> AddAsync(
        HttpRequest request, NoticeStore store, CatalogueSource catalogues, TimeProvider clock, NotifierSignals signals, Caller caller,
        CancellationToken cancellationToken) => JsonBody.ReadAsync<SilenceRequest>(
            request, body => Add(body, store, catalogues.Current, clock.GetUtcNow(), signals, caller), cancellationToken);

    private static IResult Add(
        SilenceRequest request, NoticeStore store, Catalogue catalogue, DateTimeOffset now, NotifierSignals signals, Caller caller)
    {
        if (!catalogue.Units.TryFind(request.Unit, out var unit))
        {
            return JsonBody.NotFound("名录中没有这个单位。", "There is no such unit in the catalogue.");
        }

        if (!caller.MayActFor(unit, MonthOf(now), catalogue.Units))
        {
            return AccessDenials.ForeignAlerts(unit.Code.Value);
        }

        if (request.Indicator is { } code && !(IndicatorCode.TryParse(code, out var indicator) && catalogue.TryFind(indicator, out _)))
        {
            return JsonBody.NotFound("目录中没有这个指标。", "There is no such indicator in the catalogue.");
        }

        if (Fault(request, now) is var (zh, en))
        {
            return JsonBody.BadRequest(zh, en);
        }

        var asked = new Silence
        {
            Id = request.Id,
            Unit = request.Unit,
            Indicator = request.Indicator,
            Level = ColourText.Of(request.Level ?? TargetColour.Red),
            StartsAt = now,
            EndsAt = request.Until,
            MadeBy = CallerName.Of(caller),
            Reason = request.Reason,
        };
        var silence = store.AddSilence(asked);
        if (silence?.IsSameRequestAs(asked) == false)
        {
            return JsonBody.Conflict(
                $"编号 {request.Id} 已用于内容不同的另一条静默，请用新的编号。",
                $"The id {request.Id} was used for another silence. Use a new one.");
        }

        if (silence is null)
        {
            return JsonBody.Conflict(
                $"生效中的静默已有 {Silence.MaxOpen} 条，不能再增加。请先结束不需要的。",
                $"{Silence.MaxOpen} silences hold already, which is the most. End some that are not needed.");
        }

        signals.WakePlanner();
        return Json(ToResponse(silence, caller, catalogue.Units, now));
    }

    private static IResult End(
        NoticeStore store, CatalogueSource catalogues, TimeProvider clock, NotifierSignals signals, Caller caller, long number)
    {
        var (units, now) = (catalogues.Current.Units, clock.GetUtcNow());
        if (store.FindSilence(number) is not { } silence)
        {
            return JsonBody.NotFound($"没有第 {number} 号静默。", $"There is no silence {number}.");
        }

        if (!caller.MayActFor(Find(units, silence), MonthOf(now), units))
        {
            return AccessDenials.ForeignAlerts(silence.Unit);
        }

        var ended = store.EndSilence(number, CallerName.Of(caller), now)!;
        signals.WakePlanner();
        return Json(ToResponse(ended, caller, units, now));
    }

    private static (string Zh, string En)? Fault(SilenceRequest request, DateTimeOffset now)
    {
        if (request.Id == Guid.Empty)
        {
            return ("id 不能全为零：它用来识别重复的请求。", "The id must not be all zeros: by it a repeated request is known.");
        }

        if (request.Level == TargetColour.Green)
        {
            return ("level 只能是 amber 或 red。", "The level is amber or red.");
        }

        if (request.Until <= now || request.Until > now + Silence.MaxDuration)
        {
            return ("截止时间应在现在之后、90 天以内。", "It must end in the future, at most 90 days ahead.");
        }

        return JsonBody.IsLine(request.Reason, MinReason, MaxReason)
            ? null
            : ($"理由应为一行文字，{MinReason} 至 {MaxReason} 字。", $"The reason is a line of {MinReason} to {MaxReason} characters.");
    }

    private static AlertSilence ToResponse(Silence silence, Caller caller, UnitTree units, DateTimeOffset now)
    {
        var maySee = caller.MaySeeWhoActs(Find(units, silence), MonthOf(now), units);
        return new(
            silence.Number, silence.Id, silence.Unit, silence.Indicator, ColourText.Of(silence.Level), silence.StartsAt, silence.EndsAt,
            silence.Reason, silence.HoldsAt(now), maySee ? silence.MadeBy : null, silence.EndedAt, maySee ? silence.EndedBy : null);
    }

    private static bool MaySee(Caller caller, Silence silence, UnitTree units, DateTimeOffset now) =>
        Find(units, silence) is { } unit ? caller.MaySeeFiguresOf(unit, MonthOf(now), units) : caller.MayReadAll;

    private static Unit? Find(UnitTree units, Silence silence) => units.TryFind(silence.Unit, out var unit) ? unit : null;

    /// <summary>The month in China, by which it is decided whose a unit is.</summary>
    internal static Period MonthOf(DateTimeOffset now)
    {
        var day = TaskText.DayOf(now);
        return new(day.Year, day.Month);
    }

    private static IResult Json<T>(T value) => Results.Json(value, ApiJson.Options);
}
