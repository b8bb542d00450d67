using System.Data.Common;
using System.Net.Sockets;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Hosting;
using XilinIngest.InputOutput;
using XilinIngest.Storage;

namespace XilinIngest.Standalone;

/// <summary>Runs the services on a permanent data folder.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(StandaloneOptions options, CancellationToken cancellationToken)
    {
        // The command line library handles SIGTERM only after the action has awaited once. Until then, SIGTERM would kill the process.
        await Task.Yield();
        var console = new ServiceConsole(options.English);
        return await console.RunWithFolderLockAsync(options, async () =>
        {
            await using var app = StandaloneHost.Build(options, TimeProvider.System);
            await app.RunAsync(() =>
            {
                console.ReportListening(app, options);
                return app.WaitForShutdownAsync(cancellationToken);
            }, cancellationToken);

            // A failed service has stopped the host, so the exit code is an error.
            return console.ReportExit(app.Services.GetRequiredService<AggregatorService>().ExecuteTask?.Exception?.InnerException,
                options.StoreName);
        });
    }
}

/// <summary>Console messages about the data folder and the port.</summary>
internal static class DataFolderConsole
{
    public static void ReportListening(this ServiceConsole console, WebApplication app, StandaloneOptions options) =>
        console.ReportListening(app, options.Endpoint, $"数据目录：{options.DataFolder}", $"Data folder: {options.DataFolder}");

    /// <summary>Runs an action and prints faults of the data folder or of the databases of a server as messages.</summary>
    public static Task<int> RunGuardedAsync(
        this ServiceConsole console, StandaloneOptions options, Func<Task<int>> run) => console.RunGuardedAsync(options.DataFolder,
        "--data", async () =>
    {
        try
        {
            return await run();
        }
        catch (Exception exception)
        when (options.ServerDatabases is not null && (exception as DbException ?? exception.InnerException) is DbException
            && StorageFault.FromException(exception, options.StoreName) is { } fault)
        {
            return console.Fail($"{fault.ReasonZh}{fault.RemedyZh}也请核对 ConnectionStrings__Ledger 和 ConnectionStrings__Cube。",
                $"{fault.ReasonEn} {fault.RemedyEn} See also whether ConnectionStrings__Ledger and ConnectionStrings__Cube are right.");
        }
    });

    private const string LockFileName = "in-use.lock";

    /// <summary>Whether a folder is empty, or holds only the lock file of a failed start.</summary>
    public static bool IsEmpty(string folder) =>
        !Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).All(entry => Path.GetFileName(entry) == LockFileName);

    /// <summary>Checks the port, locks the data folder for this process, and continues as <see cref="RunGuardedAsync"/>.</summary>
    public static Task<int> RunWithFolderLockAsync(
        this ServiceConsole console, StandaloneOptions options, Func<Task<int>> run) => console.RunGuardedAsync(options, async () =>
    {
        try
        {
            // The port is checked first, so that a start that fails for its port leaves no folder and no lock.
            ServiceHost.EnsurePortFree(options.Endpoint.EndPoint);
            PrivateFiles.CreateFolder(options.DataFolder);
            using var taken = FileLock.TryAcquire(Path.Combine(options.DataFolder, LockFileName));
            return taken is not null
                ? await run()
                : console.Fail($"数据目录 {options.DataFolder} 正被另一个进程使用。请先停止它，或用 --data 指定别的目录。",
                    $"Another process is using {options.DataFolder}. Stop it first, or name another folder with --data.");
        }
        catch (SocketException exception)
        {
            return console.Fail(
                $"{options.Endpoint.EndPoint} 无法使用：{exception.Message}。请停止占用该端口的程序，或用 --port 指定别的端口、用 Http__Address 指定本机的地址。",
                $"{options.Endpoint.EndPoint} cannot be used: {exception.Message}. Stop the program that uses the port, choose another "
                + "with --port, or an address of this machine with Http__Address.");
        }
    });
}
