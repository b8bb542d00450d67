using System.Globalization;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// Compares the newest published version of every result with the oracle. It detects committed results that were not published, and
/// published results that are no longer true. It derives the published form again, field by field.
/// </summary>
internal static class PublishedResultsVerifier
{
    /// <param name="newest">The newest version of every result, in any order.</param>
    /// <param name="oracle">The oracle's results.</param>
    /// <param name="publishes">Whether the results of a unit are published here; null: all are.</param>
    public static IEnumerable<Difference> Compare(
        IEnumerable<ResultVersion> newest, OracleResults oracle, Func<Unit, bool>? publishes = null)
    {
        var unsaid = new HashSet<ResultId>(
            oracle.Totals.Keys.Where(place => place.Unit.Level <= UnitLevel.Village).Select(place => KeyOf(ResultKinds.Total, place))
                .Concat(oracle.Rankings.Keys.Select(place => KeyOf(ResultKinds.Ranking, place)))
                .Concat(oracle.Alerts.Where(alert => alert.Value.Colour != Colour.Green)
                    .Select(alert => new ResultId(ResultKinds.Alert, alert.Key.Unit.Value, alert.Key.Indicator.Value, alert.Key.Year))));
        unsaid.RemoveWhere(id => publishes is not null && !publishes(oracle.Catalogue.Units[new UnitCode(id.Unit)]));
        foreach (var version in newest)
        {
            unsaid.Remove(version.Id);
            foreach (var difference in Compare(version, oracle))
            {
                yield return difference;
            }
        }

        foreach (var (kind, unit, indicator, period) in unsaid)
        {
            yield return new Difference(unit, indicator, $"{period}", kind, "never said", "said");
        }
    }

    private static IEnumerable<Difference> Compare(ResultVersion version, OracleResults oracle)
    {
        var id = version.Id;
        if (!oracle.Catalogue.Units.TryFind(id.Unit, out var unit) || !oracle.Catalogue.TryFind(id.Indicator, out var indicator))
        {
            return [new Difference(id.Unit, id.Indicator, $"{id.Period}", id.Kind, "said", "not in the catalogue")];
        }

        if (id.Kind == ResultKinds.Alert)
        {
            return Alert((AlertEvent)PublicationReader.Deserialize(version.Publication),
                oracle.Alerts.GetValueOrDefault((unit.Code, indicator.Code, (int)id.Period)));
        }

        var place = new ResultKey(unit, indicator, Period.FromNumber((int)id.Period));
        return id.Kind == ResultKinds.Total
            ? Total(PublicationReader.ParseTotal(version), oracle, place)
            : Ranking(PublicationReader.Parse<RankingPublished>(version.Publication), oracle.Rankings.GetValueOrDefault(place), place);
    }

    private static IEnumerable<Difference> Total(IndicatorTotal published, OracleResults oracle, ResultKey place)
    {
        var (indicator, period) = (place.Indicator, place.Period);
        var truth = oracle.Totals.GetValueOrDefault(place);
        var growth = indicator.Basis == GrowthBasis.None ? null : truth?.Growth;
        var before = period.Month == 1 ? null : oracle.Totals.GetValueOrDefault(place with { Period = period.Previous });
        Judgement? judgement = oracle.Judgements.TryGetValue(place, out var judged) ? judged : null;
        var target = truth is null ? null : oracle.Catalogue.TargetOf(place.Unit, indicator, period.Year);
        return Difference.Compare(place.Unit.Code.Value, indicator.Code.Value, period.ToString(),
        [
            ("said month", published.Month, truth?.Month),
            ("said year-to-date", published.YearToDate, truth?.Ytd),
            ("said printed", published.Printed, truth?.Ytd is { } ytd ? Rounding.Print(ytd, indicator.Printing) : null),
            ("said base", published.Base, truth?.Base),
            ("said compared", published.Compared, truth?.Compared == truth?.Ytd ? null : truth?.Compared),
            ("said growth", published.Growth, growth?.Published),
            ("said growth words", EnumName(published.GrowthWords),
                growth is null or { Word: GrowthWord.None } ? null : EnumName(growth.Value.Word)),
            ("said growth amount", published.GrowthAmount, growth is null or { Word: GrowthWord.None } ? null : growth.Value.Amount),
            ("said growth change", published.GrowthChange,
                truth is not { State: TotalState.Provisional } && before is not { State: TotalState.Provisional }
                    ? Growth.Change(growth?.Published, before?.Growth.Published) : null),
            ("said basis", EnumName(published.Basis),
                truth?.Base is null || growth is null
                    ? null : indicator.Basis == GrowthBasis.Comparable && truth.Comparable != Growth.Absent ? "comparable" : "recorded"),
            ("said left out", published.LeftOut, growth is null || truth is null ? null : ComparisonBuilder.LeftOutOf(truth)),
            ("said substitutes", published.BaseSubstitutes, truth?.Substitutes ?? 0),
            ("said recorded growth", published.RecordedGrowth, truth?.Recorded.Published),
            ("said comparable growth", published.ComparableGrowth, truth?.Comparable.Published),
            ("said reported", published.Reported, truth?.Reported ?? 0),
            ("said expected", truth is null ? 0 : published.Expected, truth?.Expected ?? 0),
            ("said approved", published.Approved, truth?.Approvals?.Approved),
            ("said to approve", published.ToApprove, truth?.Approvals?.ToApprove),
            ("said state", EnumName(published.State), EnumName(truth?.State ?? TotalState.Provisional)),
            ("said stages", StageText(published.Stages), StageText(truth is null ? null : TotalBuilder.StagesOf(indicator, truth))),
            ("said since", published.Since, truth?.Stages?.Since),
            ("said units without a stage", published.UnitsWithoutStage, truth?.Stages?.UnitsWithoutStage),
            ("said numerator", published.Numerator, truth?.Parts?.Numerator),
            ("said denominator", published.Denominator, truth?.Parts?.Denominator),
            ("said planned stage", published.PlannedStage, target is null ? null : indicator.Kind.StagePlannedFor(target, period.Month)),
            ("said units behind", published.UnitsBehind,
                target is null ? null : indicator.Kind.UnitsBehind(truth?.Stages, target, period.Month)),
            ("said target", published.Target, target?.Value),
            ("said target kind", EnumName(published.TargetKind), EnumName(target?.Kind)),
            ("said gap", published.Gap, judgement?.Gap is { } gap ? Rounding.Rate(gap) : null),
            ("said colour", EnumName(published.Colour), EnumName(judgement?.Colour)),
        ]);
    }

    public static IEnumerable<Difference> Ranking(RankingPublished? published, OracleRanking? truth, ResultKey place)
    {
        // A result that no longer exists must be published as withdrawn, with the reason.
        if (truth is null)
        {
            return published is null or { Units: [], Ended: not null }
                ? [] : [new Difference(published.Parent, published.Indicator, published.Period, "ranking", "said", "ended")];
        }

        return Difference.Compare(place.Unit.Code.Value, place.Indicator.Code.Value, place.Period.ToString(),
        [
            ("ranking ended", EnumName(published?.Ended), null),
            ("ranking state", EnumName(published?.State), EnumName(truth.State)),
            ("ranking reported", published?.Reported, truth.Reported),
            ("ranking expected", published?.Expected, truth.Expected),
            ("ranking", published is null
                ? null : string.Join(", ",
                    published.Units.Select(
                        unit => FormatRankedUnit(unit.Unit, unit.Value, unit.Rank, unit.PreviousRank, unit.Since, unit.Comparison))),
                string.Join(", ",
                    truth.Units.Select(
                        unit => FormatRankedUnit(unit.Unit.Code.Value, unit.Value, unit.Rank, unit.PreviousRank, unit.Since,
                            unit.Comparison)))),
        ]);
    }

    private static IEnumerable<Difference> Alert(AlertEvent published, OracleAlert? truth)
    {
        var stands = truth is { Colour: not Colour.Green } ? truth : null;
        return Difference.Compare(published.Unit, published.Indicator, $"{published.Year}",
        [
            ("said alert colour", published is AlertCleared ? "green" : EnumName(published.Colour),
                EnumName(stands?.Colour ?? Colour.Green)),
            ("said alert silenced by", published is AlertCleared ? null : published.SilencedBy, stands?.SilencedBy?.Code.Value),
        ]);
    }

    private static ResultId KeyOf(string kind, ResultKey place) =>
        new(kind, place.Unit.Code.Value, place.Indicator.Code.Value, place.Period.Number);

    private static string? StageText(IReadOnlyList<int>? stages) => stages is null ? null : string.Join('/', stages);

    private static string? EnumName(Enum? word) => word?.ToString().ToLowerInvariant();

    private static string FormatRankedUnit(
        string unit, decimal? value, int? rank, int? previous, DateOnly? since, GrowthComparison? comparison) =>
        FormattableString.Invariant(
            $"{unit} {Rank(rank)} ({value / 1.0000000000000000000000000000m}, was {Rank(previous)}){since:O}{comparison}");

    private static string Rank(int? rank) => rank?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
