using Spectre.Console;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Sending;
using XilinIngest.ClientLibrary;

namespace XilinIngest.Client.Commands;

/// <summary>Sends the waiting submissions, with a progress bar if it takes long and the terminal is interactive.</summary>
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

        // The bar goes to standard error; standard output has only the results.
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
