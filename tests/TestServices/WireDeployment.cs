using System.Data.Common;
using XilinIngest.Storage;
using XilinIngest.TestBrokers;

namespace XilinIngest.TestServices;

/// <summary>A broker with its users, a worker and an aggregator, each a process of its own.</summary>
public class WireDeployment : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>The topmost unit.</summary>
    internal const string District = "320404000000";

    internal const string Street = "320404004000";
    internal const string Village = "320404004201";
    internal const string OtherVillage = "320404004202";

    /// <summary>Below <see cref="Village"/>.</summary>
    internal const string Firm = "91320404MA0000003T";

    /// <summary>Below <see cref="OtherVillage"/>.</summary>
    internal const string FirmOfOtherVillage = "91320404MA0000001L";

    /// <summary>The routing key that the broker lets an office use.</summary>
    internal static string PathOf(string office) => office switch
    {
        Street => "32.04.04.004",
        Village => "32.04.04.004.201",
        OtherVillage => "32.04.04.004.202",
        Firm => $"32.04.04.004.201.{Firm}",
        _ => throw new ArgumentException($"{office} is none of the offices.", nameof(office)),
    };

    internal static readonly string[] Offices = [Street, Village, OtherVillage, Firm];

    private readonly List<ServiceProcess> _processes = [];
    private int _isDisposed;

    internal ServiceDataFolder Data { get; } = new();

    /// <summary>Where ledger and cube are kept; null: in SQLite files of <see cref="Data"/>.</summary>
    internal (StorageProvider Provider, string Ledger, string Cube)? OnServer { get; init; }

    private (StorageProvider Provider, string Ledger, string Cube) Stores => OnServer ?? (StorageProvider.Sqlite, Data.Ledger, Data.Cube);

    private (string Name, string Value)[] StoreSettings =>
    [
        ("Storage__Provider", $"{Stores.Provider}"), ("ConnectionStrings__Ledger", Stores.Ledger), ("ConnectionStrings__Cube", Stores.Cube),
        ("Ledger__KeyFile", Path.Combine(Data.Path, "ledger-key.pem")),
    ];

    /// <summary>Offices that have a user beside <see cref="Offices"/>.</summary>
    internal IReadOnlyList<string> MoreOffices { get; init; } = [];

    /// <summary>The library by which the services reach the broker; null: the one of the environment, or the default.</summary>
    internal string? Library { get; init; }

    /// <summary>The file of a program that is started from now on, by its project; null: as it was built together with the tests.</summary>
    internal Func<string, string>? ProgramOf { get; set; }

    internal DbConnection OpenLedger() => Database.TryParse(Stores.Provider, Stores.Ledger)!.AsReadOnly().Open();

    internal DbConnection OpenCube() => Database.TryParse(Stores.Provider, Stores.Cube)!.AsReadOnly().Open();

    internal Func<Task<TestBroker>> StartBroker { get; init; } = TestBroker.StartAsync;

    internal TestBroker Broker { get; private set; } = null!;

    /// <summary>Whether the services reach the broker through proxies, one for the workers and one for the aggregators.</summary>
    internal bool HasProxies { get; init; }

    internal TcpProxy WorkerProxy { get; private set; } = null!;

    internal TcpProxy AggregatorProxy { get; private set; } = null!;

    internal ServiceProcess Worker { get; set; } = null!;

    internal ServiceProcess Aggregator { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Broker = await StartBroker();
        try
        {
            if (OnServer is not null)
            {
                await MigrateAsync();
            }

            await Broker.ImportAsync(OfficeDefinitions.Generate([.. Offices, .. MoreOffices]));
            (WorkerProxy, AggregatorProxy) = (TcpProxy.InFrontOf(Broker.Address), TcpProxy.InFrontOf(Broker.Address));
            (Worker, Aggregator) = (StartWorker(), StartAggregator());
            await Worker.WaitUntilReadyAsync();
            await Aggregator.WaitUntilReadyAsync();
        }
        catch
        {
            // No one disposes of what did not start, and a broker would go on.
            await DisposeAsync();
            throw;
        }
    }

    // As an operator does it; the services then only look.
    private async Task MigrateAsync()
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet",
            [RepositoryFiles.ProgramOf("Admin").Replace("XilinIngest.Admin.dll", "xilin-admin.dll", StringComparison.Ordinal), "migrate",
                "--lang", "en"])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in StoreSettings)
        {
            start.Environment[name] = value;
        }

        using var migrate = System.Diagnostics.Process.Start(start)!;
        var said = await Task.WhenAll(migrate.StandardOutput.ReadToEndAsync(), migrate.StandardError.ReadToEndAsync());
        await migrate.WaitForExitAsync();
        Assert.True(migrate.ExitCode == 0 && said[0].Contains("0001-ledger.sql", StringComparison.Ordinal)
            && said[0].Contains("0001-cube.sql", StringComparison.Ordinal), string.Concat(said));
    }

    internal ServiceProcess StartWorker(params IEnumerable<(string Name, string Value)> more) =>
        Start("Ingest.Worker", OfficeDefinitions.Worker,
            HasProxies ? more.Prepend(ProxySetting(WorkerProxy, OfficeDefinitions.Worker)) : more);

    internal ServiceProcess StartAggregator(params IEnumerable<(string Name, string Value)> more) =>
        Start("Aggregator", OfficeDefinitions.Aggregator,
            HasProxies ? more.Prepend(ProxySetting(AggregatorProxy, OfficeDefinitions.Aggregator)) : more);

    /// <summary>A notifier, whose database is a SQLite file of <see cref="Data"/>, that asks the aggregators at some addresses.</summary>
    internal ServiceProcess StartNotifier(string aggregators, params IEnumerable<(string Name, string Value)> more) =>
        Start("Notifier", OfficeDefinitions.Notifier,
            more.Prepend(("Services__Results", aggregators)).Prepend(("ConnectionStrings__Notices", Data.Notices)));

    /// <summary>The setting of a worker or an aggregator that reaches the broker through a proxy.</summary>
    internal (string Name, string Value) ProxySetting(TcpProxy proxy, string user) =>
        ("ConnectionStrings__Bus",
            new UriBuilder(Broker.AddressFor(user, OfficeDefinitions.Password)) { Host = "127.0.0.1", Port = proxy.Port }.Uri.ToString());

    internal Task<AmqpOffice> OfficeAsync(string code, bool readsReceipts = true) =>
        AmqpOffice.ConnectAsync(Broker.AddressFor(code, OfficeDefinitions.Password), code, readsReceipts);

    /// <summary>Everything that the worker took is in the cube.</summary>
    internal static async Task WaitUntilAppliedAsync(ServiceProcess aggregator, long sequence) => await Eventually.IsTrueAsync(
        async () => await aggregator.HealthAsync("cube") is var health
        && long.TryParse(health.Split(' ')[^1].TrimEnd('.'), out var through) && through >= sequence, () => aggregator.Output);

    /// <summary>The log holds, the cube is what the oracle makes of it, and everything was published.</summary>
    /// <returns>What was said.</returns>
    internal async Task<string> VerifyAsync()
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet",
            [RepositoryFiles.ProgramOf("Standalone"), "verify", "--data", Data.Path, "--catalogue", Data.Catalogue, "--lang", "en"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (name, value) in StoreSettings)
        {
            start.Environment[name] = value;
        }

        using var verify = System.Diagnostics.Process.Start(start)!;
        var said = await Task.WhenAll(verify.StandardOutput.ReadToEndAsync(), verify.StandardError.ReadToEndAsync());
        await verify.WaitForExitAsync();
        Assert.True(verify.ExitCode == 0, string.Concat(said));
        return said[0];
    }

    public async Task DisposeAsync()
    {
        // Where it did not start it has been disposed of already.
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        try
        {
            _processes.ForEach(process => process.Dispose());
        }
        finally
        {
            await (WorkerProxy?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (AggregatorProxy?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (Broker?.DisposeAsync() ?? ValueTask.CompletedTask);
            Data.Dispose();
        }
    }

    private ServiceProcess Start(string project, string user, IEnumerable<(string Name, string Value)> settings)
    {
        var process = new ServiceProcess(ProgramOf?.Invoke(project) ?? project,
                StoreSettings.Concat(Library is null ? [] : [("Bus__Library", Library)]).Concat(settings)
                    .Prepend(("Catalogue__Folder", Data.Catalogue))
                        .Prepend(("ConnectionStrings__Bus", Broker.ConnectionStringFor(user, OfficeDefinitions.Password))));
        _processes.Add(process);
        return process;
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
