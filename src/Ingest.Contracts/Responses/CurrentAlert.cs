namespace XilinIngest.Contracts.Responses;

/// <summary>An alert that is in effect.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="UnitZh">Its name.</param>
/// <param name="UnitEn">Its name in English.</param>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="IndicatorZh">Its name.</param>
/// <param name="IndicatorEn">Its name in English.</param>
/// <param name="Year">The year of the target.</param>
/// <param name="Period">The latest complete month, which was judged; <c>yyyy-MM</c>.</param>
/// <param name="Colour"><c>amber</c> or <c>red</c>.</param>
/// <param name="Since">The month since which the alert has been in effect without interruption; <c>yyyy-MM</c>.</param>
/// <param name="Value">The figure judged, as in <see cref="AlertEvent.Value"/>.</param>
/// <param name="Target">The target, as in <see cref="AlertEvent.Target"/>.</param>
/// <param name="Gap">Percentage points ahead (+) or behind (−).</param>
/// <param name="SilencedBy">The parent whose alert silences this one; null if it is not silenced.</param>
/// <param name="ReasonZh">The reason, in Chinese.</param>
/// <param name="ReasonEn">The reason, in English.</param>
/// <param name="TargetKind"><c>growth</c> or <c>amount</c>.</param>
public sealed record CurrentAlert(
    string Unit, string UnitZh, string UnitEn, string Indicator, string IndicatorZh, string IndicatorEn, int Year, string Period,
    TargetColour Colour,
    string Since, decimal? Value, decimal Target, decimal? Gap, string? SilencedBy, string ReasonZh, string ReasonEn,
    TargetType TargetKind)
{
    /// <summary>
    /// Who has taken it, what is to be done and until when; null: no one has, or the service does not know (<c>GET /api/tasks</c>).
    /// </summary>
    public AlertTask? Task { get; init; }
}
