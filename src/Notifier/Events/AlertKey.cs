using XilinIngest.Indicators;

namespace XilinIngest.Notifier.Events;

/// <summary>An alert: there is one for each unit, indicator and year.</summary>
internal readonly record struct AlertKey(string Unit, string Indicator, int Year)
{
    public override string ToString() => FormattableString.Invariant($"{Unit}/{Indicator}/{Year}");
}

/// <summary>An alert event as it was taken.</summary>
/// <param name="Id">Contiguous, in the order in which events were taken.</param>
/// <param name="Key">The alert.</param>
/// <param name="Version">The version of the alert.</param>
/// <param name="Period">The month that was judged, <c>yyyy-MM</c>.</param>
/// <param name="Colour">The colour; green when cleared.</param>
/// <param name="SilencedBy">The parent whose alert silences this one; null: none.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="IsLate">Whether a newer event of the alert was taken before it.</param>
internal sealed record TakenEvent(
    long Id, AlertKey Key, int Version, string Period, Colour Colour, string? SilencedBy, DateTimeOffset TakenAt, bool IsLate);
