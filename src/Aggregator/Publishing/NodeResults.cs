using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The newest results of a cube's nodes by their numbers. A step asks for hundreds of results, and the codes that name one are costly to
/// look up.
/// </summary>
internal sealed class NodeResults(IndicatorCube cube, PublishedResults published)
{
    private static readonly NewestResult NeverPublished = new(default, null);
    private readonly Dictionary<int, NewestResult?[]> _totals = [];
    private readonly Dictionary<int, NewestResult?[]> _rankings = [];
    private readonly Dictionary<int, NewestResult?[]> _alerts = [];

    public IndicatorCube Cube => cube;

    /// <summary>A node's total; null: it was never published.</summary>
    public NewestResult? Total(int node, Indicator indicator, Period period) =>
        Find(ref PlaceOf(_totals, node, indicator, period), ResultKinds.Total, node, indicator, period.Number);

    /// <summary>The ranking of a node's children; null: it was never published.</summary>
    public NewestResult? Ranking(int node, Indicator indicator, Period period) =>
        Find(ref PlaceOf(_rankings, node, indicator, period), ResultKinds.Ranking, node, indicator, period.Number);

    /// <summary>A node's alert of a year; null: it was never published.</summary>
    public NewestResult? Alert(int node, Indicator indicator, int year) =>
        Find(ref PlaceOf(_alerts, node, indicator, new Period(year, 1)), ResultKinds.Alert, node, indicator, year);

    /// <summary>A node's total, which is published now.</summary>
    public NewestResult AddTotal(int node, Indicator indicator, Period period) =>
        PlaceOf(_totals, node, indicator, period) = published.GetOrAdd(IdOf(ResultKinds.Total, node, indicator, period.Number));

    /// <summary>The ranking of a node's children, which is published now.</summary>
    public NewestResult AddRanking(int node, Indicator indicator, Period period) =>
        PlaceOf(_rankings, node, indicator, period) = published.GetOrAdd(IdOf(ResultKinds.Ranking, node, indicator, period.Number));

    /// <summary>A node's alert, which is published now.</summary>
    public NewestResult AddAlert(int node, Indicator indicator, int year) =>
        PlaceOf(_alerts, node, indicator, new Period(year, 1)) = published.GetOrAdd(IdOf(ResultKinds.Alert, node, indicator, year));

    private NewestResult? Find(ref NewestResult? known, string kind, int node, Indicator indicator, long period)
    {
        known ??= published.Find(IdOf(kind, node, indicator, period)) ?? NeverPublished;
        return ReferenceEquals(known, NeverPublished) ? null : known;
    }

    private ResultId IdOf(string kind, int node, Indicator indicator, long period) =>
        new(kind, cube.Nodes.Nodes[node].Code.Value, indicator.Code.Value, period);

    private ref NewestResult? PlaceOf(Dictionary<int, NewestResult?[]> months, int node, Indicator indicator, Period period)
    {
        // The arrays have one month each: most months of a year have no alert, and past years have no new results.
        var count = cube.Catalogue.Indicators.Count;
        if (!months.TryGetValue(period.Number, out var places))
        {
            months[period.Number] = places = new NewestResult?[cube.Nodes.Nodes.Count * count];
        }

        return ref places[node * count + indicator.Order];
    }
}
