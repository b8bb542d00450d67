using XilinIngest.Bench;
using XilinIngest.Bench.Cluster;
using XilinIngest.Bench.Province;
using XilinIngest.Bench.Storage;
using XilinIngest.Bench.Wire;
using XilinIngest.CatalogueFiles;
using XilinIngest.TestBrokers;
using XilinIngest.TestEngines;

// Measures the one-process service, its ceilings, and a conventional implementation for comparison. See --help.
if (args.Contains("--help"))
{
    Console.WriteLine(
        """
        Measures the one-process service in one run, in turn with its ceilings; medians. Prints the goals beside the figures.

          dotnet run -c Release --project bench                        20,000 enterprises x 24 months, about ten minutes
          dotnet run -c Release --project bench -- --enterprises 2000  a tenth of it
          dotnet run -c Release --project bench -- --stages            each stage alone, without the bus, beside its ceiling
          dotnet run -c Release --project bench -- --check             fails where a stage costs 1.3 times what bench/HISTORY.md records
          dotnet run -c Release --project bench -- --load              the pipeline alone: rate and processor time per submission
          --by-street, --partitions                                    with --load: a pack is of one street; and each street and the
                                                                       city have a ledger and a cube of their own
          --revise, --report                                           revisions of the last month that --load --folder DIR left, or the
                                                                       first reports of the months after it
          dotnet run -c Release --project bench -- --wire              worker and aggregator on RabbitMQ (--months 13 or more)
          dotnet run -c Release --project bench -- --telemetry         what metrics and traces cost worker and aggregator on RabbitMQ
          dotnet run -c Release --project bench -- --cluster           one aggregator and one to three silos on RabbitMQ and PostgreSQL,
                                                                       with one partition and nine (--enterprises 4000 --months 18);
                                                                       --silos N with or without --partitions measures that alone
          dotnet run -c Release --project bench -- --storage           ledger and cube on SQLite and PostgreSQL, beside each
                                                                       engine's bulk path (--rounds R, --per-round N, --rows N)
          --overview                                                   /api/overview of 200 viewers, idle and with submissions
                                                                       (--viewers V (200), --seconds S (15), --rate N (50), --months 13)
          --start                                                      how long the service takes to start on what --load --folder DIR left
          dotnet run -c Release --project bench -- --province          a province of partitions, without broker and database: memory and
                                                                       time of its months (--enterprises 500000, --counties 100,
                                                                       --months 13, --steps 4)
          --folder DIR (a temporary one)   kept, for a profiler or --start
          --months M (24)   --rounds R (5)   --per-round N (5000)
        """);
    return;
}

int Number(string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length
    ? int.Parse(args[at + 1], System.Globalization.CultureInfo.InvariantCulture)
    : otherwise;

var kept = Array.IndexOf(args, "--folder") is >= 0 and var place && place + 1 < args.Length ? Path.GetFullPath(args[place + 1]) : null;
var folder = kept ?? Directory.CreateTempSubdirectory("xilin-bench-").FullName;
try
{
    if (args.Contains("--province"))
    {
        new ProvinceMeasurement(Path.Combine(folder, "province"), Number("--counties", 100), Number("--enterprises", 500_000),
            Number("--months", 13), Number("--steps", 4)).Run();
        return;
    }

    var measuresStages = args.Contains("--stages") || args.Contains("--check");
    var data = new BenchData(Number("--enterprises", measuresStages ? 2_000 : 20_000));
    data.WriteCatalogue(Path.Combine(folder, "catalogue"));
    if (args.Contains("--partitions"))
    {
        BenchData.WritePartitions(Path.Combine(folder, "catalogue"));
    }

    var months = Number("--months", 24);
    if (measuresStages)
    {
        var attempts = 0;
        StageFigures Measure()
        {
            // Each measurement begins with an empty ledger and an empty cube.
            var own = Path.Combine(folder, $"stages-{Environment.ProcessId}-{++attempts}");
            data.WriteCatalogue(Path.Combine(own, "catalogue"));
            using var stages = new StageComparison(own, data);
            var figures = stages.Measure(rounds: Number("--rounds", StageComparison.Rounds));
            figures.Print();
            return figures;
        }

        if (!args.Contains("--check"))
        {
            Measure();
        }
        else if (!StageCheck.Passes(Measure, Path.Combine("bench", "HISTORY.md")))
        {
            Environment.ExitCode = 1;
        }

        return;
    }

    if (args.Contains("--start"))
    {
        var alone = await ServiceProcessMeasurement.MeasureAsync(folder, []);
        Console.WriteLine($"ready after {alone.Start.TotalSeconds:N1} s, {alone.WorkingSet >> 20} MB");
        return;
    }

    if (args.Contains("--overview"))
    {
        await new OverviewLoad(folder, data, Math.Min(months, Number("--months", 13)), Number("--viewers", 200), Number("--seconds", 15),
            Number("--rate", 50)).RunAsync();
        return;
    }

    if (args.Contains("--storage"))
    {
        if (PostgreSqlProgram.Folder is null)
        {
            Console.Error.WriteLine("PostgreSQL is missing: apt-get install postgresql. The bench starts a cluster of its own.");
            Environment.ExitCode = 1;
            return;
        }

        // Each run has a folder of its own, so that the databases are empty.
        var databases = Directory.CreateDirectory(Path.Combine(folder, $"storage-{Environment.ProcessId}")).FullName;
        new StorageComparison(databases, CatalogueReader.Read(Path.Combine(folder, "catalogue")).Catalogue!, data, Number("--rounds", 5),
            Number("--per-round", 10_000), Number("--rows", 100_000)).Run();
        return;
    }

    if (args.Contains("--wire") || args.Contains("--cluster") || args.Contains("--telemetry"))
    {
        if (OperatingSystem.IsWindows() || !PrivateBrokerNode.IsInstalled)
        {
            Console.Error.WriteLine("rabbitmq-server is missing: apt-get install rabbitmq-server. The bench starts a node of its own.");
            Environment.ExitCode = 1;
            return;
        }

        if (args.Contains("--cluster"))
        {
            if (PostgreSqlProgram.Folder is null)
            {
                Console.Error.WriteLine("PostgreSQL is missing: apt-get install postgresql. The bench starts a cluster of its own.");
                Environment.ExitCode = 1;
                return;
            }

            await new ClusterComparison(folder, data, Number("--months", 18)).RunAsync(
                args.Contains("--silos") ? (Number("--silos", 0), args.Contains("--partitions")) : null);
            return;
        }

        if (args.Contains("--telemetry"))
        {
            await new TelemetryCost(folder, data, Number("--rounds", 7), Number("--per-round", 10_000)).RunAsync();
            return;
        }

        await new WireComparison(folder, data, months, Number("--rounds", 3), Number("--per-round", 10_000)).RunAsync();
        return;
    }

    var comparison = new PipelineComparison(folder, data, months, Number("--rounds", 5), Number("--per-round", 5000));
    await (args.Contains("--load") ? comparison.LoadAsync(args.Contains("--by-street") || args.Contains("--partitions"))
        : args.Contains("--revise") || args.Contains("--report") ? comparison.ContinueAsync(args.Contains("--revise"))
        : comparison.RunAsync());
}
finally
{
    if (kept is null)
    {
        Directory.Delete(folder, recursive: true);
    }
}
