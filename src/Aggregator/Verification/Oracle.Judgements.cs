using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>Ranks, colours and alerts, from the totals of the worksheet.</summary>
internal sealed partial class Oracle
{
    private Dictionary<ResultKey, OracleRanking> ComputeRankings()
    {
        var rankings = new Dictionary<ResultKey, OracleRanking>();
        foreach (var parent in _nodes.Where(unit => unit.Level < UnitLevel.Village && _catalogue.Units.HasChildren(unit)))
        {
            foreach (var indicator in _catalogue.Indicators.Where(indicator => indicator.RankBy != RankBy.None))
            {
                var before = new Dictionary<UnitCode, int?>();
                foreach (var period in Months)
                {
                    var (ranking, ranks) = RankingOf(parent, indicator, period, period.Month == 1 ? [] : before);
                    before = indicator.IsDueIn(period) ? ranks : [];
                    if (ranking is not null)
                    {
                        rankings[new(parent, indicator, period)] = ranking;
                    }
                }
            }
        }

        return rankings;
    }

    private (OracleRanking? Ranking, Dictionary<UnitCode, int?> Ranks) RankingOf(
        Unit parent, Indicator indicator, Period period, Dictionary<UnitCode, int?> before)
    {
        var siblings = _catalogue.Units.ChildrenOf(parent, period)
            .Where(unit => unit.Level <= UnitLevel.Village && _expected.ContainsKey(new(unit, indicator, period)))
            .Select(unit => (Unit: unit, Total: _totals.GetValueOrDefault(new(unit, indicator, period))))
            .ToList();
        var values = siblings.ConvertAll(sibling => sibling.Total is null
            ? null
            : CompetitionRanking.KeyOf(
                indicator, sibling.Unit.Level, sibling.Total, _catalogue.TargetOf(sibling.Unit, indicator, period.Year)));
        var ranks = CompetitionRanking.ComputeByKey(values, indicator.Direction);
        var units = siblings
            .Select((sibling, i) => new OracleRank(
                sibling.Unit, values[i]?.Value, ranks[i], before.GetValueOrDefault(sibling.Unit.Code),
                indicator.RankBy == RankBy.Growth ? Totals.ComparisonBuilder.Build(indicator, sibling.Total) : null)
            {
                Since = values[i]?.Since,
            })
            .OrderBy(place => place.Rank ?? int.MaxValue)
            .ThenBy(place => place.Unit.Code)
            .ToList();
        var ranking = siblings.Count < 2 || siblings.TrueForAll(sibling => sibling.Total is null)
            ? null
            : new OracleRanking(
                siblings.Min(sibling => sibling.Total?.State ?? TotalState.Provisional),
                siblings.Sum(sibling => sibling.Total?.Reported ?? 0),
                siblings.Sum(sibling => _expected[new(sibling.Unit, indicator, period)]), units);
        return (ranking, units.ToDictionary(place => place.Unit.Code, place => place.Rank));
    }

    // Only complete months, in order, each with the colour of the one before. A half-reported month raises no alert.
    private Dictionary<ResultKey, Judgement> ComputeJudgements()
    {
        var judgements = new Dictionary<ResultKey, Judgement>();
        foreach (var (unit, indicator, target, rule) in JudgedTargets())
        {
            var colour = Colour.Green;
            var yearEnd = OracleKind.Of(indicator).StartsAtYearEnd
                ? CompleteTotal(unit, indicator, new Period(target.Year - 1, 12))?.Ytd : null;
            foreach (var period in Months.Where(month => month.Year == target.Year))
            {
                if (CompleteTotal(unit, indicator, period) is not { } total)
                {
                    continue;
                }

                var siblings = _catalogue.Units.ParentOf(unit, period) is { } parent
                    ? CompleteTotal(parent, indicator, period)?.Growth.Percent : null;
                if (ColourEvaluator.Judge(indicator, total, target, rule, period.Month, yearEnd, siblings, colour) is { } judgement)
                {
                    judgements[new(unit, indicator, period)] = judgement;
                    colour = judgement.Colour;
                }
            }
        }

        return judgements;
    }

    private Dictionary<(UnitCode, IndicatorCode, int), OracleAlert> ComputeAlerts(Dictionary<ResultKey, Judgement> judgements)
    {
        var alerts = new Dictionary<(UnitCode, IndicatorCode, int), OracleAlert>();
        foreach (var (unit, indicator, target, _) in JudgedTargets())
        {
            var months = Months.Where(month => month.Year == target.Year && judgements.ContainsKey(new(unit, indicator, month)))
                .Reverse().ToList();
            if (months.Count > 0)
            {
                var since = months.TakeWhile(month => judgements[new(unit, indicator, month)].Colour != Colour.Green).ToList();
                alerts[(unit.Code, indicator.Code, target.Year)] = new OracleAlert(
                    judgements[new(unit, indicator, months[0])].Colour, months[0], since.Count == 0 ? null : since[^1], null);
            }
        }

        foreach (var (unit, indicator, target, _) in JudgedTargets().Where(judged => judged.Rule.SilencedByParent))
        {
            if (alerts.GetValueOrDefault((unit.Code, indicator.Code, target.Year)) is { } alert
                && _catalogue.Units.ParentOf(unit, alert.Period) is { } parent
                && alerts.GetValueOrDefault((parent.Code, indicator.Code, target.Year)) is { Colour: not Colour.Green })
            {
                alerts[(unit.Code, indicator.Code, target.Year)] = alert with { SilencedBy = parent };
            }
        }

        return alerts;
    }

    private IEnumerable<(Unit Unit, Indicator Indicator, Target Target, ColourRule Rule)> JudgedTargets() =>
        from target in _catalogue.Targets
        let unit = _catalogue.Units[target.Unit]
        from indicator in _catalogue.Indicators.Where(indicator => indicator.Code == target.Indicator)
        let rule = _catalogue.ColourRuleOf(unit.Level)
        where rule is not null
        select (unit, indicator, target, rule);

    private Total? CompleteTotal(Unit unit, Indicator indicator, Period period) =>
        _totals.GetValueOrDefault(new(unit, indicator, period)) is { State: not TotalState.Provisional } total ? total : null;
}
