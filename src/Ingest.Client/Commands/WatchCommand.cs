using System.CommandLine;
using Spectre.Console;
using XilinIngest.Client.Watching;
using XilinIngest.ClientLibrary;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin watch</c></summary>
internal static class WatchCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var unit = new Option<string?>("--unit")
        {
            HelpName = "CODE",
            Description = output.Text("只看这个单位（排名：其下属）。", "Only this unit (rankings: of those below it).")
        };
        var indicator =
            new Option<string?>("--indicator") { HelpName = "CODE", Description = output.Text("只看这个指标。", "Only this indicator.") };
        var since = new Option<string?>("--since")
        {
            HelpName = "ID",
            Description = output.Text("从这个编号之后看起，0 为全部（HTTP）。", "From after this event on, 0 for all (HTTP).")
        };
        var count = new Option<int>("--count")
        {
            HelpName = "N",
            DefaultValueFactory = _ => int.MaxValue,
            Description = output.Text("看到几条为止。", "End after so many.")
        };
        var command = new Command("watch",
                output.Text("实时排名、预警、审核和关账，断线自动续看，Ctrl-C 结束。例：xilin watch --unit 320404004000 --server http://127.0.0.1:5080",
                    "Rankings, alerts, reviews and closings as they are published; takes up again after a break; Ctrl-C ends it. Example: "
                    + "xilin watch --unit 320404004000 --server http://127.0.0.1:5080")) { unit, indicator, since, count };
        command.SetAction(
            (result, cancellation) =>
                RunAsync(options.Read(result, TransportMode.Required), result.GetValue(unit), result.GetValue(indicator),
                    result.GetValue(since), result.GetValue(count), output, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, string? unit, string? indicator, string? since, int count, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        CommandSetup.RequireTarget(settings);
        var lines = new ResultFormatter(output, await CommandSetup.LoadCatalogueAsync(settings, output, cancellationToken));
        void Broken(string reason) => output.WriteErrorLine($"连接断开，正在重连：{reason}", $"The line is down, connecting again: {reason}");
        await using var client = CommandSetup.OpenWatchingClient(settings, Broken);
        try
        {
            await foreach (var one in client.WatchAsync(since, cancellationToken))
            {
                if (lines.Format(one, (of, what) => (unit is null || of is null || of == unit)
                    && (indicator is null || what == indicator)) is not var (line, colour))
                {
                    continue;
                }

                Write(one.Id is null ? line : $"#{one.Id} {line}", colour);
                if (--count <= 0)
                {
                    return ExitCodes.Accepted;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is the normal end.
        }
        catch (TransportUnavailableException exception)
        {
            throw new CommandException(ExitCodes.Refused, exception.MessageZh, exception.Message);
        }

        return ExitCodes.Accepted;
    }

    // Colours for a terminal; plain whole lines for a file.
    private static void Write(string line, string? colour)
    {
        line = TerminalText.ToSingleLine(line);
        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
        else
        {
            AnsiConsole.MarkupLine(colour is null ? Markup.Escape(line) : $"[{colour}]{Markup.Escape(line)}[/]");
        }
    }
}
