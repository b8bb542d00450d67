using System.Globalization;

namespace XilinIngest.Aggregator.Tests.Histories;

/// <summary>How long the properties look for a counter-example: a minute in all, or <c>XILIN_PROPERTY_FACTOR</c> times that.</summary>
internal static class PropertyTimeBudget
{
    private static readonly double Factor =
        double.TryParse(Environment.GetEnvironmentVariable("XILIN_PROPERTY_FACTOR"), CultureInfo.InvariantCulture, out var factor)
            ? factor : 1;

    public static int Seconds(double usual) => Math.Max(1, (int)(usual * Factor));
}
