using MassTransit;
using Spectre.Console;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Report;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.Messaging;

namespace XilinIngest.Standalone;

/// <summary>The sample years through the real intake, bus, checks, ledger and cube; then what they come to.</summary>
internal static class SampleCommand
{
    private const int Year = 2022;

    public static async Task<int> RunAsync(StandaloneOptions options, bool exit, CancellationToken cancellationToken)
    {
        var say = new Say(options.English);
        if (Directory.Exists(options.DataFolder) && Directory.EnumerateFileSystemEntries(options.DataFolder).Any())
        {
            return say.Fail($"--sample 需要空的数据目录,{options.DataFolder} 不是空的。", $"--sample needs an empty data folder; {options.DataFolder} is not.");
        }

        return await say.GuardFolder(options, async () =>
        {
            var submissions = SampleSubmission.ReadAll(Path.Combine(AppContext.BaseDirectory, "samples"));
            var clock = new SampleClock(submissions[0].SubmittedAt);
            var receipts = new ReceiptCounter();
            await using var app = StandaloneHost.Build(
                options, clock, services => services.AddSingleton(receipts), new BusQueue<ReceiptConsumer>("xilin.sample.receipts", Exchanges.Receipts, Concurrency: 64));
            await app.RunAsync(async () =>
            {
                await SendAsync(app, submissions, clock, receipts, say, options, cancellationToken);
                clock.Run();
                Print(app.Services.GetRequiredService<CubeHost>(), receipts, say);
                if (exit)
                {
                    say.Line($"数据留在 {options.DataFolder},可用 verify --data 核对;不用时请删除。", $"The data stays in {options.DataFolder}: verify --data looks at it; remove it when it is not needed.");
                }
                else
                {
                    say.Serving(app, options);
                    await app.WaitForShutdownAsync(cancellationToken);
                }
            }, cancellationToken);

            return receipts.Refused.IsEmpty ? 0 : 2;
        });
    }

    private static async Task SendAsync(
        WebApplication app, IReadOnlyList<SampleSubmission> submissions, SampleClock clock, ReceiptCounter receipts, Say say, StandaloneOptions options, CancellationToken cancellationToken)
    {
        say.Line($"样例年份 2021、2022:{submissions.Count} 份报表,数据目录 {options.DataFolder}。", $"The sample years 2021 and 2022: {submissions.Count} submissions, data folder {options.DataFolder}.");
        var sender = new SampleSender(app.Services.GetRequiredService<IBus>(), app.Services.GetRequiredService<CatalogueSource>().Current, clock, receipts);
        var progress = AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        await progress.StartAsync(context => sender.SendAsync(submissions, context.AddTask(say.Text("报送", "sending"), maxValue: submissions.Count), cancellationToken));
        await UntilPublished(app.Services.GetRequiredService<CubeHost>(), receipts.LastSequence, cancellationToken);
    }

    private static async Task UntilPublished(CubeHost host, long sequence, CancellationToken cancellationToken)
    {
        while (host.AppliedThrough < sequence)
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    private static void Print(CubeHost host, ReceiptCounter receipts, Say say)
    {
        var (report, alerts, unit) = host.Read((cube, now) =>
        {
            var street = cube.Catalogue.Units.All.First(unit => unit.Level == UnitLevel.Street && !unit.ReportsWhole);
            return (ReportBuilder.Build(cube, street, Year, 12, now)!, AlertQueries.Standing(cube, Year, null, now), street);
        });
        ReportPrinter.Print(report, unit, alerts, receipts, say);
    }
}
