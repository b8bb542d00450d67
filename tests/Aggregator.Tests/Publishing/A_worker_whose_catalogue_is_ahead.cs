using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>
/// The aggregator as a process of its own, with a catalogue's folder of its own: over the bus a ledger answers that knows one indicator
/// more.
/// </summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class A_worker_whose_catalogue_is_ahead : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-ahead-").FullName;
    private IHost _host;

    public A_worker_whose_catalogue_is_ahead()
    {
        CatalogueFileWriter.Write(Without(TestDistrict.Index), _folder);
        _host = Build();
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging()
            .AddSingleton(TimeProvider.System).AddCatalogue(_folder).AddAggregator(new Database(Path.Combine(_folder, "cube.db")))
            .AddInMemoryBus([.. AggregatorRegistration.AggregatorQueues, new BusQueue<ReplayLedger>("ledger", Exchanges.Replay, 1)])
            .AddHealthChecks().AddAggregatorCheck();
        return builder.Build();
    }

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Is_named_in_health_until_the_indicator_is_put_back_and_then_counts()
    {
        await EventuallyAsync(HealthStatus.Unhealthy,
            "indicator INDEX_GIVEN, which is not in the catalogue: put its row back into indicators.csv.");

        // It asks again and again: in between nothing may look as if it were mended.
        var health = _host.Services.GetRequiredService<AggregatorService>();
        Assert.False(SpinWait.SpinUntil(() => health.Fault is null, TimeSpan.FromSeconds(4)));

        CatalogueFileWriter.Write(UniformDistrict.Catalogue, _folder);
        await EventuallyAsync(HealthStatus.Healthy, $"Applied through ledger row {ReplayLedger.Rows.Count}.");
    }

    [Fact]
    public async Task Ends_an_aggregator_that_starts_with_a_catalogue_that_lacks_an_indicator_with_figures()
    {
        CatalogueFileWriter.Write(UniformDistrict.Catalogue, _folder);
        await EventuallyAsync(HealthStatus.Healthy, $"Applied through ledger row {ReplayLedger.Rows.Count}.");
        await _host.StopAsync();
        _host.Dispose();

        CatalogueFileWriter.Write(Without(TestDistrict.Index), _folder);
        _host = Build();
        await _host.StartAsync();

        var ended = await Assert.ThrowsAsync<InvalidOperationException>(
            () => _host.Services.GetRequiredService<AggregatorService>().ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("Indicator INDEX_GIVEN has figures and is not in indicators.csv: put its row back.", ended.Message);
    }

    private static Catalogue Without(string indicator) => new(
        [.. UniformDistrict.Catalogue.Indicators.Where(one => one.Code.Value != indicator).Select((one, i) => one with { Order = i })],
        UniformDistrict.Catalogue.Units, UniformDistrict.Catalogue.Targets, UniformDistrict.Catalogue.Calendar,
        [UniformDistrict.StreetColours, UniformDistrict.VillageColours], []);

    private async Task<HealthReportEntry> HealthAsync() =>
        (await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["cube"];

    private async Task EventuallyAsync(HealthStatus status, string words)
    {
        var health = await HealthAsync();
        for (var i = 0; i < 3_000 && !(health.Status == status && health.Description!.EndsWith(words, StringComparison.Ordinal)); i++)
        {
            await Task.Delay(10);
            health = await HealthAsync();
        }

        Assert.Equal(status, health.Status);
        Assert.EndsWith(words, health.Description, StringComparison.Ordinal);
    }

    public sealed class ReplayLedger(MessagePublisher publisher) : IMessageConsumer
    {
        public static IReadOnlyList<AcceptedSubmission> Rows { get; } =
            UniformDistrict.Pack(UniformDistrict.Year(2022, months: 2)).Submissions;

        public async Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
        {
            var from = MessageJson.Read<ReplayAccepted>(message.Body).FromSequence;
            foreach (var row in Rows.Where(row => row.Sequence >= from))
            {
                await publisher.PublishAsync(
                    new SubmissionsAccepted
                    {
                        FromSequence = row.Sequence,
                        ToSequence = row.Sequence,
                        PreviousLeafHash = Hash(row.Sequence - 1),
                        LastLeafHash = Hash(row.Sequence),
                        Submissions = [row]
                    },
                    routingKey: null, cancellationToken);
            }

            await publisher.PublishAsync(
                new SubmissionsAccepted
                {
                    FromSequence = Rows.Count + 1,
                    ToSequence = Rows.Count,
                    PreviousLeafHash = Hash(Rows.Count),
                    Submissions = []
                },
                routingKey: null, cancellationToken);
        }

        private static string? Hash(long row) => row == 0 ? null : $"row {row}";
    }
}
