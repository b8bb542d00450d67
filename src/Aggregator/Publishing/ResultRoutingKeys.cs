using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>The routing keys of published results: the kind, and the path of the unit, so that a consumer can bind a subtree.</summary>
internal static class ResultRoutingKeys
{
    public static string For(object message, UnitTree tree) => message switch
    {
        TotalsPublished total => $"total.{PathOf(total.Unit, total.Period, tree)}",
        RankingPublished ranking => $"ranking.{PathOf(ranking.Parent, ranking.Period, tree)}",
        AlertEvent alert => $"alert.{PathOf(alert.Unit, alert.Period, tree)}",
        ReportReviewed review => $"review.{PathOf(review.Unit, review.Period, tree)}",
        MonthChanged month => $"month.{PathOf(month.Unit, month.Period, tree)}",
        ReplayAccepted => "replay",
        _ => throw new ArgumentException($"A {message.GetType().Name} has no way on the broker.", nameof(message)),
    };

    // After a crash, results of a unit that was removed from the catalogue may be published again. Their key is then the unit's code.
    private static string PathOf(string unit, string period, UnitTree tree) =>
        tree.TryFind(unit, out var found) && Period.TryParse(period, out var month)
            ? tree.PathOf(found, month) : unit;
}
