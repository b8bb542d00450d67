using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>The cube of a street beside that of the district, whose messages are given. All firms have reported through March.</summary>
internal sealed class StreetCube : IDisposable
{
    private const string District = "32.04.04";
    private const string Street = "32.04.04.001";
    private const int Firms = 80;
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-street-").FullName;
    private readonly FakeTimeProvider _clock = new(AggregatorFixture.Now);
    private readonly CatalogueSource _catalogues;
    private readonly CubeStore _store;
    private long _rows;
    private long _heard;

    public StreetCube()
    {
        CatalogueFileWriter.Write(TestDistrict.Large(Firms), _folder);
        File.WriteAllText(Path.Combine(_folder, "partitions.csv"), $"path,connection\n{District},\n{Street},\n");
        var database = new Database(Path.Combine(_folder, "cube.db"));
        AggregatorRegistration.Migrate(database, NullLogger.Instance);
        _catalogues = new(new() { Folder = _folder }, TimeProvider.System, NullLogger<CatalogueSource>.Instance);
        _store = new CubeStore(database);
        _store.TakeOver();
        Host = CreateHost();
        Host.Load();
        Apply(Enumerable.Range(0, 15).SelectMany(month => ReportsOf(new Period(2021, 1).AddMonths(month), revision: 1)));
    }

    public static Period March { get; } = new(2022, 3);

    public CubeHost Host { get; }

    /// <summary>What each firm reports of a month.</summary>
    public static IEnumerable<AcceptedSubmission> ReportsOf(Period month, int revision) => Enumerable.Range(0, Firms).Select(firm =>
        SubmissionHistory.Submission(
            TestDistrict.FirmCode(firm), month, revision, AggregatorFixture.Now,
            new Guid(firm, (short)(month.Number % 10_000), (short)revision, new byte[8]),
            [new AcceptedValue { Indicator = TestDistrict.Output, Value = 10 + revision }]));

    /// <summary>Another process that follows the cube.</summary>
    public CubeHost CreateHost() => new(
        _store, _catalogues, _clock, NullLogger<CubeHost>.Instance, partition: _catalogues.Current.Partitions.Find(Street),
        isFollowed: true);

    public void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    public void Step() => Host.Step([], [], RollUpSending.Sums);

    /// <summary>Those of the street's own firms come as a pack of its ledger.</summary>
    /// <returns>The ledger's newest row.</returns>
    public long Apply(IEnumerable<AcceptedSubmission> submissions)
    {
        var (from, catalogue) = (_rows + 1, _catalogues.Current);
        var own = submissions.Where(each => catalogue.Partitions.HomeOf(catalogue.Units[new UnitCode(each.Unit)]).Path == Street)
            .Select(each => each with { Sequence = ++_rows }).ToList();
        Host.Step(
            [new() { FromSequence = from, ToSequence = _rows, Submissions = own, Partition = Street }], [], RollUpSending.Sums);
        return _rows;
    }

    /// <summary>The district sends its sums, which are empty, of all months up to one of 2022.</summary>
    public void Hear(int summedThrough) => Host.Step(
        [],
        [
            new()
            {
                From = District,
                To = Street,
                Position = new(1, ++_heard),
                Sums = new(IsComplete: true, HasWholes: true, [Year(2021, 12), Year(2022, summedThrough)], []),
            },
        ],
        RollUpSending.Sums);

    public void Dispose()
    {
        Host.Dispose();
        _catalogues.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static ReportedMonthsOfYear Year(int year, int through) => new(year, Horizon: 0, LastReported: 0, through, through);
}
