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

    /// <summary>The new versions. Their publications are in <see cref="PublishedResults"/>.</summary>
    public StepResults Build(CubeChanges changes)
    {
        var touched = TouchedResults.By(cube, changes).All.ToList();
        foreach (var (node, indicator, year, change) in touched)
        {
            AddTotals(node, indicator, year, change);
        }

        _results.Messages.AddRange(published.CompleteTotals(now));

        foreach (var (node, indicator, year, change) in touched)
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
            var id = new ResultId(ResultKinds.Total, unit.Code.Value, indicator.Code.Value, period.Number);
            var (version, cause) = (published.NextVersionOf(id), change.CausesOf(month));
            var total = TotalBuilder.Build(cube, node, indicator, period, judged[month - 1], now, version, cause)
                ?? (version > 1 ? TotalBuilder.BuildWithdrawn(cube, node, indicator, period, version, cause) : null);
            if (total is not null && published.AddTotal(id, indicator.Order, total) is { } added)
            {
                _results.Totals.Add(new(new(id.Unit, id.Indicator, period.Number), added));
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
            var id = new ResultId(ResultKinds.Ranking, cube.Nodes.Nodes[node].Code.Value, indicator.Code.Value, period.Number);
            var version = published.NextVersionOf(id);
            if (RankingBuilder.Build(cube, node, indicator, period, now, version, change) is { } ranking
                && published.AddRanking(id, ranking, now) is { } added)
            {
                _results.Rankings.Add(new(new(id.Unit, id.Indicator, period.Number), added));
                _results.Messages.Add(new OutgoingResult(added.Ranking, added.Json));
            }
        }
    }

    private void AddAlert(int node, Indicator indicator, int year, CubeChanges.NodeChange change)
    {
        var unit = cube.Nodes.Nodes[node];
        var before = published.AlertFingerprintOf(unit.Code.Value, indicator.Code.Value, year);
        var target = cube.Catalogue.TargetOf(unit, indicator, year);
        if (before is null && target is null)
        {
            return;
        }

        var (_, state, reason) = AlertEvaluator.Evaluate(cube, node, indicator, year, now);
        var silencedBy = state is null ? null : AlertEvaluator.SilencedBy(cube, unit, indicator, state, now);
        _results.Alerts.Add(
            new(new(unit.Code.Value, indicator.Code.Value, year), AlertQueries.Describe(unit, indicator, state, silencedBy)));
        if (AlertEventBuilder.Build(before, unit, indicator, year, state, reason, silencedBy) is { } alert)
        {
            _results.Messages.Add(published.AddAlert(alert, AlertEventBuilder.Fingerprint(state, silencedBy), change.CausesOf(12), now));
        }
    }

    // An enterprise whose target was removed from the catalogue has no node any more; its alert is cleared.
    private void ClearAlertsWithoutNode()
    {
        foreach (var (_, unitCode, indicatorCode, year) in published.CurrentAlerts.ToList())
        {
            if (cube.Catalogue.Units.TryFind(new UnitCode(unitCode), out var unit) && cube.Nodes.NodeOf(unit) < 0
                && cube.Catalogue.TryFind(new IndicatorCode(indicatorCode), out var indicator)
                && AlertEventBuilder.Build(published.AlertFingerprintOf(unitCode, indicatorCode, year), unit, indicator,
                    (int)year, null, NotJudgedReason.NoTarget, null) is { } alert)
            {
                _results.Alerts.Add(new(new(unitCode, indicatorCode, (int)year), null));
                _results.Messages.Add(published.AddAlert(alert, AlertEventBuilder.Fingerprint(null, null), [], now));
            }
        }
    }
}
