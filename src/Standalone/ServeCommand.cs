using System.Net.Sockets;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Storage;

namespace XilinIngest.Standalone;

/// <summary>The service on a folder that lasts.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(StandaloneOptions options, CancellationToken cancellationToken)
    {
        var say = new Say(options.English);
        return await say.GuardFolder(options, async () =>
        {
            await using var app = StandaloneHost.Build(options, TimeProvider.System);
            await app.RunAsync(() =>
            {
                say.Serving(app, options);
                return app.WaitForShutdownAsync(cancellationToken);
            }, cancellationToken);

            // A service that could not go on has stopped the host: that is no clean end.
            var fault = app.Services.GetRequiredService<AggregatorService>().ExecuteTask?.Exception?.InnerException;
            return fault is null or OperationCanceledException ? 0
                : StorageFault.Of(fault, options.DataFolder) is { } storage ? say.Fail($"服务已停止:{storage.ReasonZh}{storage.RemedyZh}然后重新启动。", $"The service stopped: {storage.ReasonEn} {storage.RemedyEn} Then start it again.")
                : say.Fail($"服务已停止:{fault.Message}", $"The service stopped: {fault.Message}");
        });
    }
}

/// <summary>What the program says to the person who started it, in one language.</summary>
internal sealed class Say(bool english)
{
    public bool English => english;

    public string Text(string zh, string en) => english ? en : zh;

    // Written whole: a console that wraps would break a path or an address in two.
    public void Line(string zh, string en) => Console.WriteLine(Text(zh, en));

    public int Fail(string zh, string en)
    {
        Console.Error.WriteLine(Text(zh, en));
        return 1;
    }

    public void Serving(WebApplication app, StandaloneOptions options)
    {
        var url = app.Urls.First();
        Line($"服务已启动:{url}(仅本机可访问;API 说明:{url}/scalar)。数据目录:{options.DataFolder}。按 Ctrl-C 停止。",
            $"Serving on {url} (this machine only; API reference: {url}/scalar). Data folder: {options.DataFolder}. Ctrl-C stops.");
    }

    /// <summary>As <see cref="Guard"/>, with the data folder taken for this process, and a port to be bound.</summary>
    public Task<int> GuardFolder(StandaloneOptions options, Func<Task<int>> run) => Guard(options.DataFolder, async () =>
    {
        using var taken = FolderLock.TryTake(options.DataFolder);
        try
        {
            return taken is not null
                ? await run()
                : Fail($"数据目录 {options.DataFolder} 正被另一个进程使用。请先停止它,或用 --data 指定别的目录。",
                    $"Another process is using {options.DataFolder}. Stop it first, or name another folder with --data.");
        }
        catch (SocketException exception)
        {
            return Fail($"端口 {options.Port} 无法使用:{exception.Message}。请停止占用它的程序,或用 --port 指定别的端口。", $"Port {options.Port} cannot be used: {exception.Message}. Stop the program that uses it, or choose another port with --port.");
        }
    });

    /// <summary>Turns the faults a user can mend into one message without a stack trace.</summary>
    public async Task<int> Guard(string folder, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            return Fail("已中断。", "Interrupted.");
        }
        catch (CatalogueFaultsException exception)
        {
            foreach (var fault in exception.Faults)
            {
                Console.Error.WriteLine(english ? fault.ToString() : fault.ToStringZh());
            }

            return Fail($"目录有 {exception.Faults.Count} 处错误,请改正后重新启动。", $"The catalogue has {exception.Faults.Count} faults; mend them and start again.");
        }
        catch (Exception exception) when (StorageFault.Of(exception, folder) is { } fault)
        {
            return Fail($"{fault.ReasonZh}{fault.RemedyZh}然后重新启动;也可用 --data 指定别的目录。", $"{fault.ReasonEn} {fault.RemedyEn} Then start again, or name another folder with --data.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail($"无法读写文件:{exception.Message} 数据目录由 --data 指定。", $"A file cannot be read or written: {exception.Message} The data folder is named with --data.");
        }
        catch (InvalidOperationException exception)
        {
            return Fail($"无法启动:{exception.Message}", exception.Message);
        }
    }
}
