namespace XilinIngest.Standalone;

/// <summary>
/// The clock of the sample years. It shows the time at which the current submission was written, so that windows,
/// deadlines and alerts are those of 2021 and 2022. After the last submission it runs on from there.
/// </summary>
internal sealed class SampleClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;
    private long _runningSince;

    public override DateTimeOffset GetUtcNow()
    {
        var since = Interlocked.Read(ref _runningSince);
        var passed = since == 0 ? 0 : System.GetElapsedTime(since).Ticks;
        return new DateTimeOffset(Interlocked.Read(ref _ticks) + passed, TimeSpan.Zero);
    }

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);

    public void Start() => Interlocked.Exchange(ref _runningSince, System.GetTimestamp());
}
