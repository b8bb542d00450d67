using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Silences;
using XilinIngest.Notifier.Tests.Notices;
using static XilinIngest.Notifier.Tests.Silences.NoticeWorkbench;

namespace XilinIngest.Notifier.Tests.Silences;

public sealed class A_silence : IDisposable
{
    private const string Retail = "RETAIL_SALES";
    private readonly NoticeWorkbench _bench = new("all,,,,,page,zh,alert,,,1h,,,");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Holds_back_what_is_raised_worse_repeated_or_over_until_it_ends()
    {
        Tell(Village, TargetColour.Amber);
        Silence(Street, minutes: 600);
        Tell(Village, TargetColour.Red);
        _bench.Clock.Advance(TimeSpan.FromHours(2));
        Tell(Street, TargetColour.Red);
        Tell(Firm, TargetColour.Amber);
        Tell(Firm, TargetColour.Green);
        Assert.Equal([$"all {Village} {Retail} green→amber"], _bench.Told());

        _bench.Clock.Advance(TimeSpan.FromHours(8));
        _bench.Restart();
        _bench.Plan();
        Assert.Equal(
            [$"all {Street} {Retail} green→red", $"all {Village} {Retail} amber→red"], _bench.Told().Skip(1).Order());
    }

    [Fact]
    public void Is_made_by_whose_unit_it_is_in_the_month_that_has_begun_in_China() =>
        Assert.Equal(new Period(2026, 10), SilencesApi.MonthOf(new(2026, 9, 30, 17, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Is_for_its_unit_and_those_below_it_for_its_indicator_and_up_to_its_colour()
    {
        Silence(Village, minutes: 60, indicator: Retail, level: Colour.Amber);
        Tell(Street, TargetColour.Amber);
        Tell(OtherVillage, TargetColour.Amber);
        _bench.Publish(Village, "PETITIONS", TargetColour.Amber);
        Tell(Village, TargetColour.Amber);
        Tell(Firm, TargetColour.Amber);
        Assert.DoesNotContain(_bench.Told(), told => told.Contains(Firm, StringComparison.Ordinal));
        Assert.DoesNotContain($"all {Village} {Retail} green→amber", _bench.Told());
        Assert.Equal(3, _bench.Told().Count);

        Tell(Firm, TargetColour.Red);
        Assert.Equal($"all {Firm} {Retail} green→red", _bench.Told()[^1]);
    }

    [Fact]
    public void That_is_ended_early_ends_at_once_and_a_second_end_changes_nothing()
    {
        var number = Silence(Street, minutes: 600).Number;
        Tell(Street, TargetColour.Red);
        var ended = _bench.Store.EndSilence(number, "张三", _bench.Clock.GetUtcNow());
        _bench.Plan();
        Assert.Single(_bench.Told());
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ended, _bench.Store.EndSilence(number, "李四", _bench.Clock.GetUtcNow()));
        Assert.Null(_bench.Store.EndSilence(99, "李四", _bench.Clock.GetUtcNow()));
    }

    [Fact]
    public void Is_made_once_for_its_id_and_not_while_too_many_hold()
    {
        var first = Silence(Street, minutes: 1);
        Assert.Equal(first, _bench.Store.AddSilence(first with { Number = 0, Reason = "another reason" }));
        for (var i = 1; i < Notifier.Silences.Silence.MaxOpen; i++)
        {
            Silence(Village, minutes: 1);
        }

        var more = New(Village, 1);
        Assert.Null(_bench.Store.AddSilence(more));
        _bench.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(_bench.Store.AddSilence(New(Village, 1)));
    }

    private void Tell(string unit, TargetColour colour)
    {
        _bench.Publish(unit, Retail, colour);
        _bench.Plan();
    }

    private Silence Silence(string unit, int minutes, string? indicator = null, Colour level = Colour.Red) =>
        _bench.Store.AddSilence(New(unit, minutes) with { Indicator = indicator, Level = level })!;

    private Silence New(string unit, int minutes)
    {
        var now = _bench.Clock.GetUtcNow();
        return new()
        {
            Id = Guid.NewGuid(),
            Unit = unit,
            StartsAt = now,
            EndsAt = now.AddMinutes(minutes),
            MadeBy = "街道统计办",
            Reason = "统一处置，暂不通知",
        };
    }
}
