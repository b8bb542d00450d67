using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Rankings;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The difference between what is true and what was last said, for everything that a change can have touched.
/// </summary>
internal sealed class ResultBuilder(Cube.IndicatorCube cube, PublishedResults published, DateTimeOffset now)
{
    private readonly Dictionary<(int Node, int Indicator, int Year), CubeChanges.NodeChange> _touched = [];
    private readonly Dictionary<(int Node, Period Period), List<(int Order, IndicatorTotal Total)>> _totals = [];
    private readonly List<object> _messages = [];

    /// <summary>The events to publish, totals first. Their vintages are in <see cref="PublishedResults"/>.</summary>
    public IReadOnlyList<object> Build(CubeChanges changes)
    {
        foreach (var (key, change) in changes.Nodes)
        {
            Touch(key.Node, key.Indicator, key.Year, change);
        }

        foreach (var ((node, order, year), change) in _touched)
        {
            AddTotals(node, cube.Catalogue.Indicators[order], year, change);
        }

        foreach (var ((node, order, year), change) in _touched)
        {
            AddRankings(node, cube.Catalogue.Indicators[order], year, change);
            AddAlert(node, cube.Catalogue.Indicators[order], year, change);
        }

        if (changes.IncludesRemovedNodes)
        {
            ClearAlertsWithoutNode();
        }

        var totals = _totals.Select(group => new TotalsPublished
        {
            Unit = cube.Nodes.Nodes[group.Key.Node].Code.Value,
            Period = group.Key.Period.ToString(),
            PublishedAt = now,
            Totals = [.. group.Value.OrderBy(total => total.Order).Select(total => total.Total)],
        });
        return [.. totals, .. _messages];
    }

    // A change of a node touches its own results, and those of the next year that look back at it: a rate's, month by month, and the
    // pace of a stock, which starts from the year's end.
    private void Touch(int node, int order, int year, CubeChanges.NodeChange change)
    {
        TouchYear(node, order, year, change);
        var indicator = cube.Catalogue.Indicators[order];
        if (indicator.Kind.LookBack == LookBack.EachMonth)
        {
            TouchYear(node, order, year + 1, change);
        }
        else if (indicator.Kind.LookBack == LookBack.YearEndForTarget
            && cube.Catalogue.TargetOf(cube.Nodes.Nodes[node], indicator, year + 1) is { Kind: TargetKind.Amount })
        {
            var wholeYear = new CubeChanges.NodeChange { FromMonth = 1 };
            wholeYear.Merge(change);
            TouchYear(node, order, year + 1, wholeYear);
        }
    }

    private void TouchYear(int node, int order, int year, CubeChanges.NodeChange change)
    {
        var unit = cube.Nodes.Nodes[node];
        Merge(node, order, year, change);
        TouchJudgedChildren(unit, order, year, change);

        // A ranking belongs to the parent: to each that the unit has in the months that changed.
        for (var month = change.FromMonth; month <= 12; month++)
        {
            if ((unit.Spans.Count > 1 || month == change.FromMonth) && cube.Catalogue.Units.ParentOf(unit, new Period(year, month)) is { } parent)
            {
                Merge(cube.Nodes.NodeOf(parent), order, year, change);
            }
        }
    }

    // The children are judged beside their parent's growth, and silenced by its alert; and theirs by them.
    private void TouchJudgedChildren(Unit parent, int order, int year, CubeChanges.NodeChange change)
    {
        if (!cube.Catalogue.Units.HasChildren(parent))
        {
            return;
        }

        foreach (var target in cube.Catalogue.ChildrenWithTarget(parent, cube.Catalogue.Indicators[order], year))
        {
            Merge(cube.Nodes.NodeOf(target), order, year, change);
            TouchJudgedChildren(target, order, year, change);
        }
    }

    private void Merge(int node, int order, int year, CubeChanges.NodeChange change)
    {
        if (!_touched.TryGetValue((node, order, year), out var merged))
        {
            _touched[(node, order, year)] = merged = new CubeChanges.NodeChange();
        }

        merged.Merge(change);
    }

    private void AddTotals(int node, Indicator indicator, int year, CubeChanges.NodeChange change)
    {
        var unit = cube.Nodes.Nodes[node];
        if (unit.Level > UnitLevel.Village)
        {
            // One firm's figures are never published; its alert is.
            return;
        }

        var judged = AlertEvaluator.Evaluate(cube, node, indicator, year, now).Months;
        for (var month = change.FromMonth; month <= cube.HorizonOf(year); month++)
        {
            var period = new Period(year, month);
            var total = TotalBuilder.Build(cube, node, indicator, period, judged[month - 1], now);
            if (total is null)
            {
                if (published.FingerprintOf(ResultKinds.Total, unit.Code.Value, indicator.Code.Value, period.Number) is null)
                {
                    continue;
                }

                // Everything was withdrawn: what was said is taken back by saying that there is nothing.
                total = new IndicatorTotal
                {
                    Indicator = indicator.Code.Value, Reported = 0, Expected = cube.ExpectedOf(node, indicator, period),
                    State = TotalBuilder.StateName(TotalState.Provisional), Version = 0, Cause = [],
                };
            }

            var m = month;
            var message = published.AddVersion(ResultKinds.Total, unit.Code.Value, indicator.Code.Value, period.Number, PublishedResults.FingerprintOf(total), version => new TotalsPublished
            {
                Unit = unit.Code.Value,
                Period = period.ToString(),
                PublishedAt = now,
                Totals = [total with { Version = version, Cause = change.CausesOf(m) }],
            });
            if (message is not null)
            {
                if (!_totals.TryGetValue((node, period), out var list))
                {
                    _totals[(node, period)] = list = [];
                }

                list.Add((indicator.Order, message.Totals[0]));
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
            var wasSaid = published.FingerprintOf(ResultKinds.Ranking, cube.Nodes.Nodes[node].Code.Value, indicator.Code.Value, period.Number) is not null;
            if (RankingBuilder.Build(cube, node, indicator, period, now, wasPublished: wasSaid) is not { } ranking)
            {
                continue;
            }

            var m = month;
            var message = published.AddVersion(ResultKinds.Ranking, ranking.Parent, ranking.Indicator, period.Number, PublishedResults.FingerprintOf(ranking),
                version => ranking with { Version = version, Cause = change.CausesOf(m), PublishedAt = now });
            if (message is not null)
            {
                _messages.Add(message);
            }
        }
    }

    private void AddAlert(int node, Indicator indicator, int year, CubeChanges.NodeChange change)
    {
        var unit = cube.Nodes.Nodes[node];
        var before = published.FingerprintOf(ResultKinds.Alert, unit.Code.Value, indicator.Code.Value, year);
        if (before is null && cube.Catalogue.TargetOf(unit, indicator, year) is null)
        {
            return;
        }

        var (_, state, why) = AlertEvaluator.Evaluate(cube, node, indicator, year, now);
        var silencedBy = state is null ? null : AlertEvaluator.SilencedBy(cube, unit, indicator, state, now);
        if (AlertEventBuilder.Build(before, unit, indicator, year, state, why, silencedBy) is { } alert)
        {
            _messages.Add(published.AddVersion(ResultKinds.Alert, unit.Code.Value, indicator.Code.Value, year, AlertEventBuilder.Fingerprint(state, silencedBy),
                version => alert with { Version = version, Cause = change.CausesOf(12), PublishedAt = now })!);
        }
    }

    // A firm whose target was taken out of the catalogue is not added up any more; the alert that stood on it ends.
    private void ClearAlertsWithoutNode()
    {
        foreach (var (unitCode, indicatorCode, year) in published.CurrentAlerts.ToList())
        {
            if (cube.Catalogue.Units.TryFind(new UnitCode(unitCode), out var unit) && cube.Nodes.NodeOf(unit) < 0
                && cube.Catalogue.TryFind(new IndicatorCode(indicatorCode), out var indicator)
                && AlertEventBuilder.Build(published.FingerprintOf(ResultKinds.Alert, unitCode, indicatorCode, year), unit, indicator, (int)year, null, NotJudgedReason.NoTarget, null) is { } alert)
            {
                _messages.Add(published.AddVersion(ResultKinds.Alert, unitCode, indicatorCode, year, AlertEventBuilder.Fingerprint(null, null),
                    version => alert with { Version = version, Cause = [], PublishedAt = now })!);
            }
        }
    }
}
