using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.TestEngines;

namespace XilinIngest.Storage.Tests;

/// <summary>The worker's own packs, taken by the aggregator's own host, with a real ledger and a real cube.</summary>
public sealed class A_submission_that_is_sent_again : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-resent-").FullName;
    private readonly LedgerFixture _ledger = new();
    private readonly ReplayScheduler _scheduler = new(new FakeTimeProvider());
    private readonly CubeHost _host;
    private readonly List<(long From, long? To)> _requests = [];

    public A_submission_that_is_sent_again()
    {
        var database = TestDatabases.NewDatabase(TestDatabases.SelectedEngine, _folder, "cube");
        Migrator.Migrate(database, typeof(CubeStore).Assembly, ".Cube.Migrations.", NullLogger.Instance);
        _host = new CubeHost(new CubeStore(database), _ledger.Catalogues, _ledger.Clock, NullLogger<CubeHost>.Instance);
        _host.Load();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Costs_the_ledger_no_request(int resent)
    {
        var bodies = Bodies(5);
        foreach (var body in bodies)
        {
            Step(_ledger.Commit([body]).AcceptedPacks);
        }

        _requests.Clear();
        var packs = _ledger.Commit([bodies[resent - 1]]).AcceptedPacks;
        Assert.Equal(resent, Assert.Single(packs).FromSequence);
        Step(packs);
        Assert.Empty(_requests);
        Assert.Equal(5, _host.AppliedThrough);
    }

    [Fact]
    public void Costs_the_ledger_no_request_beside_new_ones_of_its_batch()
    {
        var bodies = Bodies(6);
        Step(_ledger.Commit(bodies[..4]).AcceptedPacks);
        _requests.Clear();
        Step(_ledger.Commit([bodies[1], bodies[4], bodies[2], bodies[5]]).AcceptedPacks);
        Assert.Empty(_requests);
        Assert.Equal(6, _host.AppliedThrough);
    }

    [Fact]
    public void Is_applied_without_a_request_where_its_first_pack_was_lost()
    {
        var bodies = Bodies(2);
        Step(_ledger.Commit([bodies[0]]).AcceptedPacks);
        _ledger.Commit([bodies[1]]);
        _requests.Clear();
        Step(_ledger.Commit([bodies[1]]).AcceptedPacks);
        Assert.Empty(_requests);
        Assert.Equal(2, _host.AppliedThrough);
    }

    [Fact]
    public void Has_the_ledger_asked_where_that_ledger_is_shorter_than_the_results()
    {
        var bodies = Bodies(3);
        foreach (var body in bodies)
        {
            Step(_ledger.Commit([body]).AcceptedPacks);
        }

        _requests.Clear();
        using var restored = new LedgerFixture();
        restored.Commit([bodies[0]]);
        Step(restored.Commit([bodies[0]]).AcceptedPacks);
        Assert.Equal([(4, null)], _requests);
    }

    public void Dispose()
    {
        _ledger.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static byte[][] Bodies(int count) => [.. Enumerable.Range(1, count).Select(revision =>
        NewSubmission(Village, "2022-07", Petitions(50)).Set("submissionId", Guid.NewGuid().ToString()).Set("revision", revision).Bytes())];

    private void Step(IReadOnlyList<SubmissionsAccepted> packs)
    {
        _host.Step(packs, out _);
        if (_scheduler.Next(_host.LedgerProgress, TimeSpan.Zero) is { } request)
        {
            _requests.Add(request);
        }
    }
}
