using System.Diagnostics;
using Spectre.Console;
using XilinIngest.Indicators;

namespace XilinIngest.Bench;

/// <summary>Loads the history, then measures pipeline and baselines in turn (A B C A B C …), latency, and the service alone.</summary>
internal sealed class PipelineComparison(string folder, BenchData data, int months, int rounds, int perRound)
{
    private static readonly Period First = new(2021, 1);

    private readonly SubmissionSeries _series = new(data, First.AddMonths(months - 1), perRound);

    /// <summary>Runs the pipeline alone, for a profiler and for the processor time of a submission.</summary>
    /// <param name="byStreet">Whether the enterprises of a street send together, as their office does.</param>
    public async Task LoadAsync(bool byStreet)
    {
        var enterprises = byStreet ? data.ByStreet().ToList() : [.. Enumerable.Range(0, data.Enterprises.Count)];
        await using var pipeline = await ServicePipeline.StartAsync(folder);
        for (var m = 0; m < months; m++)
        {
            var packs = enterprises
                .Select(e => data.Submission(e, First.AddMonths(m))).Chunk(50).Select(BenchData.Pack).ToList();
            await PrintRateAsync($"{First.AddMonths(m)}", data.Enterprises.Count, () => pipeline.RunAsync(packs, 50, inFlight: 5000));
        }
    }

    /// <summary>Runs the pipeline on the history of <see cref="LoadAsync"/>, with rounds of first reports or of revisions.</summary>
    /// <param name="areRevisions">Of the last month of the history; otherwise the first reports of the months after it.</param>
    public async Task ContinueAsync(bool areRevisions)
    {
        await using var pipeline = await ServicePipeline.StartAsync(folder);

        // More than earlier runs can have sent.
        var series = new SubmissionSeries(data, First.AddMonths(months - 1), perRound)
        {
            RevisionsBefore = (int)(pipeline.Host.AppliedThrough / Math.Min(perRound, data.Enterprises.Count))
        };
        for (var round = 0; round < rounds; round++)
        {
            var packs = Packs(areRevisions ? series.Revisions() : series.FirstReports());
            await PrintRateAsync($"round {round + 1}", perRound, () => pipeline.RunAsync(packs, 50, inFlight: 5000));
        }
    }

    private static async Task PrintRateAsync(string what, int count, Func<Task> work)
    {
        var (processor, start, collected) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration());
        await work();
        Console.WriteLine(
            $"{what}: {count / Stopwatch.GetElapsedTime(start).TotalSeconds:N0}/s, "
                + $"{(Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / count:N0} us of processor time each, paused "
                + $"{(GC.GetTotalPauseDuration() - collected).TotalMilliseconds:N0} ms, "
                + $"{Process.GetCurrentProcess().WorkingSet64 >> 20} MB");
    }

    public async Task RunAsync()
    {
        List<double> packed = [], single = [], revised = [], rows = [], parsed = [], textbook = [];
        (double P50, double P99) latency;
        long workingSet;
        await using (var pipeline = await ServicePipeline.StartAsync(folder))
        {
            var loading = Stopwatch.StartNew();
            for (var m = 0; m < months; m++)
            {
                var period = First.AddMonths(m);
                var packs = Enumerable.Range(0, data.Enterprises.Count)
                    .Select(e => data.Submission(e, period)).Chunk(50).Select(BenchData.Pack).ToList();
                await pipeline.RunAsync(packs, 50, inFlight: 5000);
                Console.WriteLine(
                    $"loaded {period}: {(m + 1) * data.Enterprises.Count:N0} "
                    + $"submissions, {(m + 1) * data.Enterprises.Count / loading.Elapsed.TotalSeconds:N0}/s so far");
            }

            using var ceiling = new RawInsertBaseline(folder, Path.Combine(folder, "data", "ledger.db"));
            using var book = new RowPerValueBaseline(folder, data, First, months);
            for (var round = 0; round < rounds; round++)
            {
                var (bodies, others) = (_series.FirstReports(), _series.FirstReports());
                var (packs, revisions) = (Packs(bodies), Packs(_series.Revisions()));
                packed.Add(await MeasureRateAsync(() => pipeline.RunAsync(packs, 50, inFlight: 5000)));
                single.Add(await MeasureRateAsync(() => pipeline.RunAsync(others, 1)));
                revised.Add(await MeasureRateAsync(() => pipeline.RunAsync(revisions, 50, inFlight: 5000)));
                rows.Add(ceiling.Insert(bodies));
                parsed.Add(JsonParseBaseline.Run(bodies));
                textbook.Add(book.Run(_series.Revisions().Take(2).ToList()));
                Console.WriteLine(
                    $"round {round + 1} of {rounds}: packs {packed[^1]:N0}/s, single {single[^1]:N0}/s, revisions {revised[^1]:N0}/s, "
                    + $"rows {rows[^1]:N0}/s, "
                    + $"parse {parsed[^1]:N0}/s, textbook {textbook[^1]:N1}/s");
            }

            latency = await LatencyMeasurement.MeasureAsync(pipeline, _series.Revisions(), perSecond: 200, seconds: 15);
            workingSet = Process.GetCurrentProcess().WorkingSet64;
        }

        var alone = await ServiceProcessMeasurement.MeasureAsync(folder, [.. _series.Revisions().Take(2000)]);
        Print(Median(packed), Median(single), Median(revised), Median(rows), Median(parsed), Median(textbook), latency, alone.Start,
            alone.WorkingSet, workingSet);
    }

    private static List<byte[]> Packs(IEnumerable<byte[]> bodies) => [.. bodies.Chunk(50).Select(BenchData.Pack)];

    private async Task<double> MeasureRateAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return perRound / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Print(
        double packed, double single, double revised, double rows, double parsed, double textbook, (double P50, double P99) latency,
        TimeSpan start, long workingSet, long withBench)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("what", "figure", "goal", "met");
        void Row(string what, string figure, string goal, bool met) => table.AddRow(what, figure, goal, met ? "yes" : "NO");
        table.AddRow("history", $"{data.Enterprises.Count:N0} enterprises × {months} months × {BenchData.IndicatorCount} values", "", "");
        Row("pipeline, 50 submissions per message", $"{packed:N0}/s", "≥ 9,000/s", packed >= 9000);
        Row("pipeline, one per message", $"{single:N0}/s", "≥ 6,000/s", single >= 6000);
        table.AddRow("pipeline, revisions of twenty values, 50 per message", $"{revised:N0}/s", "", "");
        table.AddRow("(a) the same rows into SQLite, groups of 500", $"{rows:N0}/s", "", "");
        table.AddRow("(b) the same JSON parsed", $"{parsed:N0}/s", "", "");
        table.AddRow("(c) textbook consumer", $"{textbook:N1}/s", "", "");
        Row("pipeline ÷ (a)", $"{packed / rows:N2}", "≥ 0.4", packed / rows >= 0.4);
        Row("pipeline ÷ (c)", $"{packed / textbook:N0}", "≥ 100", packed / textbook >= 100);
        Row("accepted to ranking at 200/s, p50", $"{latency.P50:N0} ms", "< 50 ms", latency.P50 < 50);
        Row("accepted to ranking at 200/s, p99", $"{latency.P99:N0} ms", "< 300 ms", latency.P99 < 300);
        Row("start with that history, as a process of its own", $"{start.TotalSeconds:N1} s", "≤ 4 s", start.TotalSeconds <= 4);
        Row("working set after full load, the bench's client and baselines included", $"{withBench >> 20} MB", "< 600 MB",
            withBench >> 20 < 600);
        Row("the service alone, freshly started, after 2,000 submissions one by one", $"{workingSet >> 20} MB", "≤ 380 MB",
            workingSet >> 20 <= 380);
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(table);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
