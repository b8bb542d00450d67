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

/// <summary>The cube of a street, to which many submissions came, and what it tells of the month ahead of the newest report, April.</summary>
public sealed class A_partition_under_load : IDisposable
{
    private const string District = "32.04.04";
    private const string Street = "32.04.04.001";
    private const int Firms = 80;
    private static readonly Period March = new(2022, 3);

    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-load-").FullName;
    private readonly FakeTimeProvider _clock = new(AggregatorFixture.Now);
    private readonly CatalogueSource _catalogues;
    private readonly CubeHost _host;
    private long _rows;

    public A_partition_under_load()
    {
        CatalogueFileWriter.Write(TestDistrict.Large(Firms), _folder);
        File.WriteAllText(Path.Combine(_folder, "partitions.csv"), $"path,connection\n{District},\n{Street},\n");
        var database = new Database(Path.Combine(_folder, "cube.db"));
        AggregatorRegistration.Migrate(database, NullLogger.Instance);
        _catalogues = new(new() { Folder = _folder }, TimeProvider.System, NullLogger<CatalogueSource>.Instance);
        var store = new CubeStore(database);
        store.TakeOver();
        _host = new CubeHost(
            store, _catalogues, _clock, NullLogger<CubeHost>.Instance, partition: _catalogues.Current.Partitions.Find(Street));
        _host.Load();
        Step(PackOf(Enumerable.Range(0, 15).SelectMany(month => ReportsOf(new Period(2021, 1).AddMonths(month), revision: 1))));
    }

    [Fact]
    public void Leaves_it_out_as_long_as_many_come()
    {
        Assert.Equal(March.Month, SummedThrough());
        for (var i = 0; i < 4; i++)
        {
            Pass(0.5);
            Step(PackOf(ReportsOf(March, revision: 2 + i)));
            Assert.Equal(March.Month, SummedThrough());
        }
    }

    [Fact]
    public void Sums_it_after_a_second_in_which_none_came()
    {
        Pass(1);
        Step();
        Assert.Equal(March.Month + 1, SummedThrough());
    }

    [Fact]
    public void Sums_it_though_few_come_all_the_time()
    {
        for (var i = 0; i < 21; i++)
        {
            Pass(0.5);
            Step(PackOf(ReportsOf(March, revision: 2 + i).Take(1)));
        }

        Assert.Equal(March.Month + 1, SummedThrough());
    }

    [Fact]
    public void Sums_it_although_the_ledger_answers_that_it_has_no_more_rows()
    {
        for (var i = 0; i < 3; i++)
        {
            Pass(0.5);
            Step(PackOf());
        }

        Assert.Equal(March.Month + 1, SummedThrough());
    }

    [Fact]
    public void Has_to_tell_that_it_is_summed_even_where_nothing_is_carried_into_it()
    {
        Step(PackOf(Enumerable.Range(4, 9).SelectMany(month => ReportsOf(new Period(2022, month), revision: 1))));
        Pass(1);

        Assert.True(_host.Step([], [], RollUpSending.Nothing).HasToSend);
        Assert.False(_host.Step([], [], RollUpSending.Sums).HasToSend);
    }

    public void Dispose()
    {
        _host.Dispose();
        _catalogues.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<AcceptedSubmission> ReportsOf(Period month, int revision) => Enumerable.Range(0, Firms).Select(firm =>
        SubmissionHistory.Submission(
            TestDistrict.FirmCode(firm), month, revision, AggregatorFixture.Now,
            new Guid(firm, (short)(month.Number % 10_000), (short)revision, new byte[8]),
            [new AcceptedValue { Indicator = TestDistrict.Output, Value = 10 + revision }]));

    private int SummedThrough() => _host.Read((cube, _) => cube.ReportedMonths().Single(year => year.Year == 2022).PartsThrough);

    private void Step(params IReadOnlyList<SubmissionsAccepted> packs) => _host.Step(packs, [], RollUpSending.Sums);

    private void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    // As the ledger of the street has them.
    private SubmissionsAccepted PackOf(params IEnumerable<AcceptedSubmission> submissions)
    {
        var (from, units) = (_rows + 1, _catalogues.Current.Units);
        var own = submissions.Where(each => _catalogues.Current.Partitions.HomeOf(units[new UnitCode(each.Unit)]).Path == Street)
            .Select(each => each with { Sequence = ++_rows }).ToList();
        return new() { FromSequence = from, ToSequence = _rows, Submissions = own, Partition = Street };
    }
}
