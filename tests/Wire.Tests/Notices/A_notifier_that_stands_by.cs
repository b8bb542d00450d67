using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Notifier;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using Xunit.Abstractions;

namespace XilinIngest.Wire.Tests.Notices;

/// <summary>Two notifiers on one database, of which one works: it is killed, or frozen and thawed after the other has taken over.</summary>
public sealed class A_notifier_that_stands_by(ITestOutputHelper output)
{
    private const int Rounds = 3;

    [Theory, OnPostgreSql, Trait("suite", "long")]
    public Task Takes_over_within_seconds_when_the_other_is_killed(StorageProvider engine) =>
        RunWithKillAsync(engine, TimeSpan.FromSeconds(15));

    [Theory, OnSqlite, Trait("suite", "long")]
    public Task Takes_over_a_file_within_seconds_when_the_other_is_killed(StorageProvider engine) =>
        RunWithKillAsync(engine, TimeSpan.FromSeconds(10));

    // The server ends the session of a process that is silent for 25 seconds. A file's lock belongs to the process as long as it is there.
    [Theory, OnPostgreSql, Trait("suite", "long")]
    public async Task Takes_over_from_one_that_is_frozen_which_sends_nothing_when_it_wakes(StorageProvider engine) => await RunAsync(
        engine, TimeSpan.FromSeconds(45), first =>
        {
            first.Freeze();
            return Task.CompletedTask;
        },
        async first =>
        {
            first.Thaw();
            Assert.Equal(1, await first.ExitAsync());
            Assert.Contains("Another notifier has taken", first.Output, StringComparison.Ordinal);
        });

    private Task RunWithKillAsync(StorageProvider engine, TimeSpan limit) => RunAsync(
        engine, limit, first =>
        {
            first.Kill();
            return Task.CompletedTask;
        },
        _ => Task.CompletedTask);

    private async Task RunAsync(
        StorageProvider engine, TimeSpan limit, Func<ServiceProcess, Task> stop, Func<ServiceProcess, Task> afterwards)
    {
        await using var receiver = await NoticeReceiver.StartAsync();
        await using var wire = new WireDeployment();
        var alerts = SwingingAlerts.Prepare(
            wire.Data.CatalogueFolder, 2022, new DateTimeOffset(2022, 8, 1, 9, 0, 0, TimeSpan.FromHours(8)), Rounds * SwingingAlerts.Firms);
        await wire.InitializeAsync();
        var rounds = alerts.Submissions.Chunk(SwingingAlerts.Firms).ToList();
        var start = await PrepareAsync(wire, engine, receiver);
        var first = start();
        await Eventually.IsTrueAsync(async () => await first.HealthAsync("notices") == "Healthy: ", () => first.Output);
        var second = start();
        await Eventually.IsTrueAsync(
            async () => (await second.HealthAsync("notices")).StartsWith("Degraded: standby", StringComparison.Ordinal),
            () => second.Output);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await second.GetAsync("/api/notices")).Status);
        await SubmitAsync(wire, rounds[0]);
        await ToldAsync(wire, receiver, 1, first);

        // A notice that was taken, and whose answer is not recorded yet, would come again with its id.
        await Eventually.IsTrueAsync(
            async () => (await first.GetAsync("/api/notices")).Answer!.AsArray().All(row => (string?)row!["state"] == "sent"),
            () => first.Output);
        await stop(first);
        var since = Stopwatch.StartNew();
        await SubmitAsync(wire, rounds[1]);
        await ToldAsync(wire, receiver, 2, second);
        output.WriteLine($"{engine}: told {since.Elapsed.TotalSeconds:0.0} s later by the other");
        Assert.InRange(since.Elapsed, TimeSpan.Zero, limit);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/api/notices")).Status);

        await afterwards(first);
        await SubmitAsync(wire, rounds[2]);
        await ToldAsync(wire, receiver, 3, second);
        SwingingAlerts.AssertToldOnceAndInOrder(wire.Data.Path, receiver);
        Assert.Equal(receiver.Kept.Count, receiver.Requests.Count);
    }

    private static async Task<Func<ServiceProcess>> PrepareAsync(WireDeployment wire, StorageProvider engine, NoticeReceiver receiver)
    {
        List<(string, string)> settings =
        [
            ("Channels__duty__Kind", "webhook"), ("Channels__duty__Url", receiver.Url.ToString()),
            ("Channels__duty__Secret", "0123456789abcdef"),
        ];
        if (engine != StorageProvider.Sqlite)
        {
            var notices = TestDatabases.NewConnectionString(engine, wire.Data.Path, "notices");
            NotifierRegistration.Migrate(Database.TryParse(engine, notices)!, NullLogger.Instance);
            settings.AddRange([("Storage__Provider", $"{engine}"), ("ConnectionStrings__Notices", notices)]);
        }

        var aggregator = $"{await wire.Aggregator.ServingAsync()}";
        return () => wire.StartNotifier(aggregator, settings);
    }

    private static async Task SubmitAsync(WireDeployment wire, IEnumerable<JsonObject> round)
    {
        foreach (var sheet in round)
        {
            Assert.Equal("accepted", (string?)(await wire.Worker.SubmitAsync(sheet)).Answer!["verdict"]);
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(SwingingAlerts.AreApplied(wire.Data.Path)), () => wire.Aggregator.Output);
    }

    private static Task ToldAsync(WireDeployment wire, NoticeReceiver receiver, int rounds, ServiceProcess notifier) =>
        Eventually.IsTrueAsync(
            () => Task.FromResult(receiver.Kept.Count == rounds * SwingingAlerts.Firms
                && SwingingAlerts.Published(wire.Data.Path).Count == receiver.Kept.Count),
            () => $"{receiver.Kept.Count} notices\n{notifier.Output}", seconds: 60);
}
