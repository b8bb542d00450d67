using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>One figure for which the system and the oracle differ.</summary>
/// <param name="Unit">The unit, or a ranking's parent.</param>
/// <param name="Indicator">The indicator.</param>
/// <param name="Period">The month, or the year of an alert.</param>
/// <param name="Field">The name of the figure, such as <c>total ytd</c>.</param>
/// <param name="Actual">The system's value.</param>
/// <param name="Expected">The oracle's value.</param>
internal sealed record Difference(string Unit, string Indicator, string Period, string Field, string Actual, string Expected)
{
    public override string ToString() => $"{Unit} {Indicator} {Period}: {Field} is {Actual}, but should be {Expected}";

    /// <summary>The pairs with different values.</summary>
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
