using System.Data.Common;
using Dapper;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Cube.CubeStatements;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The reviews of reports that the cube has applied.</summary>
internal sealed partial class CubeStore
{
    public static ReviewStates ReadReviews(DbConnection connection, DbTransaction? transaction = null)
    {
        var reviews = new ReviewStates();
        foreach (var row in connection.Query<ReviewRow>(AllReviews.For(connection), transaction: transaction))
        {
            reviews.Apply(row.ToReview());
        }

        return reviews;
    }

    // A step may have received a row in two packs; PostgreSQL refuses a statement that writes a row twice.
    public static void WriteReviews(
        DbConnection connection, DbTransaction transaction, IEnumerable<ReportReview> reviews, long revision = 0) =>
        ReviewTable.Write(connection, transaction, WriteMode.Upsert,
            reviews.DistinctBy(review => review.Sequence).Select(review => (review, revision)));

    private sealed class ReviewRow
    {
        public long Sequence { get; init; }
        public long ReviewedRow { get; init; }
        public string Unit { get; init; } = "";
        public long Period { get; init; }
        public string Decision { get; init; } = "";
        public string TakenAt { get; init; } = "";
        public string Sender { get; init; } = "";
        public string? Reason { get; init; }

        /// <exception cref="DamagedDataException">The row was altered.</exception>
        public ReportReview ToReview() => new(Sequence, ReviewedRow, UnitCode.TryParse(Unit, out var unit) ? unit : throw Damaged(),
            Indicators.Period.FromNumber((int)Period), WireNames.Parse<ReviewAction>(Decision) ?? throw Damaged(),
            ParseTime(TakenAt) ?? throw Damaged(), Sender, Reason);

        private DamagedDataException Damaged() => new(
            $"The cube's table cube_review has a damaged row {Sequence}. Delete the cube, or restore a backup: it is rebuilt from the "
            + "ledger.");
    }
}
