using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Runs the writers of all ledgers. If one of them fails for a reason other than its storage, all end and the service stops.
/// </summary>
internal sealed class LedgerWriters(Ledgers ledgers, ILogger<LedgerWriters> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var running = new List<Task>();
        foreach (var writer in ledgers.All.Select(ledger => ledger.Writer))
        {
            await writer.StartAsync(ended.Token);
            running.Add(writer.ExecuteTask!);
        }

        var months = ledgers.All.Count > 1 ? TakeOverMonthsAsync(ended.Token) : Task.CompletedTask;
        await Task.WhenAny(running);
        await ended.CancelAsync();
        await Task.WhenAll([.. running, months]);
    }

    // Completes what a crash interrupted.
    private async Task TakeOverMonthsAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ledgers.Months.TakeOverAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning(
                "A month that was closed or reopened is not so in all partitions yet: {Reason} It is completed by the next request about a "
                + "month, or the next start.",
                exception.Message);
        }
    }
}
