using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Alerts;

/// <summary>Creates an alert's events with their reason in words.</summary>
internal static class AlertEventBuilder
{
    private static readonly string Green = TargetColour.Green.ToWireName();

    /// <summary>
    /// The fingerprint of an alert's state: its colour, and whether it is silenced. A new figure alone does not change it.
    /// </summary>
    public static string Fingerprint(AlertState? state, Unit? silencedBy) =>
        state is null || state.Judgement.Colour == Colour.Green
            ? Green : $"{PublishedTerms.ColourOf(state.Judgement.Colour).ToWireName()} {silencedBy?.Code}";

    /// <summary>The fingerprint of the state that an event published.</summary>
    public static string Fingerprint(AlertEvent alert) =>
        alert.Colour == TargetColour.Green ? Green : $"{alert.Colour.ToWireName()} {alert.SilencedBy}";

    /// <summary>The event from the last published state to the current one; null: the fingerprint is unchanged.</summary>
    /// <param name="publishedFingerprint">The last published fingerprint; null: there is none.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="indicator">The indicator.</param>
    /// <param name="year">The year.</param>
    /// <param name="state">The current state; null: nothing can be judged any more.</param>
    /// <param name="notJudgedReason">Why nothing can be judged.</param>
    /// <param name="silencedBy">The parent that silences it.</param>
    public static AlertEvent? Build(
        string? publishedFingerprint, Unit unit, Indicator indicator, int year, AlertState? state, NotJudgedReason notJudgedReason,
        Unit? silencedBy)
    {
        var before = ColourOf(publishedFingerprint);
        var colour = state?.Judgement.Colour ?? Colour.Green;
        if (Fingerprint(state, silencedBy) == (publishedFingerprint ?? Green))
        {
            return null;
        }

        var (zh, en) = state is null
            ? AlertReasonText.Describe(unit, indicator, notJudgedReason) : AlertReasonText.Describe(unit, indicator, state);
        AlertEvent alert = (before, colour) switch
        {
            (TargetColour.Green, _) => CreateUninitialized<AlertRaised>(),
            (_, Colour.Green) => CreateUninitialized<AlertCleared>() with { PreviousColour = before },
            _ => CreateUninitialized<AlertChanged>() with { PreviousColour = before },
        };
        return alert with
        {
            Unit = unit.Code.Value,
            Indicator = indicator.Code.Value,
            Year = year,
            Period = (state?.Period ?? new Period(year, 1)).ToString(),
            Colour = PublishedTerms.ColourOf(colour),
            Since = (state?.Since ?? state?.Period ?? new Period(year, 1)).ToString(),
            Value = state?.Judgement.Value is { } value ? TotalBuilder.Normalize(Rounding.Rate(value)) : null,
            Target = state?.Target.Value ?? 0,
            Gap = state?.Judgement.Gap is { } gap ? TotalBuilder.Normalize(Rounding.Rate(gap)) : null,
            SilencedBy = silencedBy?.Code.Value,
            ReasonZh = zh,
            ReasonEn = en,
            Version = 0,
            Cause = [],
            PublishedAt = default,
        };
    }

    /// <summary>Whether an alert with this fingerprint is current: not green.</summary>
    public static bool IsCurrent(string fingerprint) => fingerprint != Green;

    // A fingerprint begins with the colour.
    private static TargetColour ColourOf(string? fingerprint) =>
        fingerprint is null
            ? TargetColour.Green
            : WireNames.Parse<TargetColour>(fingerprint.Split(' ')[0])
            ?? throw new InvalidDataException($"The alert fingerprint '{fingerprint}' names no colour.");

    // Creates the event without its required members. All three events have the same ones, and one caller sets them.
    private static T CreateUninitialized<T>()
        where T : AlertEvent => Activator.CreateInstance<T>();
}
