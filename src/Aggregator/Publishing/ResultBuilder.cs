using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Rankings;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>Compares the cube with the published results, for everything that a step can have changed.</summary>
internal sealed class ResultBuilder(IndicatorCube cube, PublishedResults published, DateTimeOffset now)
{
    private readonly StepResults _results = new();
    private readonly NodeResults _newest = published.Of(cube);

    /// <summary>The new versions. Their publications are in <see cref="PublishedResults"/>.</summary>
    public StepResults Build(CubeChanges changes)
    {
        var touched = TouchedResults.By(cube, changes);
        foreach (var (node, indicator, year, change) in touched.All.Where(result => cube.Owns(result.Node)))
        {
            AddTotals(node, indicator, year, change);
        }

        _results.Messages.AddRange(published.CompleteTotals(now));

        foreach (var (node, indicator, year, change) in touched.All.Where(result => cube.Owns(result.Node)))
        {
            AddRankings(node, indicator, year, change);
            AddAlert(node, indicator, year, change);
        }

        if (changes.IncludesRemovedNodes)
        {
            ClearAlertsWithoutNode();
        }

        return _results;
    }

    private void AddTotals(int node, Indicator indicator, int year, CubeChanges.NodeChange change)
    {
        var unit = cube.Nodes.Nodes[node];
        if (unit.Level > UnitLevel.Village)
        {
            // The figures of one enterprise are never published; its alert is.
            _results.Totals.AddRange(EnterpriseTotals.OfYear(cube, node, indicator, year, change.FromMonth, now));
            return;
        }

        var judged = AlertEvaluator.Evaluate(cube, node, indicator, year, now).Months;
        for (var month = change.FromMonth; month <= cube.HorizonOf(year); month++)
        {
            var period = new Period(year, month);
            var newest = _newest.Total(node, indicator, period);
            var (version, cause) = (newest?.NextVersion ?? 1, change.CausesOf(month));
            var total = TotalBuilder.Build(cube, node, indicator, period, judged[month - 1], now, version, cause)
                ?? (version > 1 ? TotalBuilder.BuildWithdrawn(cube, node, indicator, period, version, cause) : null);
            if (total is not null
                && published.AddTotal(newest ?? _newest.AddTotal(node, indicator, period), indicator.Order, total) is { } added)
            {
                _results.Totals.Add(new(new(unit.Code.Value, indicator.Code.Value, period.Number), added));
            }
        }
    }

    private void AddRankings(int node, Indicator indicator, int year, CubeChanges.NodeChange change)
    {
        if (cube.Nodes.Nodes[node].Level >= UnitLevel.Village)
        {
            return;
        }

        for (var month = change.FromMonth; month <= cube.HorizonOf(year); month++)
        {
            var period = new Period(year, month);
            var newest = _newest.Ranking(node, indicator, period);
            if (RankingBuilder.Build(cube, node, indicator, period, now, newest?.NextVersion ?? 1, change) is { } ranking
                && published.AddRanking(newest ?? _newest.AddRanking(node, indicator, period), ranking, now) is { } added)
            {
                _results.Rankings.Add(new(new(ranking.Parent, ranking.Indicator, period.Number), added));
                _results.Messages.Add(new OutgoingResult(ranking, added.Json));
            }
        }
    }

    private void AddAlert(int node, Indicator indicator, int year, CubeChanges.NodeChange change)
    {
        var unit = cube.Nodes.Nodes[node];
        var newest = _newest.Alert(node, indicator, year);
        if (newest is null && cube.Targets.Of(node, indicator, year) is null)
        {
            return;
        }

        var (_, state, reason) = AlertEvaluator.Evaluate(cube, node, indicator, year, now);
        var silencedBy = state is null ? null : AlertEvaluator.SilencedBy(cube, unit, indicator, state, now);
        _results.Alerts.Add(
            new(new(unit.Code.Value, indicator.Code.Value, year), AlertQueries.Describe(unit, indicator, state, silencedBy)));
        if (AlertEventBuilder.Build(newest?.AlertFingerprint, unit, indicator, year, state, reason, silencedBy) is { } alert)
        {
            _results.Messages.Add(published.AddAlert(newest ?? _newest.AddAlert(node, indicator, year), alert,
                AlertEventBuilder.Fingerprint(state, silencedBy), change.CausesOf(12), now));
        }
    }

    // An enterprise whose target was removed from the catalogue has no node any more; its alert is cleared.
    private void ClearAlertsWithoutNode()
    {
        foreach (var current in published.CurrentAlerts.ToList())
        {
            var (_, unitCode, indicatorCode, year) = current.Id;
            if (cube.Catalogue.Units.TryFind(new UnitCode(unitCode), out var unit) && cube.Nodes.NodeOf(unit) < 0
                && cube.Catalogue.TryFind(new IndicatorCode(indicatorCode), out var indicator)
                && AlertEventBuilder.Build(
                    current.AlertFingerprint, unit, indicator, (int)year, null, NotJudgedReason.NoTarget, null) is { } alert)
            {
                _results.Alerts.Add(new(new(unitCode, indicatorCode, (int)year), null));
                _results.Messages.Add(published.AddAlert(current, alert, AlertEventBuilder.Fingerprint(null, null), [], now));
            }
        }
    }
}
