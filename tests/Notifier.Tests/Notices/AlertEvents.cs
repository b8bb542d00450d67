using System.Text;
using XilinIngest.Contracts;

namespace XilinIngest.Notifier.Tests.Notices;

/// <summary>Alert events as an aggregator publishes them.</summary>
internal static class AlertEvents
{
    internal static readonly DateTimeOffset Start = new(2022, 8, 5, 1, 2, 3, 456, TimeSpan.Zero);

    internal static AlertEvent Red(string unit, int version, DateTimeOffset? at = null) => new AlertRaised
    {
        Unit = unit,
        Indicator = "RETAIL_SALES",
        Year = 2022,
        Period = "2022-07",
        Colour = TargetColour.Red,
        Since = "2022-06",
        Value = -3.2m,
        Target = 8,
        Gap = -11.2m,
        ReasonZh = "下降3.2%，目标8%。",
        ReasonEn = "It fell by 3.2%; the target is 8%.",
        Version = version,
        Cause = [7],
        PublishedAt = at ?? Start.AddMinutes(version),
    };

    internal static AlertEvent Green(string unit, int version, DateTimeOffset? at = null)
    {
        var red = Red(unit, version, at);
        return new AlertCleared
        {
            Unit = red.Unit,
            Indicator = red.Indicator,
            Year = red.Year,
            Period = red.Period,
            Colour = TargetColour.Green,
            PreviousColour = TargetColour.Red,
            Since = red.Since,
            Value = 9,
            Target = red.Target,
            Gap = 1,
            ReasonZh = "增长9%，目标8%。",
            ReasonEn = "It grew by 9%; the target is 8%.",
            Version = version,
            Cause = [8],
            PublishedAt = red.PublishedAt,
        };
    }

    /// <summary>An event of any alert; from green on, it is raised.</summary>
    internal static AlertEvent Of(
        string unit, string indicator, int version, TargetColour before, TargetColour colour, DateTimeOffset at)
    {
        var (red, green) = (Red(unit, version, at), Green(unit, version, at));
        return (before, colour) switch
        {
            (TargetColour.Green, _) => red with { Indicator = indicator, Colour = colour },
            (_, TargetColour.Green) => (AlertCleared)green with { Indicator = indicator, PreviousColour = before },
            _ => new AlertChanged
            {
                Unit = unit,
                Indicator = indicator,
                Year = red.Year,
                Period = red.Period,
                Colour = colour,
                PreviousColour = before,
                Since = red.Since,
                Value = red.Value,
                Target = red.Target,
                Gap = red.Gap,
                ReasonZh = red.ReasonZh,
                ReasonEn = red.ReasonEn,
                Version = version,
                Cause = red.Cause,
                PublishedAt = at,
            },
        };
    }

    internal static byte[] Body(this AlertEvent alert) => WireFormat.Serialize(alert);

    internal static string Text(this AlertEvent alert) => Encoding.UTF8.GetString(alert.Body());
}
