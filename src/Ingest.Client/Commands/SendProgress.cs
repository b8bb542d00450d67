using Spectre.Console;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Sending;
using XilinIngest.ClientLibrary;

namespace XilinIngest.Client.Commands;

/// <summary>Sends what waits, with a bar where it takes long and someone is watching.</summary>
internal static class SendProgress
{
    private const int ProgressBarThreshold = 10;

    public static async Task<SendResult> RunAsync(
        OutboxFolder outbox, string? user, XilinClient client, ServerMonthClient current, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        var sender = new OutboxSender(outbox, user, client, current, TimeProvider.System);
        var count = outbox.PendingFor(user).Count;
        if (count < ProgressBarThreshold || Console.IsErrorRedirected)
        {
            return await sender.SendAsync(_ => { }, cancellationToken);
        }

        // On standard error: standard output holds the results alone.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(output.Text($"报送 {count} 份", $"Sending {count}"), maxValue: count);
                return await sender.SendAsync(_ => bar.Increment(1), cancellationToken);
            });
    }
}
