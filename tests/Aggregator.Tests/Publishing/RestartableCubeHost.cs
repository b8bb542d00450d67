using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Aggregator.Verification;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>
/// A cube's host on a real database (SQLite, or the engine that XILIN_TEST_ENGINE names) and real catalogue files, that can be stopped and
/// started again.
/// </summary>
internal sealed class RestartableCubeHost : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-cube-").FullName;
    private CatalogueSource _source;

    public RestartableCubeHost(Catalogue catalogue)
    {
        var database = TestDatabases.NewDatabase(TestDatabases.SelectedEngine, _folder, "cube");
        Store = new CubeStore(database);
        Migrator.Migrate(database, typeof(CubeStore).Assembly, ".Cube.Migrations.", NullLogger.Instance);
        (_source, Host) = Start(catalogue);
    }

    public FakeTimeProvider Clock { get; } = new(AggregatorFixture.Now);

    public CubeStore Store { get; }

    public CubeHost Host { get; private set; }

    /// <summary>The process dies and another one starts on the same file, perhaps with an edited catalogue.</summary>
    public void Restart(Catalogue catalogue)
    {
        _source.Dispose();
        (_source, Host) = Start(catalogue);
    }

    /// <summary>The catalogue is edited while the process goes on.</summary>
    public void Edit(Catalogue catalogue)
    {
        CatalogueFileWriter.Write(catalogue, _folder);
        Assert.True(SpinWait.SpinUntil(() => _source.Current.Targets.Count == catalogue.Targets.Count, TimeSpan.FromSeconds(30)));
        Host.ApplyCatalogue();
    }

    public IReadOnlyList<object> Step(params IReadOnlyList<SubmissionsAccepted> packs) =>
        [.. Host.Step(packs, out _).Select(result => result.Message)];

    public List<ResultVersion> Versions => [.. Store.ReadPublicationsAfter(0, int.MaxValue).SelectMany(PublicationReader.VersionsIn)];

    public void AssertMatchesOracle(
        IReadOnlyList<AcceptedSubmission> accepted, IReadOnlyList<AcceptedMonthChange>? months = null,
        IReadOnlyList<AcceptedReview>? reviews = null)
    {
        using var connection = Store.Open();
        AggregatorFixture.AssertNoDifferences(Host.Read((cube, now) =>
        {
            var truth = Oracle.Compute(cube.Catalogue, accepted, now, months, reviews);
            return CubeVerifier.Compare(cube, truth, now)
                .Concat(PublishedResultsVerifier.Compare(
                    PublicationReader.NewestVersions(CubeStore.ReadNewest(connection)), truth)).ToList();
        }));
        VersionAssertions.AssertContiguous([.. Store.ReadPublicationsAfter(0, int.MaxValue).Select(each => each.Id)], Versions);
    }

    /// <summary>
    /// What is called final is final by the oracle: months, and their releases. No month was released before, since no step was without
    /// rows.
    /// </summary>
    public void AssertReleasesAreOfFinalMonths(
        IReadOnlyList<AcceptedSubmission> accepted, IReadOnlyList<AcceptedMonthChange> months, IReadOnlyList<AcceptedReview> reviews)
    {
        var through = Host.AppliedThrough;
        Step(new SubmissionsAccepted { FromSequence = through + 1, ToSequence = through, Submissions = [] });
        Step();
        var truth = Host.Read((cube, now) => Oracle.Compute(cube.Catalogue, accepted, now, months, reviews));
        var published = truth.Totals.Keys.Select(total => total.Period).ToHashSet();
        Assert.Equal(
            truth.FinalMonths.Where(published.Contains).Order(),
            Host.Model.Current.Releases.All.Select(release => release.Period).Distinct());
        var states = Host.Read((cube, now) => MonthsQuery.List(cube, year: null, showsNames: true, now));
        Assert.Equal(
            truth.FinalMonths.Order().Select(month => $"{month}"),
            states.Where(month => month.IsFinal && truth.Unapproved.ContainsKey(Period.Parse(month.Period))).Select(month => month.Period));
        Assert.All(truth.Totals.Where(total => truth.FinalMonths.Contains(total.Key.Period)),
            total => Assert.NotEqual(TotalState.Complete, total.Value.State));
    }

    /// <summary>Each review and each change of a month is published once, in the order of the ledger, with its next version.</summary>
    public void AssertPublishesEachOnce(IReadOnlyList<AcceptedMonthChange> months, IReadOnlyList<AcceptedReview> reviews)
    {
        var told = Store.ReadPublicationsAfter(0, int.MaxValue).Where(each => each.Kind is ResultKinds.Review or ResultKinds.Month)
            .Select(PublicationReader.Deserialize).ToList();
        var versions = new Dictionary<string, int>();
        Assert.Equal(
            reviews.Select(review => (review.Sequence, Of: $"{review.Unit} {review.Period} {review.Row} {review.Decision} {review.Reason}"))
                .Concat(months.Select(month => (month.Sequence, Of: $"{month.Period} {month.Transition} {month.Until}")))
                .OrderBy(each => each.Sequence).Select(each => $"{each.Sequence} {each.Of}"),
            told.Select(each => each switch
            {
                ReportReviewed review =>
                    $"{review.Cause.Single()} {review.Unit} {review.Period} {review.Row} {review.Decision} {review.Reason}",
                MonthChanged month => $"{month.Cause.Single()} {month.Period} {month.Transition} {month.Until}",
                _ => "",
            }));
        foreach (var (of, version) in told.Select(each => each is ReportReviewed review
            ? ($"{review.Row}", review.Version) : (((MonthChanged)each).Period, ((MonthChanged)each).Version)))
        {
            Assert.Equal(versions.GetValueOrDefault(of) + 1, version);
            versions[of] = version;
        }
    }

    private (CatalogueSource Source, CubeHost Host) Start(Catalogue catalogue)
    {
        CatalogueFileWriter.Write(catalogue, _folder);
        var source = new CatalogueSource(new CatalogueSourceOptions { Folder = _folder }, TimeProvider.System,
            NullLogger<CatalogueSource>.Instance);
        var host = new CubeHost(Store, source, Clock, NullLogger<CubeHost>.Instance, isFollowed: true);
        host.Load();
        return (source, host);
    }

    public void Dispose()
    {
        _source.Dispose();
        if (TestDatabases.SelectedEngine == StorageProvider.PostgreSql)
        {
            // Each host has a database, and so a pool, of its own: a property with hundreds of them would leave the server no connection.
            using var connection = (Npgsql.NpgsqlConnection)Store.Open();
            Npgsql.NpgsqlConnection.ClearPool(connection);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
