using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Tests.Silences;
using static XilinIngest.Notifier.Tests.Silences.NoticeWorkbench;

namespace XilinIngest.Notifier.Tests.Routing;

public sealed class A_route_that_inhibits : IDisposable
{
    private const string Retail = "RETAIL_SALES";
    private readonly NoticeWorkbench _bench = new("top,,,,,page,zh,alert,,,,,,yes", "all,,,,,page,zh,alert,,,,,,");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Tells_the_alert_above_and_those_below_when_it_is_over()
    {
        Tell(Firm, TargetColour.Amber);
        _bench.Publish(Firm, Retail, TargetColour.Red);
        Tell(Street, TargetColour.Amber);
        Assert.Equal([$"{Firm} {Retail} green→amber", $"{Street} {Retail} green→amber"], Told("top"));
        Assert.Contains($"{Firm} {Retail} amber→red", Told("all"));

        Tell(Street, TargetColour.Green);
        Assert.Contains($"{Firm} {Retail} amber→red", Told("top"));
    }

    [Fact]
    public void Tells_that_an_alert_below_is_over_though_the_one_above_stands()
    {
        Tell(Village, TargetColour.Red);
        Tell(Street, TargetColour.Red);
        Tell(Village, TargetColour.Green);
        Assert.Equal($"{Village} {Retail} red→green", Told("top")[^1]);
    }

    [Fact]
    public void Tells_those_below_of_another_indicator_or_unit()
    {
        Tell(Village, TargetColour.Red);
        _bench.Publish(Street, "PETITIONS", TargetColour.Red);
        Tell(OtherVillage, TargetColour.Red);
        Assert.Equal(3, Told("top").Count);
    }

    [Fact]
    public void Tells_those_below_where_a_silence_holds_the_alert_above_back()
    {
        var now = _bench.Clock.GetUtcNow();
        _bench.Store.AddSilence(new()
        {
            Id = Guid.NewGuid(),
            Unit = Street,
            Level = Colour.Amber,
            StartsAt = now,
            EndsAt = now.AddHours(1),
            MadeBy = "街道统计办",
            Reason = "黄色预警暂不通知",
        });
        _bench.Publish(Street, Retail, TargetColour.Amber);
        Tell(Village, TargetColour.Red);
        Assert.Equal([$"{Village} {Retail} green→red"], Told("top"));
    }

    private void Tell(string unit, TargetColour colour)
    {
        _bench.Publish(unit, Retail, colour);
        _bench.Plan();
    }

    private List<string> Told(string route) =>
        [.. _bench.Told().Where(told => told.StartsWith(route + " ", StringComparison.Ordinal)).Select(told => told[(route.Length + 1)..])];
}
