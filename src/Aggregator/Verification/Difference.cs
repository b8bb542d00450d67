using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>One figure on which the system and the oracle do not agree.</summary>
/// <param name="Unit">The unit, or a ranking's parent.</param>
/// <param name="Indicator">The indicator.</param>
/// <param name="Period">The month, or the year of an alert.</param>
/// <param name="Field">Which figure, such as <c>total ytd</c>.</param>
/// <param name="Actual">The system's.</param>
/// <param name="Expected">The oracle's.</param>
internal sealed record Difference(string Unit, string Indicator, string Period, string Field, string Actual, string Expected)
{
    public override string ToString() => $"{Unit} {Indicator} {Period}: {Field} is {Actual}, but should be {Expected}";

    /// <summary>Those of the pairs that are not the same.</summary>
    public static IEnumerable<Difference> Compare(
        string unit, string indicator, string period, IEnumerable<(string Field, object? Found, object? True)> pairs) => pairs
        .Where(pair => !Equals(pair.Found, pair.True))
        .Select(pair => new Difference(unit, indicator, period, pair.Field, Format(pair.Found), Format(pair.True)));

    private static string Format(object? value) => value switch
    {
        null => "nothing",
        Growth growth =>
            growth.Percent is { } percent
                ? Format(percent) + "%" : growth.Word == GrowthWord.None ? "nothing" : $"{growth.Word} {Format(growth.Amount)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
