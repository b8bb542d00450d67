using XilinIngest.CatalogueFiles;
using XilinIngest.Storage;

namespace XilinIngest.Admin.Doctor;

/// <summary>Runs the checks side by side, each for a limited time: a server that does not answer is a finding.</summary>
internal static class CheckRunner
{
    /// <returns>The results in the order of the checks.</returns>
    public static Task<CheckResult[]> RunAsync(
        IEnumerable<InstallationCheck> checks, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.WhenAll(checks.Select(check => RunAsync(check, limit, clock, cancellationToken)).ToList());

    private static async Task<CheckResult> RunAsync(
        InstallationCheck check, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        var findings = await FindAsync(check, limit, clock, cancellationToken);
        return new(check, findings, clock.GetElapsedTime(begun));
    }

    private static async Task<IReadOnlyList<CheckFinding>> FindAsync(
        InstallationCheck check, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // A call that cannot be cancelled is left behind; it ends with the program. On a thread of its own it holds up no other check.
            return await Task.Factory.StartNew(
                () => check.Run(ended.Token), ended.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap().WaitAsync(limit, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            await ended.CancelAsync();
            return [CheckFinding.Fault(
                $"{limit.TotalSeconds:0} 秒内没有结果。", $"No result within {limit.TotalSeconds:0} s.",
                "请检查所用的服务器、磁盘或网络是否停滞；只是慢的，用 --timeout 延长。",
                "Check whether the server, disk or network behind it hangs; if it is only slow, allow more with --timeout.")];
        }
        catch (CatalogueFaultsException exception)
        {
            return CatalogueCheck.FromFaults(exception.Faults);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return [FromException(exception, check.En)];
        }
    }

    /// <summary>What a check could not do.</summary>
    /// <param name="exception">What it threw.</param>
    /// <param name="name">The database, file or part that it was about.</param>
    public static CheckFinding FromException(Exception exception, string name) => exception switch
    {
        _ when StorageFault.FromProbeException(exception, name) is { } fault =>
            CheckFinding.Fault(fault.ReasonZh, fault.ReasonEn, fault.RemedyZh, fault.RemedyEn),
        InvalidOperationException => CheckFinding.FromMessage(CheckState.Fault, exception.Message),
        _ => CheckFinding.Fault($"检查失败：{exception.Message}", $"The check failed: {exception.Message}"),
    };
}
