using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>One figure on which the system and the oracle do not agree.</summary>
/// <param name="Unit">The unit, or a ranking's parent.</param>
/// <param name="Indicator">The indicator.</param>
/// <param name="Period">The month, or the year of an alert.</param>
/// <param name="Field">Which figure, such as <c>total ytd</c>.</param>
/// <param name="Found">The system's.</param>
/// <param name="True">The oracle's.</param>
internal sealed record Difference(string Unit, string Indicator, string Period, string Field, string Found, string True)
{
    public override string ToString() => $"{Unit} {Indicator} {Period}: {Field} is {Found}, but should be {True}";

    /// <summary>Those of the pairs that are not the same.</summary>
    public static IEnumerable<Difference> Between(string unit, string indicator, string period, IEnumerable<(string Field, object? Found, object? True)> pairs) => pairs
        .Where(pair => !Equals(pair.Found, pair.True))
        .Select(pair => new Difference(unit, indicator, period, pair.Field, InWords(pair.Found), InWords(pair.True)));

    private static string InWords(object? value) => value switch
    {
        null => "nothing",
        Growth growth => growth.Percent is { } percent ? InWords(percent) + "%" : growth.Word == GrowthWord.None ? "nothing" : $"{growth.Word} {InWords(growth.Amount)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
