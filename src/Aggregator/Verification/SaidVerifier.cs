using System.Globalization;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// Compares what was last said of every result with what the oracle would have said: so that every committed result was
/// published, and nothing that is not so still stands. It writes the published form out once more, field by field.
/// </summary>
internal static class SaidVerifier
{
    /// <param name="newest">The newest version of every result, in any order.</param>
    /// <param name="oracle">What is true.</param>
    public static IEnumerable<Difference> Compare(IEnumerable<Vintage> newest, OracleResults oracle)
    {
        var unsaid = new HashSet<(string Kind, string Unit, string Indicator, long Period)>(
            oracle.Totals.Keys.Where(place => place.Unit.Level <= UnitLevel.Village).Select(place => KeyOf(ResultKinds.Total, place))
                .Concat(oracle.Rankings.Keys.Select(place => KeyOf(ResultKinds.Ranking, place)))
                .Concat(oracle.Alerts.Where(alert => alert.Value.Colour != Colour.Green)
                    .Select(alert => (ResultKinds.Alert, alert.Key.Unit.Value, alert.Key.Indicator.Value, (long)alert.Key.Year))));
        foreach (var vintage in newest)
        {
            unsaid.Remove((vintage.Kind, vintage.Unit, vintage.Indicator, vintage.Period));
            foreach (var difference in Compare(vintage, oracle))
            {
                yield return difference;
            }
        }

        foreach (var (kind, unit, indicator, period) in unsaid)
        {
            yield return new Difference(unit, indicator, $"{period}", kind, "never said", "said");
        }
    }

    private static IEnumerable<Difference> Compare(Vintage vintage, OracleResults oracle)
    {
        if (!oracle.Catalogue.Units.TryFind(new UnitCode(vintage.Unit), out var unit) || !oracle.Catalogue.TryFind(new IndicatorCode(vintage.Indicator), out var indicator))
        {
            return [new Difference(vintage.Unit, vintage.Indicator, $"{vintage.Period}", vintage.Kind, "said", "not in the catalogue")];
        }

        if (vintage.Kind == ResultKinds.Alert)
        {
            return Alert((AlertEvent)ResultMessages.Read(vintage), oracle.Alerts.GetValueOrDefault((unit.Code, indicator.Code, (int)vintage.Period)));
        }

        var place = new Place(unit, indicator, Period.FromNumber((int)vintage.Period));
        return vintage.Kind == ResultKinds.Total
            ? Total(ResultMessages.Parse<TotalsPublished>(vintage).Totals.Single(), oracle, place)
            : Ranking(ResultMessages.Parse<RankingPublished>(vintage), oracle.Rankings.GetValueOrDefault(place), place);
    }

    private static IEnumerable<Difference> Total(IndicatorTotal said, OracleResults oracle, Place place)
    {
        var (indicator, period) = (place.Indicator, place.Period);
        var truth = oracle.Totals.GetValueOrDefault(place);
        var growth = indicator.Basis == GrowthBasis.None ? null : truth?.Growth;
        var before = period.Month == 1 ? null : oracle.Totals.GetValueOrDefault(place with { Period = period.Previous });
        Judgement? judgement = oracle.Judgements.TryGetValue(place, out var judged) ? judged : null;
        var target = truth is null ? null : oracle.Catalogue.TargetOf(place.Unit, indicator, period.Year);
        return Difference.Between(place.Unit.Code.Value, indicator.Code.Value, period.ToString(),
        [
            ("said month", said.Month, truth?.Month),
            ("said year-to-date", said.YearToDate, truth?.Ytd),
            ("said printed", said.Printed, truth?.Ytd is { } ytd ? Rounding.Print(ytd, indicator.Printing) : null),
            ("said base", said.Base, truth?.Base),
            ("said compared", said.Compared, truth?.Compared == truth?.Ytd ? null : truth?.Compared),
            ("said growth", said.Growth, growth?.Published),
            ("said growth words", said.GrowthWords?.ToUpperInvariant(), growth is null or { Word: GrowthWord.None } ? null : $"{growth.Value.Word}".ToUpperInvariant()),
            ("said growth amount", said.GrowthAmount, growth is null or { Word: GrowthWord.None } ? null : growth.Value.Amount),
            ("said growth change", said.GrowthChange, truth is not { State: TotalState.Provisional } && before is not { State: TotalState.Provisional } ? Growth.Change(growth?.Published, before?.Growth.Published) : null),
            ("said basis", said.Basis, truth?.Base is null || growth is null ? null : indicator.Basis == GrowthBasis.Comparable && truth.Comparable != Growth.Absent ? "comparable" : "recorded"),
            ("said left out", said.LeftOut, growth is null || truth is null ? null : Comparisons.LeftOutOf(truth)),
            ("said substitutes", said.BaseSubstitutes, truth?.Substitutes ?? 0),
            ("said recorded growth", said.RecordedGrowth, truth?.Recorded.Published),
            ("said comparable growth", said.ComparableGrowth, truth?.Comparable.Published),
            ("said reported", said.Reported, truth?.Reported ?? 0),
            ("said expected", truth is null ? 0 : said.Expected, truth?.Expected ?? 0),
            ("said state", said.State, Words(truth?.State ?? TotalState.Provisional)),
            ("said target", said.Target, target?.Value),
            ("said target kind", said.TargetKind, Words(target?.Kind)),
            ("said gap", said.Gap, judgement?.Gap is { } gap ? Rounding.Rate(gap) : null),
            ("said colour", said.Colour, Words(judgement?.Colour)),
        ]);
    }

    public static IEnumerable<Difference> Ranking(RankingPublished? said, OracleRanking? truth, Place place)
    {
        // What was said and is no more is taken back, with the reason.
        if (truth is null)
        {
            return said is null or { Units: [], Ended: not null } ? [] : [new Difference(said.Parent, said.Indicator, said.Period, "ranking", "said", "ended")];
        }

        return Difference.Between(place.Unit.Code.Value, place.Indicator.Code.Value, place.Period.ToString(),
        [
            ("ranking ended", said?.Ended, null),
            ("ranking state", said?.State, Words(truth.State)),
            ("ranking reported", said?.Reported, truth.Reported),
            ("ranking expected", said?.Expected, truth.Expected),
            ("ranking", said is null ? null : string.Join(", ", said.Units.Select(unit => PlaceInWords(unit.Unit, unit.Value, unit.Rank, unit.PreviousRank, unit.Comparison))),
                string.Join(", ", truth.Units.Select(unit => PlaceInWords(unit.Unit.Code.Value, unit.Value, unit.Rank, unit.PreviousRank, unit.Comparison)))),
        ]);
    }

    private static IEnumerable<Difference> Alert(AlertEvent said, OracleAlert? truth)
    {
        var stands = truth is { Colour: not Colour.Green } ? truth : null;
        return Difference.Between(said.Unit, said.Indicator, $"{said.Year}",
        [
            ("said alert colour", said is AlertCleared ? "green" : said.Colour, Words(stands?.Colour ?? Colour.Green)),
            ("said alert silenced by", said is AlertCleared ? null : said.SilencedBy, stands?.SilencedBy?.Code.Value),
        ]);
    }

    private static (string, string, string, long) KeyOf(string kind, Place place) =>
        (kind, place.Unit.Code.Value, place.Indicator.Code.Value, place.Period.Number);

    private static string? Words(Enum? word) => word?.ToString().ToLowerInvariant();

    private static string PlaceInWords(string unit, decimal? value, int? rank, int? previous, GrowthComparison? comparison) =>
        FormattableString.Invariant($"{unit} {Rank(rank)} ({value / 1.0000000000000000000000000000m}, was {Rank(previous)}){comparison}");

    private static string Rank(int? rank) => rank?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
