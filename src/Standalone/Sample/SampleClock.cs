namespace XilinIngest.Standalone;

/// <summary>
/// The time of the sample years: it stands at the moment the submission being sent was written, so that windows,
/// deadlines and alerts are those of 2021 and 2022. Once all are sent it runs on from the last.
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
