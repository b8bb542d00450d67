using System.Collections.Immutable;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>
/// The published results after one step of the aggregator. It never changes, so a response from one snapshot is consistent and needs no
/// lock.
/// </summary>
internal sealed record PublishedSnapshot
{
    /// <summary>The catalogue that the results were computed with.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>The units that have totals in this catalogue.</summary>
    public required NodeMap Nodes { get; init; }

    /// <summary>The number of units that are expected to report.</summary>
    public required ExpectedCounts Expected { get; init; }

    /// <summary>Each year with reports and its last reported month, in order.</summary>
    public required ImmutableArray<Period> Horizons { get; init; }

    /// <summary>The ledger row up to which the results are computed; where the unit tree is split, the rows of all ledgers.</summary>
    public required long Through { get; init; }

    /// <summary>The row of each partition's ledger, by path; empty with the whole tree.</summary>
    public ImmutableSortedDictionary<string, long> ThroughOf { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>The releases of months.</summary>
    public ReleasedMonths Releases { get; init; } = ReleasedMonths.None;

    /// <summary>The newest version of every total.</summary>
    public required PublishedTable<PublishedTotal> Totals { get; init; }

    /// <summary>The newest version of every ranking.</summary>
    public required PublishedTable<PublishedRanking> Rankings { get; init; }

    /// <summary>The current alerts.</summary>
    public required ImmutableDictionary<AlertId, Contracts.Responses.CurrentAlert> Alerts { get; init; }

    /// <summary>The reported years of units without totals, by unit index; the values are frozen.</summary>
    public required ImmutableDictionary<(int Unit, int Year), UnitYear> ReportedYears { get; init; }

    /// <summary>The last reported month of a year; 0: none.</summary>
    public int HorizonOf(int year)
    {
        foreach (var last in Horizons)
        {
            if (last.Year == year)
            {
                return last.Month;
            }
        }

        return 0;
    }

    public bool HasTotals(Unit unit) => Nodes.NodeOf(unit) >= 0;

    public IndicatorTotal? TotalOf(Unit unit, Indicator indicator, Period period) => PublishedTotalOf(unit, indicator, period)?.Total;

    /// <summary>The newest version of a total; null: none was published.</summary>
    public PublishedTotal? PublishedTotalOf(Unit unit, Indicator indicator, Period period) => Totals.Find(IdOf(unit, indicator, period));

    /// <summary>The stored texts of a unit's published totals of a month, in catalogue order.</summary>
    public IEnumerable<byte[]> TotalTextsOf(Unit unit, Period period) =>
        Catalogue.Indicators.Select(indicator => PublishedTotalOf(unit, indicator, period)?.Json).OfType<byte[]>();

    /// <summary>The newest ranking, possibly an empty one with the reason; null: none was published.</summary>
    public PublishedRanking? RankingOf(Unit parent, Indicator indicator, Period period) =>
        Rankings.Find(IdOf(parent, indicator, period));

    /// <summary>The stored texts of the rankings below a parent in a month, in catalogue order, without those that have ended.</summary>
    public IEnumerable<byte[]> RankingTextsOf(Unit parent, Period period) =>
        Catalogue.Indicators.Select(indicator => RankingOf(parent, indicator, period))
        .Where(ranking => ranking is { Ranking.Ended: null }).Select(ranking => ranking!.Json);

    public int ExpectedOf(Unit unit, Indicator indicator, Period period) => Expected.Get(Nodes.NodeOf(unit), indicator, period);

    /// <summary>The reported figures of a unit without totals in a year; null: there are none.</summary>
    public UnitYear? FiguresOf(Unit unit, int year) => ReportedYears.GetValueOrDefault((unit.Index, year));

    private static FigureId IdOf(Unit unit, Indicator indicator, Period period) =>
        new(unit.Code.Value, indicator.Code.Value, period.Number);
}
