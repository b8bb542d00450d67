using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The routing keys of what an aggregator says: the kind, and the path of the unit, so that anyone can ask for a subtree.
/// </summary>
internal static class ResultRoutingKeys
{
    public static string For(object message, UnitTree tree) => message switch
    {
        TotalsPublished total => $"total.{PathOf(total.Unit, total.Period, tree)}",
        RankingPublished ranking => $"ranking.{PathOf(ranking.Parent, ranking.Period, tree)}",
        AlertEvent alert => $"alert.{PathOf(alert.Unit, alert.Period, tree)}",
        ReplayAccepted => "replay",
        _ => throw new ArgumentException($"A {message.GetType().Name} has no way on the broker.", nameof(message)),
    };

    // What was said of a unit before it was taken out of the catalogue is said again after a crash: by its code, then.
    private static string PathOf(string unit, string period, UnitTree tree) =>
        UnitCode.TryParse(unit, out var code) && tree.TryFind(code, out var found) && Period.TryParse(period, out var month)
            ? tree.PathOf(found, month) : unit;
}
