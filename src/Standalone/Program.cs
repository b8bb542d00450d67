using System.CommandLine;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.KeyCommands;
using XilinIngest.Standalone;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger.Witnessing;

// Worker, aggregator, pages and API in one process, with an in-memory bus.
var data = new Option<DirectoryInfo?>("--data")
{
    Description = "The data folder, which lasts (default: ./data; with --sample: a new temporary one)."
};
var catalogue = new Option<DirectoryInfo?>("--catalogue")
{
    Description = "The folder of the catalogue's CSV files (default: ./catalogue, else the one beside the program)."
};
var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 5080 };
var sample = new Option<bool>("--sample")
{
    Description =
    "Send the sample years 2021 and 2022 into a fresh folder, or the empty databases that Storage__Provider names, print the "
    + "report, then serve."
};
var probe = new Option<bool>(HealthProbe.Option)
{
    Description = "Ask the service that listens on --port how it is: ends with 0 where it is healthy, else with 1."
};
var exit = new Option<bool>("--exit") { Description = "With --sample: end after printing." };
var language = new Option<string>("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };
language.AcceptOnlyFromAmong("zh", "en");
port.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 0 or > 65535)
    {
        result.AddError("--port must be from 0 to 65535.");
    }
});

var root = new RootCommand(
    """
    XilinIngest: monthly indicators of a sub-district, from submission to ranking. 街道月度指标：报送、汇总、排名、预警。

    Examples:
      xilin-standalone --sample             the sample years, the report, then the API on 127.0.0.1:5080
      xilin-standalone --sample --exit      the same, and end
      xilin-standalone --data ./data        the service on a folder that lasts
      xilin-standalone verify --data ./data the log intact? the cube as an oracle computes it?
      xilin-standalone key add --help       access keys: from the first one on, everyone has to sign in
    """)
{
    data, catalogue, port, sample, exit, probe, language,
};
root.Validators.Add(result =>
{
    if (result.GetValue(exit) && !result.GetValue(sample))
    {
        result.AddError("--exit goes with --sample.");
    }
});

var folder = (ParseResult result) => result.GetValue(data)?.FullName
    ?? (result.GetValue(sample) ? Directory.CreateTempSubdirectory("xilin-").FullName : Path.GetFullPath("data"));
var options = (ParseResult result, StartupOptions settings) =>
{
    var chosen = folder(result);
    return new StandaloneOptions
    {
        DataFolder = chosen,
        CatalogueFolder = StandaloneOptions.FindCatalogue(result.GetValue(catalogue)?.FullName),
        Port = result.GetValue(port),
        English = result.GetValue(language) == "en",
        Intake = new IntakeOptions { BytesPerHour = settings.BytesPerHour(new IntakeOptions().BytesPerHour) },
        LedgerOrigin = settings.LedgerOrigin(),
        AreTilesPublic = settings.AreTilesPublic(),
        Witnesses = settings.WitnessPolicy(),
        Channels = settings.Channels(),
        NoticeRetention = settings.NoticeRetention(),
        PagesAddress = settings.PagesAddress(),
        Letterhead = settings.ReportLetterhead(),
        Embed = settings.EmbedOrigins(),
        Backup = settings.BackupPlan(),
        Access = settings.Access(StandaloneOptions.AccessKeyPathIn(chosen), chosen),
    };
};

// Uses the databases of a server if Storage__Provider names one.
var onStores = (ParseResult result, Func<StandaloneOptions, Task<int>> run) =>
{
    var settings = new StartupOptions(ServiceHost.CreateBuilder().Configuration);
    var address = settings.Address();
    var found = options(result, settings);
    var console = new ServiceConsole(result.GetValue(language) == "en");
    return StorageSelection.TrySelect(settings, found.CatalogueFolder, console, out var onServer)
        ? run(found with { ServerDatabases = onServer, Address = address })
        : Task.FromResult(1);
};
root.SetAction((result, cancellation) => result.GetValue(probe)
    ? HealthProbe.RunAsync(new ServiceConsole(result.GetValue(language) == "en"),
        new StartupOptions(ServiceHost.CreateBuilder().Configuration), result.GetValue(port))
    : result.GetValue(sample) ? onStores(result, found => SampleCommand.RunAsync(found, result.GetValue(exit), cancellation))
    : onStores(result, found => ServeCommand.RunAsync(found, cancellation)));

var verify = new Command("verify", "Recompute the ledger's log and everything published from it, and compare.") { data, catalogue,
    language };
verify.SetAction((result, _) => onStores(result, VerifyCommand.RunAsync));
root.Subcommands.Add(verify);
root.Subcommands.Add(KeyCommand.Create(
    "xilin-standalone", data, result => ServiceHost.CreateBuilder().Configuration["Access:Keys"]
    ?? StandaloneOptions.AccessKeyPathIn(result.GetValue(data)?.FullName ?? Path.GetFullPath("data")),
    catalogue, result => StandaloneOptions.FindCatalogue(result.GetValue(catalogue)?.FullName), language));

// An orderly stop may take the host's limit of 30 s on a busy machine. The library's default of two seconds would end it early.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
