using XilinIngest.CatalogueFiles;
using XilinIngest.Storage;

namespace XilinIngest.Hosting;

/// <summary>Prints to the person who started the program, in one language.</summary>
public sealed class ServiceConsole(bool english)
{
    public bool IsEnglish => english;

    public string Localize(string zh, string en) => english ? en : zh;

    // Written without wrapping, which would break a path or an address in two.
    public void WriteLine(string zh, string en) => Console.WriteLine(Localize(zh, en));

    public int Fail(string zh, string en)
    {
        Console.Error.WriteLine(Localize(zh, en));
        return 1;
    }

    /// <summary>Prints why a service ended, and returns the exit code.</summary>
    public int ReportExit(Exception? fault, string path) => fault switch
    {
        null or OperationCanceledException => 0,
        _ when StorageFault.FromProbeException(fault, path) is { } storage =>
            Fail($"服务已停止：{storage.ReasonZh}{storage.RemedyZh}然后重新启动。",
                $"The service stopped: {storage.ReasonEn} {storage.RemedyEn} Then start it again."),
        _ => Fail($"服务已停止：{fault.Message}", $"The service stopped: {fault.Message}"),
    };

    /// <summary>Prints faults that a user can correct as one message without a stack trace.</summary>
    /// <param name="path">The file or folder in use.</param>
    /// <param name="setting">How the user names another one, such as <c>--data</c>.</param>
    /// <param name="run">What may fail; the exit code.</param>
    public async Task<int> RunGuardedAsync(string path, string setting, Func<Task<int>> run)
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

            return Fail($"目录有 {exception.Faults.Count} 处错误，请改正后重新启动。",
                $"The catalogue has {exception.Faults.Count} faults; mend them and start again.");
        }
        catch (Exception exception) when (StorageFault.FromProbeException(exception, path) is { } fault)
        {
            return Fail($"{fault.ReasonZh}{fault.RemedyZh}然后重新启动；也可用 {setting} 指定别的位置。",
                $"{fault.ReasonEn} {fault.RemedyEn} Then start again, or name another place with {setting}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail($"无法读写 {path}：请检查它是不是文件夹、是否存在、有没有权限，或用 {setting} 指定别的目录。系统的说明：{exception.Message}",
                $"{path} cannot be read or written: see whether it is a folder, exists and may be written, or name another "
                + $"with {setting}. The system says: {exception.Message}");
        }
        catch (InvalidOperationException exception)
        {
            return Fail($"无法启动：{exception.Message}", exception.Message);
        }
    }
}
