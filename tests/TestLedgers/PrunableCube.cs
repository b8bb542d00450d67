using System.Globalization;
using System.Text;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.TestLedgers;

/// <summary>A cube with versions of 2020, of which some are needed, and of 2026.</summary>
internal static class PrunableCube
{
    public static readonly DateTimeOffset Now = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset ThreeYearsAgo = Now.AddYears(-3);
    private static readonly DateTimeOffset LongAgo = new(2020, 8, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Lately = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Publication 5 is released; the last two are not sent.</summary>
    public static void Fill(Database database)
    {
        var store = new CubeStore(database);
        store.TakeOver();
        using (var connection = database.Open())
        {
            using var transaction = Database.BeginWrite(connection);
            CubeStore.WritePublications(connection, transaction, new(
            [
                Totals(1, "u1", 1, null), Ranking(2, 1, null), Totals(3, "u1", 2, 1), Ranking(4, 2, 2), Totals(5, "u1", 3, 3),
                Totals(6, "u2", 1, null), Totals(7, "u1", 4, 5), Totals(8, "u2", 2, 6, Lately), Totals(9, "u1", 5, 7),
                Totals(10, "u2", 3, 8, Lately), Alert(11, 1, null), Alert(12, 2, 11), Totals(14, "u1", 6, 9), Totals(15, "u1", 7, 14),
            ], [1, 2, 3, 5, 6, 7, 8, 9, 11, 14]));
            CubeStore.WritePublications(connection, transaction, new([], []) { Requests = { Review(13) } });
            CubeStore.WriteReleases(
                connection, transaction, [new(new(new Period(2020, 7), 1, LongAgo, 1, null, null, 1, null), [5])]);
            transaction.Commit();
        }

        store.WritePublished(13);
    }

    /// <summary>The total as it was published.</summary>
    public static TotalsPublished TotalsMessage(string unit, int version, DateTimeOffset at) => new()
    {
        Unit = unit,
        Period = "2020-07",
        PublishedAt = at,
        Totals =
        [
            .. new[] { "A", "B" }.Select(indicator => new IndicatorTotal
            {
                Indicator = indicator,
                Month = 12.5m,
                YearToDate = 87.25m,
                Reported = 2,
                Expected = 3,
                State = ResultState.Provisional,
                Version = version,
                Cause = [10 + version, 20 + version],
            }),
        ],
    };

    private static Publication Totals(long id, string unit, int version, long? previous, DateTimeOffset? at = null) => New(
        id, "total", unit, null, 202007, previous, nameof(TotalsPublished),
        WireFormat.Serialize(TotalsMessage(unit, version, at ?? LongAgo)), at ?? LongAgo);

    private static Publication Ranking(long id, int version, long? previous) => New(
        id, "ranking", "u1", "A", 202007, previous, nameof(RankingPublished), WireFormat.Serialize(new RankingPublished
        {
            Parent = "u1",
            Indicator = "A",
            Period = "2020-07",
            By = RankingMeasure.Value,
            Direction = RankingDirection.Higher,
            State = ResultState.Complete,
            Reported = 2,
            Expected = 2,
            Units = [new RankedUnit { Unit = "u2", Value = 87.25m, Rank = 1 }, new RankedUnit { Unit = "u3", Value = 3m, Rank = 2 }],
            Version = version,
            Cause = [7],
            PublishedAt = LongAgo,
        }), LongAgo);

    private static Publication Alert(long id, int version, long? previous) => New(
        id, "alert", "u1", "A", 2020, previous, nameof(AlertCleared), Encoding.UTF8.GetBytes($$"""{"version":{{version}}}"""), LongAgo);

    private static Publication Review(long id) =>
        New(id, "review", "u1", null, 202007, null, nameof(ReportReviewed), "{}"u8.ToArray(), LongAgo);

    private static Publication New(
        long id, string kind, string unit, string? indicator, long period, long? previous, string name, byte[] json,
        DateTimeOffset at) => new()
        {
            Id = id,
            Kind = kind,
            Unit = unit,
            Indicator = indicator,
            Period = period,
            PreviousId = previous,
            Event = name,
            Json = json,
            PublishedAt = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
}
