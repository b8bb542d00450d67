using System.Diagnostics;
using System.Net;
using Npgsql;
using XilinIngest.Storage;
using XilinIngest.TestBrokers;
using XilinIngest.TestEngines;
using Xunit.Abstractions;
using static XilinIngest.TestServices.WireDeployment;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>It keeps the broker, and would go on receiving the packs of the one that takes the cube over.</summary>
public sealed class An_aggregator_that_loses_its_database(ITestOutputHelper output)
{
    // The server ends a silent session after 25 seconds.
    private const int SilenceSeconds = 45;

    private long _value;

    [Theory, OnPostgreSql("MassTransit"), Trait("suite", "long")]
    public Task Is_replaced_within_seconds_and_ends_when_the_database_answers_again(StorageProvider engine, string library) =>
        RunAsync(engine, library, seconds: 10, (_, line) => line.Refuse(), (_, line) => line.Accept());

    [Theory, Trait("suite", "long")]
    [OnPostgreSql("MassTransit")]
    [OnPostgreSql("RabbitMQ.Client")]
    public Task Over_a_line_that_carries_nothing_is_replaced_within_a_minute(StorageProvider engine, string library) =>
        RunAsync(engine, library, SilenceSeconds, (_, line) => line.Stall(), (_, line) => line.Cut());

    [Theory, Trait("suite", "long")]
    [OnPostgreSql("MassTransit")]
    [OnPostgreSql("RabbitMQ.Client")]
    public Task Frozen_as_a_whole_is_replaced_within_a_minute(StorageProvider engine, string library) =>
        RunAsync(engine, library, SilenceSeconds, (first, _) => first.Freeze(), (first, _) => first.Thaw());

    private async Task RunAsync(
        StorageProvider engine, string library, int seconds, Action<ServiceProcess, TcpProxy> lose, Action<ServiceProcess, TcpProxy> find)
    {
        var cube = TestDatabases.NewConnectionString(engine, "", "cube");
        await using var wire = new WireDeployment
        {
            OnServer = (engine, TestDatabases.NewConnectionString(engine, "", "ledger"), cube),
            Library = library,
        };
        await wire.InitializeAsync();
        await using var line = TcpProxy.InFrontOf(new Uri($"tcp://127.0.0.1:{new NpgsqlConnectionStringBuilder(cube).Port}"));
        wire.Aggregator.Kill();
        var first = wire.StartAggregator(
            ("ConnectionStrings__Cube", new NpgsqlConnectionStringBuilder(cube) { Port = line.Port }.ConnectionString));
        await first.WaitUntilReadyAsync();
        var second = wire.StartAggregator();
        await Eventually.IsTrueAsync(async () => (await second.HealthAsync("cube")).Contains("standby", StringComparison.Ordinal),
            () => second.Output);
        await WaitUntilAppliedAsync(first, await SubmitAsync(wire));

        lose(first, line);
        var since = Stopwatch.StartNew();
        await OutageAssertions.AssertRecoveredAsync(output, second, await SubmitAsync(wire), since, seconds);

        // Not by asking the ledger alone: packs come on the queue as before.
        var last = await SubmitAsync(wire);
        since.Restart();
        await OutageAssertions.AssertRecoveredAsync(output, second, last, since, seconds: 3);

        find(first, line);
        Assert.Equal(1, await first.ExitAsync());
        Assert.Contains("Another aggregator has taken", first.Output, StringComparison.Ordinal);
        last = await SubmitAsync(wire);
        since.Restart();
        await OutageAssertions.AssertRecoveredAsync(output, second, last, since, seconds: 3);
        await wire.VerifyAsync();
    }

    private async Task<long> SubmitAsync(WireDeployment wire)
    {
        var (status, receipt, _) = await wire.Worker.SubmitAsync(XilinSubmissions.Visits(Village, ++_value, revision: (int)_value));
        Assert.True(status == HttpStatusCode.OK, receipt?.ToJsonString());
        return (long)receipt!["sequence"]!;
    }
}
