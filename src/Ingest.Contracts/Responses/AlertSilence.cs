namespace XilinIngest.Contracts.Responses;

/// <summary>A silence: no notice is made of the alerts of a unit and all below it for a time.</summary>
/// <param name="Number">Its number, by which it is ended.</param>
/// <param name="Id">The id of the request that made it.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="Indicator">The indicator's code; null: all indicators.</param>
/// <param name="Level">The worst colour that is held back: at <c>amber</c>, red is told.</param>
/// <param name="StartsAt">From when it holds; UTC.</param>
/// <param name="EndsAt">Until when it holds; UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="Holds">Whether it holds now.</param>
/// <param name="By">Who made it; null: the caller may not read it.</param>
/// <param name="EndedAt">When it was ended before its time; null: it was not.</param>
/// <param name="EndedBy">Who ended it; null: no one, or the caller may not read it.</param>
public sealed record AlertSilence(
    long Number, Guid Id, string Unit, string? Indicator, TargetColour Level, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason,
    bool Holds, string? By, DateTimeOffset? EndedAt, string? EndedBy);

/// <summary>The body of a request to make a silence, from now on.</summary>
public sealed record SilenceRequest
{
    /// <summary>The idempotency key: the same request sent again makes no second silence.</summary>
    public required Guid Id { get; init; }

    /// <summary>The unit's code; the silence is for all below it too.</summary>
    public required string Unit { get; init; }

    /// <summary>The indicator's code; null: all indicators.</summary>
    public string? Indicator { get; init; }

    /// <summary>The worst colour that is held back: <c>amber</c> or <c>red</c>; null: <c>red</c>, which is every alert.</summary>
    public TargetColour? Level { get; init; }

    /// <summary>Until when it holds: in the future, at most 90 days ahead.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Why, 5 to 500 characters.</summary>
    public required string Reason { get; init; }
}
