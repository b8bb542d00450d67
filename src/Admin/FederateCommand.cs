using System.CommandLine;
using Microsoft.Extensions.Configuration;
using XilinIngest.Admin.Federation;
using XilinIngest.ClientLibrary;
using XilinIngest.Hosting;
using XilinIngest.Indicators;

namespace XilinIngest.Admin;

/// <summary>Reports the totals of a unit to another installation, which takes them as submissions.</summary>
internal static class FederateCommand
{
    public static Command Create()
    {
        var options = new FederateOptions();
        var command = new Command("federate",
            """
            Report a unit's published totals to an upper installation, whose catalogue has the unit with reports_whole: one submission for
            each month that differs from what was reported before. It may be repeated, killed, and run twice at once.

            Settings, in the environment or as files in Secrets__Folder:
              Federation__FromKey   the access key below, with the right read
              Federation__ToKey     the access key above, with the right enter for the unit
              Federation__Source    the name of this installation in the submissions (default: the address of --from)

            Examples:
              xilin-admin federate --from http://127.0.0.1:5080 --to https://district.example --unit 320404004000 --dry-run
              xilin-admin federate --from http://127.0.0.1:5080 --to https://district.example --unit 320404004000 --periods 2022-01..2022-12
            """);
        options.AddTo(command);
        command.SetAction((result, cancellation) =>
            RunAsync(new ServiceConsole(result.GetValue(options.Language) == "en"), options.Read(result), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ServiceConsole console, FederateArguments arguments, CancellationToken cancellationToken)
    {
        var settings = FederationSettings.Read(
            new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles().Build(), arguments.From);
        if (settings.Fault is { } fault)
        {
            return console.Fail(fault.Zh, fault.En);
        }

        using var below = new InstallationClient(arguments.From, settings.FromKey);
        using var above = new InstallationClient(arguments.To, settings.ToKey);
        await using var submissions = XilinClient.Connect(new() { Server = arguments.To, AccessKey = settings.ToKey });
        var lower = new LowerInstallation(below, arguments.Unit);
        var upper = new UpperInstallation(above, submissions, arguments.Unit, checksFirst: true);
        var output = new FederationConsole(console);
        var request = arguments.ToRequest(settings.Source, Period.Containing(TimeProvider.System.GetUtcNow()));
        try
        {
            var outcome = await new FederationRun(lower, upper, request, output).RunAsync(cancellationToken);
            output.PrintSummary(outcome, request.IsDryRun);
            return outcome is { Refused: 0, Faults: 0 } ? 0 : 2;
        }
        catch (InstallationException exception)
        {
            return console.Fail($"✗ {exception.MessageZh}", $"✗ {exception.Message}");
        }
        catch (OperationCanceledException)
        {
            return console.Fail("已中断；再次运行会接着上报。", "Interrupted; run it again to continue.");
        }
    }
}
