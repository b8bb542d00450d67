using System.Net;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using XilinIngest.Indicators;
using XilinIngest.TestBrokers;

namespace XilinIngest.Bench.Wire;

/// <summary>
/// What metrics and traces cost: the same submissions to several deployments in turn, each warm and with a broker of its own, that differ
/// in what the environment asks for. The figure is the processor time of worker and aggregator for each submission.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class TelemetryCost(string folder, BenchData data, int rounds, int perRound)
{
    private const int InFlight = 2000;
    private const int WarmUpRounds = 2;
    private static readonly Period First = new(2021, 1);

    public async Task RunAsync()
    {
        await using var receiver = await StartReceiverAsync();
        var endpoint = receiver.Urls.Single();
        (string Name, string Value)[] otlp =
            [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_LOGS_EXPORTER", "none")];
        await TelemetryOfMessages.RunAsync(endpoint);
        var all = new List<Deployment>();
        try
        {
            all.Add(await StartAsync("nothing asked for"));
            all.Add(await StartAsync("metrics", ("Metrics__Prometheus", "true")));
            all.Add(await StartAsync("metrics, traces of 1 %",
                [.. otlp, ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.01")]));
            all.Add(await StartAsync("metrics, all traces", otlp));
            for (var round = -WarmUpRounds; round < rounds; round++)
            {
                // Each is first as often as last.
                foreach (var deployment in round % 2 == 0 ? all : all.AsEnumerable().Reverse())
                {
                    await deployment.MeasureAsync(InFlight, isCounted: round >= 0);
                }

                Console.WriteLine($"round {round + 1}: "
                    + string.Join(", ", all.Select(each => $"{each.Name} {each.Newest:N1} us")));
            }
        }
        finally
        {
            foreach (var each in all)
            {
                await each.DisposeAsync();
            }
        }

        foreach (var each in all)
        {
            Console.WriteLine($"{each.Name}: {each.Least:N1} us of processor time for each submission at best, median {each.Median:N1} us; "
                + $"{(each.Least / all[0].Least - 1) * 100:+0.0;-0.0} %");
        }
    }

    private async Task<Deployment> StartAsync(string name, params (string Name, string Value)[] settings)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, name.Replace(' ', '-'))).FullName;
        Directory.CreateSymbolicLink(Path.Combine(own, "catalogue"), Path.Combine(folder, "catalogue"));
        var broker = await PrivateBrokerNode.StartNodeAsync();
        await broker.ControlAsync("add_user", BenchOffice.Code, "bench");
        await broker.ControlAsync("set_permissions", BenchOffice.Code, ".*", ".*", ".*");
        var services = new BenchServices(own, broker.Address, settings);
        await services.StartAggregatorAsync();
        await services.StartWorkerAsync();
        var deployment = new Deployment(name, broker, services,
            await BenchOffice.ConnectAsync(broker.AddressFor(BenchOffice.Code, "bench")), new SubmissionSeries(data, First, perRound));
        await deployment.LoadAsync(data);
        return deployment;
    }

    // Takes what a collector would take, and keeps nothing.
    private static async Task<WebApplication> StartReceiverAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = builder.Build();
        receiver.MapPost("/v1/{signal}", async (HttpContext context) => await context.Request.Body.CopyToAsync(Stream.Null));
        await receiver.StartAsync();
        return receiver;
    }

    private sealed class Deployment(
        string name, PrivateBrokerNode broker, BenchServices services, BenchOffice office, SubmissionSeries series) : IAsyncDisposable
    {
        private readonly List<double> _measured = [];

        public string Name => name;

        /// <summary>Microseconds for each submission, of the last round.</summary>
        public double Newest { get; private set; }

        /// <summary>Of all rounds: a busy machine only adds.</summary>
        public double Least => _measured.Min();

        public double Median => _measured.Order().ElementAt(_measured.Count / 2);

        /// <summary>Sends the first reports of all units, which the rounds revise: so each round costs the same.</summary>
        public async Task LoadAsync(BenchData data)
        {
            var packs = data.Enterprises.Select((_, unit) => data.Submission(unit, First)).Chunk(50).Select(BenchData.Pack).ToList();
            await BoundedPublisher.SendAllAsync(packs, InFlight / 50, office.SendAsync);
            await office.WaitForReceiptsAsync(0, data.Enterprises.Count);
            await services.WaitUntilAppliedAsync(office.LastSequence);
        }

        public async Task MeasureAsync(int inFlight, bool isCounted)
        {
            var bodies = series.Revisions();
            var (receipts, before) = (office.Receipts, services.WorkerTime + services.AggregatorTime);
            await BoundedPublisher.SendAllAsync(bodies, inFlight, office.SendAsync);
            await office.WaitForReceiptsAsync(receipts, bodies.Count);
            await services.WaitUntilAppliedAsync(office.LastSequence);
            Newest = (services.WorkerTime + services.AggregatorTime - before).TotalMicroseconds / bodies.Count;
            if (isCounted)
            {
                _measured.Add(Newest);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await office.DisposeAsync();
            await services.DisposeAsync();
            await broker.DisposeAsync();
        }
    }
}
