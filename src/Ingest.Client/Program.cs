using System.CommandLine;
using System.CommandLine.Parsing;
using XilinIngest.Client;
using XilinIngest.Client.Commands;
using XilinIngest.Telemetry;

using var telemetry = ProgramTelemetry.Start();

// The language is needed before the command line is parsed, because it selects the language of the help.
var output = new ConsoleOutput(Language(args) == "en");
var options = new GlobalOptions(output);
var root = new RootCommand(
    output.Text("街道月度报表：填表、检查、报送、回执、排名与预警。",
        "Monthly submissions of a sub-district: form, checks, sending, receipts, rankings and alerts."))
{
    TemplateCommand.Build(options, output),
    SubmitCommand.Build(options, output),
    ImportCommand.Build(options, output),
    ExportCommand.Build(options, output),
    OutboxCommand.Build(options, output),
    WatchCommand.Build(options, output),
    ReportCommand.Build(options, output),
    ExplainCommand.Build(options, output),
    SilenceCommand.Build(options, output),
    ChaseCommand.Build(options, output),
    MonthCommand.Build(options, output),
    ReviewCommand.Build(options, output),
    ReceiptCommand.Build(options, output),
    VerifyReceiptsCommand.Build(options, output),
    WitnessCommand.Build(output),
    ReplayCommand.Build(options, output),
    DeadLetterCommand.Build(options, output),
};
foreach (var option in options.All)
{
    root.Options.Add(option);
}

// The list of commands has one line for each; a command's own help is complete.
foreach (var command in root.Subcommands.Where(command => !args.Contains(command.Name)))
{
    command.Description = command.Description?.Split('\n')[0];
}

RefuseOptions(root, output);
var result = root.Parse(args);
if (result.Errors.Count > 0)
{
    foreach (var error in result.Errors)
    {
        output.WriteErrorParagraph(error.Message, error.Message);
    }

    var path = string.Join(' ',
        PathOf(result.CommandResult).Reverse().Select(command => command.Command == root ? "xilin" : command.Command.Name));
    return output.WriteFailure(ExitCodes.Usage, $"命令写法有误。见 {path} --help。", $"Wrong usage. See {path} --help.");
}

try
{
    return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (CommandException fault)
{
    return output.WriteFailure(fault.ExitCode, fault.MessageZh, fault.Message);
}
catch (OperationCanceledException)
{
    return output.WriteFailure(ExitCodes.NotSent, "已中断；没有送出的留在发件箱。", "Interrupted; what was not sent is in the outbox.");
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    return output.WriteFailure(ExitCodes.Local, $"无法读写文件：{exception.Message}", $"A file cannot be read or written: {exception.Message}");
}

static IEnumerable<CommandResult> PathOf(CommandResult command)
{
    for (SymbolResult? at = command; at is not null; at = at.Parent)
    {
        if (at is CommandResult one)
        {
            yield return one;
        }
    }
}

// An unknown option would otherwise be taken for a file or an id.
static void RefuseOptions(Command command, ConsoleOutput output)
{
    foreach (var argument in command.Arguments)
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            {
                result.AddError(
                    output.Text($"没有选项 {token.Value}。如是文件，请写成 ./{token.Value}。",
                        $"There is no option {token.Value}. If it is a file, write ./{token.Value}."));
            }
        });
    }

    foreach (var below in command.Subcommands)
    {
        RefuseOptions(below, output);
    }
}

static string? Language(string[] args)
{
    var at = Array.IndexOf(args, "--lang");
    return at >= 0 && at + 1 < args.Length ? args[at + 1]
        : Array.Find(args, arg => arg.StartsWith("--lang=", StringComparison.Ordinal))?["--lang=".Length..]
        ?? Environment.GetEnvironmentVariable("XILIN_LANG");
}
