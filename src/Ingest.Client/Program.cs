using System.CommandLine;
using XilinIngest.Client;
using XilinIngest.Client.Commands;

// The language is needed before the command line is read: the help is in it.
var say = new Say(Language(args) == "en");
var options = new Options(say);
var root = new RootCommand(say.Text("街道月度报表:填表、检查、报送、回执、排名与预警。", "Monthly submissions of a sub-district: form, checks, sending, receipts, rankings and alerts."))
{
    TemplateCommand.Build(options, say),
    SubmitCommand.Build(options, say),
    OutboxCommand.Build(options, say),
    WatchCommand.Build(options, say),
    ReportCommand.Build(options, say),
    ExplainCommand.Build(options, say),
    VerifyCommand.Build(options, say),
    ReplayCommand.Build(options, say),
    ParkedCommand.Build(options, say),
};
foreach (var option in options.All)
{
    root.Options.Add(option);
}

// The list of commands has a line for each; a command's own help has all.
foreach (var command in root.Subcommands.Where(command => !args.Contains(command.Name)))
{
    command.Description = command.Description?.Split('\n')[0];
}

var result = root.Parse(args);
if (result.Errors.Count > 0)
{
    foreach (var error in result.Errors)
    {
        say.Aside(error.Message, error.Message);
    }

    return say.Fail(Exit.Usage, $"命令写法有误。见 xilin {result.CommandResult.Command.Name} --help。", $"Wrong usage. See xilin {result.CommandResult.Command.Name} --help.");
}

try
{
    return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (FaultException fault)
{
    return say.Fail(fault.Exit, fault.MessageZh, fault.Message);
}
catch (OperationCanceledException)
{
    return say.Fail(Exit.NotSent, "已中断;没有送出的留在发件箱。", "Interrupted; what was not sent is in the outbox.");
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    return say.Fail(Exit.Local, $"无法读写文件:{exception.Message}", $"A file cannot be read or written: {exception.Message}");
}

static string? Language(string[] args)
{
    var at = Array.IndexOf(args, "--lang");
    return at >= 0 && at + 1 < args.Length ? args[at + 1]
        : Array.Find(args, arg => arg.StartsWith("--lang=", StringComparison.Ordinal))?["--lang=".Length..] ?? Environment.GetEnvironmentVariable("XILIN_LANG");
}
