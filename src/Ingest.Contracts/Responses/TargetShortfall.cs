namespace XilinIngest.Contracts.Responses;

/// <summary>An indicator of a unit that is behind its target in a month.</summary>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="Colour"><c>amber</c> or <c>red</c>.</param>
/// <param name="Since">
/// The month since which it has been behind without a green month between; months that are not complete are passed over; <c>yyyy-MM</c>.
/// </param>
/// <param name="Causes">
/// The units below that pull its growth down, the strongest first, at most three; empty where none does, where a growth is not the sum of
/// theirs, where the target is no growth, and for what the caller may not see.
/// </param>
public sealed record TargetShortfall(string Indicator, TargetColour Colour, string Since, IReadOnlyList<ShortfallCause> Causes);

/// <summary>A unit that takes from the growth of the unit above it (拖累): its contribution to the growth, below zero.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Points">
/// Percentage points of the upper unit's growth, rounded to one decimal. Before rounding, those of all units below add up to the growth.
/// Null where the growth is in words.
/// </param>
public sealed record ShortfallCause(string Unit, decimal? Points)
{
    /// <summary>
    /// Where the growth is in words: the unit's figure less its base, exact, in the canonical unit, below zero. Null otherwise.
    /// </summary>
    public decimal? Amount { get; init; }
}
