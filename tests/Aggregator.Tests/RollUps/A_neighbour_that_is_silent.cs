using Microsoft.Extensions.Time.Testing;
using XilinIngest.Aggregator.RollUps;

namespace XilinIngest.Aggregator.Tests.RollUps;

/// <summary>Each partition tells those around it its position every second.</summary>
public sealed class A_neighbour_that_is_silent
{
    private const string District = "32.04.04";
    private const string Street = "32.04.04.001";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly NeighbourWatch _watch;

    public A_neighbour_that_is_silent()
    {
        _watch = new NeighbourWatch(_clock);
        _watch.Hear([District, Street], []);
    }

    [Fact]
    public void Is_named_after_some_time_and_not_once_it_is_heard_again()
    {
        Assert.Empty(_watch.Silent);
        Pass(Street);
        Pass(Street);
        Assert.Equal([District], _watch.Silent);

        Pass(District);
        Assert.Empty(_watch.Silent);
    }

    [Fact]
    public void Makes_the_queue_be_opened_anew_where_all_are_silent_and_not_at_every_step()
    {
        Assert.False(_watch.MustReopen());
        Pass(Street);
        Pass(Street);
        Assert.False(_watch.MustReopen());

        Pass();
        Pass();
        Assert.True(_watch.MustReopen());
        Assert.False(_watch.MustReopen());
        Pass();
        Pass();
        Assert.True(_watch.MustReopen());
    }

    private void Pass(params IEnumerable<string> heard)
    {
        _clock.Advance(Step);
        _watch.Hear([District, Street], heard.Select(from => new RollUpBody { From = from, To = "32.04.04.002", Position = new(1, 1) }));
    }
}
