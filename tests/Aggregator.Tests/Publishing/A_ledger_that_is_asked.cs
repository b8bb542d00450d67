using Microsoft.Extensions.Time.Testing;
using XilinIngest.Aggregator.Publishing;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>
/// For what is missing at once, for what may have been lost behind the newest row after a while, and more rarely where no answer comes.
/// </summary>
public sealed class A_ledger_that_is_asked
{
    private static readonly LedgerProgress Level = new(7, 7, null, null, IsInDoubt: false);
    private readonly FakeTimeProvider _clock = new();
    private readonly ReplayScheduler _requests;

    public A_ledger_that_is_asked() => _requests = new(_clock);

    [Fact]
    public void Is_left_alone_while_its_rows_come() => Assert.Null(_requests.Next(Level, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Is_asked_for_what_follows_on_the_newest_row_once_nothing_comes() =>
        Assert.Equal((8, null), _requests.Next(Level, ReplayScheduler.IdleThreshold));

    [Fact]
    public void Is_asked_for_a_gap_at_once_and_not_again_while_it_is_being_filled()
    {
        Assert.Equal((3, 6), _requests.Next(Gap(from: 3), TimeSpan.Zero));
        Assert.Null(_requests.Next(Gap(from: 3), TimeSpan.Zero));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(_requests.Next(Gap(from: 5), TimeSpan.Zero));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(_requests.Next(Gap(from: 5), TimeSpan.Zero));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((5, 6), _requests.Next(Gap(from: 5), TimeSpan.Zero));
    }

    [Fact]
    public void Is_asked_ever_more_rarely_while_it_does_not_answer_and_soon_again_once_it_did()
    {
        var asked = Asked(minutes: 10);
        Assert.Equal([0, 5, 15, 35, 75, 135], asked.Take(6));
        Assert.All(asked.Skip(5).Zip(asked.Skip(6)), pair => Assert.Equal(60, pair.Second - pair.First));

        Assert.Null(_requests.Next(Level, TimeSpan.Zero));
        Assert.Equal([0, 5], Asked(minutes: 1).Take(2));
    }

    private List<int> Asked(int minutes) => [.. Enumerable.Range(0, 60 * minutes).Where(_ =>
    {
        var isAsked = _requests.Next(Level, TimeSpan.FromMinutes(1)) is not null;
        _clock.Advance(TimeSpan.FromSeconds(1));
        return isAsked;
    })];

    private static LedgerProgress Gap(long from) => new(from - 1, 7, (from, 6), (from, 6), IsInDoubt: false);
}
