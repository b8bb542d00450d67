using XilinIngest.Contracts;

namespace XilinIngest.Admin.Federation;

/// <summary>A published total as a value of the submission above: a value, a withdrawal, or the reason why it is left out.</summary>
/// <param name="Total">The total as the lower installation publishes it.</param>
internal sealed record MappedTotal(IndicatorTotal Total)
{
    public IndicatorValue? Value { get; init; }

    /// <summary>The lower installation has no figure of the month. If one was reported above, it is taken back.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>Why it is left out; what was reported above before stays.</summary>
    public MappingObstacle? Obstacle { get; init; }

    public OriginTotal Origin => new() { Indicator = Total.Indicator, Version = Total.Version, State = Total.State };
}

/// <summary>Why a total is not reported above.</summary>
/// <param name="Zh">The reason in Chinese.</param>
/// <param name="En">The same in English.</param>
/// <param name="IsFault">Whether the two catalogues contradict each other, which someone has to resolve.</param>
internal sealed record MappingObstacle(string Zh, string En, bool IsFault = false);
