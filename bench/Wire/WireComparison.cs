using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Versioning;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Spectre.Console;
using XilinIngest.Indicators;
using XilinIngest.TestBrokers;

namespace XilinIngest.Bench.Wire;

/// <summary>
/// Measures the services on a separate broker, in one run and alternating with the throughput of that broker alone for the same bodies. End
/// to end means: published with confirm, checked, on disk, receipt at the sender, applied by the aggregator.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class WireComparison(string folder, BenchData data, int months, int rounds, int perRound)
{
    private const int InFlight = 2000;
    private static readonly Period First = new(2021, 1);
    private readonly Dictionary<string, List<double>> _rates = [];
    private readonly SubmissionSeries _series = new(data, First.AddMonths(months - 1), perRound);

    public async Task RunAsync()
    {
        await using var broker = await PrivateBrokerNode.StartNodeAsync();
        await broker.ControlAsync("add_user", BenchOffice.Code, "bench");
        await broker.ControlAsync("set_permissions", BenchOffice.Code, ".*", ".*", ".*");
        await using var services = new BenchServices(folder, broker.Address);
        await services.StartAggregatorAsync();
        await services.StartWorkerAsync();
        await using var office = await BenchOffice.ConnectAsync(broker.AddressFor(BenchOffice.Code, "bench"));

        // A warm-up precedes the measurements, because they are of a service that has run for a while. One measurement is with little
        // history, one with all of it.
        await LiveAsync(services, office, _series.Revisions(), 1);
        for (var round = 0; round < rounds; round++)
        {
            Add("empty", await LiveAsync(services, office, _series.Revisions(), 1));
        }

        await LoadAsync(services, office);
        var (cost, revisionCost) = (default(ProcessorTimes), default(ProcessorTimes));
        await using (var classic = new BrokerBaseline(broker, "classic"))
        await using (var quorum = new BrokerBaseline(broker, "quorum"))
        {
            for (var round = 0; round < rounds; round++)
            {
                var bodies = _series.Revisions();
                await AddAsync(classic, bodies);
                await AddAsync(quorum, bodies);
                Add("quorum two hops", await quorum.MeasureTwoHopsAsync(bodies));
                var before = ProcessorTimes.Measure(services, broker);
                Add("live", await LiveAsync(services, office, _series.FirstReports(), 1));
                cost += ProcessorTimes.Measure(services, broker) - before;
                Add("packed", await LiveAsync(services, office, [.. _series.FirstReports().Chunk(50).Select(BenchData.Pack)], 50));
                Add("drain", await DrainAsync(services, office, _series.FirstReports()));
                before = ProcessorTimes.Measure(services, broker);
                Add("revisions", await LiveAsync(services, office, _series.Revisions(), 1));
                revisionCost += ProcessorTimes.Measure(services, broker) - before;
                Console.WriteLine(
                    $"round {round + 1} of {rounds}: " + string.Join(", ", _rates.Select(rate => $"{rate.Key} {rate.Value[^1]:N0}/s")));
            }
        }

        var latency = await LatencyAsync(office, _series.Revisions(), perSecond: 500);
        Add("textbook", await TextbookAsync(broker));
        Print(cost, revisionCost, latency);
    }

    private async Task LoadAsync(BenchServices services, BenchOffice office)
    {
        for (var m = 0; m < months; m++)
        {
            var period = First.AddMonths(m);
            var start = Stopwatch.GetTimestamp();
            await LiveAsync(services, office,
                [.. Enumerable.Range(0, data.Enterprises.Count).Select(e => data.Submission(e, period)).Chunk(50).Select(BenchData.Pack)],
                50);
            Console.WriteLine($"loaded {period}: {data.Enterprises.Count / Stopwatch.GetElapsedTime(start).TotalSeconds:N0}/s");
        }
    }

    private static async Task<double> LiveAsync(BenchServices services, BenchOffice office, List<byte[]> bodies, int perBody)
    {
        var (before, start) = (office.Receipts, Stopwatch.GetTimestamp());
        await BoundedPublisher.SendAllAsync(bodies, InFlight / perBody, office.SendAsync);
        await office.WaitForReceiptsAsync(before, (long)bodies.Count * perBody);
        await services.WaitUntilAppliedAsync(office.LastSequence);
        return bodies.Count * perBody / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // The worker stands still while the backlog grows. It is the warm process of the other measurements, as a new one compiles its code.
    // The time starts at the first receipt.
    private static async Task<double> DrainAsync(BenchServices services, BenchOffice office, List<byte[]> bodies)
    {
        services.FreezeWorker();
        await BoundedPublisher.SendAllAsync(bodies, InFlight, office.SendAsync);
        var before = office.Receipts;
        services.ThawWorker();
        await office.WaitForReceiptsAsync(before, 1);
        var (first, start) = (office.Receipts - before, Stopwatch.GetTimestamp());
        await office.WaitForReceiptsAsync(before, bodies.Count);
        await services.WaitUntilAppliedAsync(office.LastSequence);
        return (bodies.Count - first) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // The latency is from the broker's confirm to the first ranking that the submission changed.
    private static async Task<(double P50, double P99, int Count, int Missing)> LatencyAsync(
        BenchOffice office, IReadOnlyList<byte[]> bodies, int perSecond)
    {
        var confirmed = new ConcurrentDictionary<Guid, long>();
        var rows = new ConcurrentDictionary<long, Guid>();
        office.OnReceipt = receipt => rows[receipt.Sequence] = receipt.SubmissionId;
        office.RecordsRankings = true;
        var (start, sent) = (Stopwatch.GetTimestamp(), new List<Task>());
        foreach (var (body, i) in bodies.Take(perSecond * 15).Select((body, i) => (body, i)))
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            sent.Add(SendAsync(body));
        }

        await Task.WhenAll(sent);
        await Task.Delay(2000);
        office.OnReceipt = null;
        office.RecordsRankings = false;
        var latencies = rows.Where(row => office.FirstRankingTimes.ContainsKey(row.Key))
            .Select(row => Math.Max(0, Stopwatch.GetElapsedTime(confirmed[row.Value], office.FirstRankingTimes[row.Key]).TotalMilliseconds))
            .Order().ToList();
        return latencies.Count == 0
            ? throw new InvalidOperationException(
                "No ranking came that a submission changed: growth is ranked, and takes --months 13 or more.")
            : (latencies[latencies.Count / 2], latencies[(int)(latencies.Count * 0.99)], latencies.Count, sent.Count - latencies.Count);

        async Task SendAsync(byte[] body)
        {
            await office.SendAsync(body);
            confirmed[Guid.Parse(System.Text.Encoding.ASCII.GetString(body, 17, 36))] = Stopwatch.GetTimestamp();
        }
    }

    // A conventional consumer: one message, one transaction, all totals by GROUP BY, then the acknowledgement.
    private async Task<double> TextbookAsync(TestBroker broker)
    {
        const string queue = "bench.textbook";
        using var book = new RowPerValueBaseline(folder, data, First, months);
        await using var connection = await broker.ConnectAsync("bench textbook");
        await using var channel = await BrokerBaseline.ConfirmedChannelAsync(connection);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string,
            object?>
        { ["x-queue-type"] = "quorum" });
        await channel.BasicQosAsync(0, 1, global: false);
        var bodies = _series.Revisions().Take(3).ToList();
        foreach (var body in bodies)
        {
            await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { Persistent = true }, body);
        }

        var (left, done, start) =
            (bodies.Count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), Stopwatch.GetTimestamp());
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            book.Run([delivery.Body.ToArray()]);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
            if (--left == 0)
            {
                done.TrySetResult();
            }
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await done.Task;
        return bodies.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Add(string what, double rate)
    {
        if (!_rates.TryGetValue(what, out var all))
        {
            _rates[what] = all = [];
        }

        all.Add(rate);
    }

    private async Task AddAsync(BrokerBaseline bare, List<byte[]> bodies)
    {
        var (publish, consume, both) = await bare.MeasureAsync(bodies);
        Add($"{bare.Type} publish", publish);
        Add($"{bare.Type} consume", consume);
        Add($"{bare.Type} both", both);
    }

    private double Median(string what) => _rates[what].Order().ElementAt(_rates[what].Count / 2);

    private void Print(ProcessorTimes cost, ProcessorTimes revisionCost, (double P50, double P99, int Count, int Missing) latency)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("what", "figure", "goal", "met");
        void Row(string what, string figure, string goal = "", bool? met = null) =>
            table.AddRow(what, figure, goal, met is null ? "" : met.Value ? "yes" : "NO");
        Row("history", $"{data.Enterprises.Count:N0} enterprises × {months} months × {BenchData.IndicatorCount} values");
        foreach (var rate in _rates.Keys.Where(rate => rate.StartsWith("classic", StringComparison.Ordinal)
            || rate.StartsWith("quorum", StringComparison.Ordinal)))
        {
            Row($"bare broker, {rate}", $"{Median(rate):N0}/s");
        }

        var submissions = perRound * rounds;
        Row("one submission per message, live", $"{Median("live"):N0}/s", "≥ 3,000/s", Median("live") >= 3000);
        Row("÷ bare two hops on quorum queues", $"{Median("live") / Median("quorum two hops"):N2}", "≥ 0.55",
            Median("live") / Median("quorum two hops") >= 0.55);
        Row("one per message, draining a backlog", $"{Median("drain"):N0}/s", "≥ 3,500/s", Median("drain") >= 3500);
        Row("50 submissions per message", $"{Median("packed"):N0}/s", "≥ 8,000/s", Median("packed") >= 8000);
        Row("revisions of twenty values, live", $"{Median("revisions"):N0}/s");
        Row("textbook consumer", $"{Median("textbook"):N2}/s");
        Row("one per message ÷ textbook", $"{Median("live") / Median("textbook"):N0}", "≥ 100", Median("live") / Median("textbook") >= 100);
        Row("revisions with next to no history", $"{Median("empty"):N0}/s");
        Row("revisions with history ÷ without", $"{Median("revisions") / Median("empty"):N2}", "≥ 0.95",
            Median("revisions") / Median("empty") >= 0.95);
        Row($"confirm to ranking at 500/s, p50 ({latency.Count:N0} measured, {latency.Missing:N0} not found)", $"{latency.P50:N0} ms",
            "≤ 60 ms", latency.P50 <= 60);
        Row("confirm to ranking at 500/s, p99", $"{latency.P99:N0} ms", "≤ 150 ms", latency.P99 <= 150);
        foreach (var (process, time) in cost.Parts)
        {
            var each = time.TotalMicroseconds / submissions;
            double? goal = process switch { "worker" => 170, "aggregator" => 55, _ => null };
            Row($"processor time per submission, {process}", $"{each:N0} us",
                goal is null ? "" : $"≤ {goal} us", goal is null ? null : each <= goal);
        }

        Row("the same of a revision, in this order",
            string.Join(", ", revisionCost.Parts.Select(part => $"{part.Time.TotalMicroseconds / submissions:N0}")) + " us");

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(table);
    }
}
