using Spectre.Console;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Report;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Worker;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Standalone;

/// <summary>Sends the sample years through the real intake, bus, checks, ledger and cube, and prints the results.</summary>
internal static class SampleCommand
{
    private const int Year = 2022;

    public static async Task<int> RunAsync(StandaloneOptions options, bool exit, CancellationToken cancellationToken)
    {
        var console = new ServiceConsole(options.English);
        if (!DataFolderConsole.IsEmpty(options.DataFolder))
        {
            return console.Fail($"--sample 需要空的数据目录，{options.DataFolder} 不是空的。",
                $"--sample needs an empty data folder; {options.DataFolder} is not.");
        }

        return await console.RunWithFolderLockAsync(options, async () =>
        {
            if (options.ServerDatabases is not null && FindExistingFigures(options.Ledger, options.Cube) is { } full)
            {
                return console.Fail($"--sample 需要空的数据库，{full} 不是空的：样例数据不可混入真实数据。请另建数据库并运行 xilin-admin migrate，或去掉 Storage__Provider。",
                    $"--sample needs empty databases; {full} is not, and sample figures must not come among real ones. Make another and "
                    + "run xilin-admin migrate, or take Storage__Provider out.");
            }

            var submissions = SampleSubmission.ReadAll(Path.Combine(AppContext.BaseDirectory, "samples"));
            var clock = new SampleClock(submissions[0].SubmittedAt);
            var receipts = new ReceiptCounter();
            await using var app = StandaloneHost.Build(
                options, clock, services => services.AddSingleton(receipts),
                new BusQueue<ReceiptConsumer>("xilin.sample.receipts", Exchanges.Receipts, Concurrency: 64));
            await app.RunAsync(async () =>
            {
                var reminders = ActivatorUtilities.CreateInstance<SampleReminders>(app.Services);
                var sender = new SampleSender(app.Services.GetRequiredService<MessagePublisher>(),
                    app.Services.GetRequiredService<CatalogueSource>().Current, clock, receipts, reminders);
                await SendAsync(sender, submissions, console, options, cancellationToken);
                await WaitUntilPublishedAsync(
                    app.Services.GetRequiredService<ResultPartitions>(), receipts.LastSequences, cancellationToken);
                await SampleFollowUp.AddAsync(app.Services, clock.GetUtcNow(), cancellationToken);
                clock.Start();
                Print(app.Services.GetRequiredService<PublishedModel>(), receipts, console);
                reminders.Print(console);
                await SampleSignOff.AddAsync(app.Services, clock, console, cancellationToken);
                if (exit)
                {
                    console.WriteLine($"数据留在 {options.StoreName}，可用 verify --data {options.DataFolder} 核对；不用时请删除。",
                        $"The data stays in {options.StoreName}: verify --data {options.DataFolder} looks at it; remove it when it "
                        + "is not needed.");
                }
                else
                {
                    console.ReportListening(app, options);
                    await app.WaitForShutdownAsync(cancellationToken);
                }
            }, cancellationToken);

            return receipts.Refused.IsEmpty ? 0 : 2;
        });
    }

    // The name of the database that already contains data; null: both are empty.
    private static string? FindExistingFigures(Database ledger, Database cube)
    {
        WorkerRegistration.Check(ledger);
        AggregatorRegistration.CheckSchema(cube);
        using var rows = ledger.Open();
        using var results = cube.Open();
        return LedgerStore.ReadLastSequence(rows) > 0 ? ledger.Name : CubeStore.ReadLastPublication(results) > 0 ? cube.Name : null;
    }

    private static async Task SendAsync(
        SampleSender sender, IReadOnlyList<SampleSubmission> submissions, ServiceConsole console, StandaloneOptions options,
        CancellationToken cancellationToken)
    {
        console.WriteLine(
            $"样例年份 2021、2022：{submissions.Count} 份报表，{(options.ServerDatabases is null ? "数据目录" : "数据库")} {options.StoreName}。",
            $"The sample years 2021 and 2022: {submissions.Count} "
            + $"submissions, {(options.ServerDatabases is null ? "data folder" : "databases")} {options.StoreName}.");
        if (Console.IsOutputRedirected)
        {
            await sender.SendAsync(submissions, _ => { }, cancellationToken);
        }
        else
        {
            await AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context =>
                {
                    var bar = context.AddTask(console.Localize("报送", "sending"), maxValue: submissions.Count);
                    return sender.SendAsync(submissions, received => bar.Value = received, cancellationToken);
                });
        }
    }

    private static async Task WaitUntilPublishedAsync(
        ResultPartitions results, IReadOnlyDictionary<string, long> sequences, CancellationToken cancellationToken)
    {
        while (!results.HaveApplied(sequences) || !results.AreSettled)
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    private static void Print(PublishedModel model, ReceiptCounter receipts, ServiceConsole console)
    {
        var published = model.Current;
        var street = published.Catalogue.Units.All.First(unit => unit.Level == UnitLevel.Street && !unit.ReportsWhole);
        ReportPrinter.Print(ReportBuilder.Build(published, street, Year, 12)!, street, AlertQueries.Current(published, Year, null),
            receipts, console);
    }
}
