using XilinIngest.Indicators;

namespace XilinIngest.Notifier.Silences;

/// <summary>For a time, no notice is made of the alerts of a unit and all below it.</summary>
internal sealed record Silence
{
    /// <summary>The most silences that hold at a time.</summary>
    public const int MaxOpen = 200;

    public static readonly TimeSpan MaxDuration = TimeSpan.FromDays(90);

    public long Number { get; init; }

    /// <summary>Chosen by who makes it: the same request sent again makes no second silence.</summary>
    public required Guid Id { get; init; }
    public required string Unit { get; init; }

    /// <summary>Null: all indicators.</summary>
    public string? Indicator { get; init; }

    /// <summary>The worst colour that is held back. At amber, an alert that is or becomes red is told.</summary>
    public Colour Level { get; init; } = Colour.Red;
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required string MadeBy { get; init; }
    public required string Reason { get; init; }

    /// <summary>When it was ended before its time; null: it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndedBy { get; init; }

    /// <summary>Whether another silence of the same id asks for the same. Its end is stored to the millisecond.</summary>
    public bool IsSameRequestAs(Silence other) => (Unit, Indicator, Level, MadeBy, Reason)
        == (other.Unit, other.Indicator, other.Level, other.MadeBy, other.Reason)
        && (EndsAt - other.EndsAt).Duration() < TimeSpan.FromMilliseconds(1);

    public bool HoldsAt(DateTimeOffset now) => StartsAt <= now && now < EndsAt && EndedAt is null;
}
