using Microsoft.Extensions.Time.Testing;
using XilinIngest.Aggregator.Publishing;

namespace XilinIngest.Aggregator.Tests.Publishing;

public sealed class Memory_of_an_idle_service
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Is_given_back_after_work_once()
    {
        var compaction = new MemoryCompaction(_clock);
        const long used = MemoryCompaction.MinAllocated;
        Assert.False(compaction.IsDue(500, used));
        Assert.Equal([false, false, true, false, false], Idle(compaction, used, steps: 5));
    }

    [Fact]
    public void Is_kept_while_submissions_arrive_and_where_there_is_little()
    {
        var compaction = new MemoryCompaction(_clock);
        Assert.All(Enumerable.Range(0, 60), step => Assert.False(compaction.IsDue(step % 2, long.MaxValue / 2)));
        Assert.DoesNotContain(true, Idle(new(_clock), MemoryCompaction.MinAllocated - 1, steps: 10));
    }

    [Fact]
    public void Is_given_back_at_most_once_a_minute()
    {
        var compaction = new MemoryCompaction(_clock);
        Assert.Contains(true, Idle(compaction, MemoryCompaction.MinAllocated, steps: 3));
        Assert.DoesNotContain(true, Idle(compaction, 3 * MemoryCompaction.MinAllocated, steps: 10));
        _clock.Advance(MemoryCompaction.MinInterval);
        Assert.Contains(true, Idle(compaction, 3 * MemoryCompaction.MinAllocated, steps: 1));
    }

    private static List<bool> Idle(MemoryCompaction compaction, long allocated, int steps) =>
        [.. Enumerable.Range(0, steps).Select(_ => compaction.IsDue(0, allocated))];
}
