using System.Runtime;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Gives the memory that work has used back to the system when there is nothing to do on any partition. A load and a busy hour leave
/// garbage that the collector otherwise keeps until the memory grows again.
/// </summary>
internal sealed class MemoryCompaction(TimeProvider clock)
{
    /// <summary>After so many steps without submissions, which come once a second, the service counts as idle.</summary>
    public const int IdleSteps = 3;

    /// <summary>As long as less was allocated, there is not much to give back.</summary>
    public const long MinAllocated = 64 << 20;

    /// <summary>
    /// The collection stops the process: for a quarter of a second with ten million values, for some milliseconds with few.
    /// </summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private int _idleSteps;
    private long _allocatedBefore;
    private long? _lastRun;

    /// <summary>To be called after each step; collects if <see cref="IsDue"/>.</summary>
    /// <param name="submissions">The number of submissions in the step.</param>
    public void RunIfIdle(int submissions)
    {
        lock (_lock)
        {
            if (!IsDue(submissions, GC.GetTotalAllocatedBytes()))
            {
                return;
            }

            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <param name="submissions">The number of submissions in the step.</param>
    /// <param name="allocated">The bytes that the process has allocated since its start.</param>
    internal bool IsDue(int submissions, long allocated)
    {
        _idleSteps = submissions == 0 ? _idleSteps + 1 : 0;
        if (_idleSteps < IdleSteps || allocated - _allocatedBefore < MinAllocated
            || (_lastRun is { } last && clock.GetElapsedTime(last) < MinInterval))
        {
            return false;
        }

        (_allocatedBefore, _lastRun) = (allocated, clock.GetTimestamp());
        return true;
    }
}
