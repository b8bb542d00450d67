using System.CommandLine;
using Microsoft.Extensions.Configuration;
using XilinIngest.Admin.Federation;
using XilinIngest.ClientLibrary;
using XilinIngest.Hosting;

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
              Federation__FromWorker, Federation__ToWorker   the addresses of the workers, where services are apart: --from and --to
                                    are then those of the aggregators
              Federation__Bus       the message broker above, amqps://user:password@host/vhost; submissions then go there and not over
                                    HTTP. The user is the unit's code. Federation__BusAuthority: the PEM file of its authority

            Examples:
              xilin-admin federate --from http://127.0.0.1:5080 --to https://district.example --unit 320404004000 --dry-run
              xilin-admin federate --from http://127.0.0.1:5080 --to https://district.example --unit 320404004000 --periods 2022-01..2022-12
              xilin-admin federate --from http://127.0.0.1:5080 --to https://district.example --unit 320404004000 --watch
              xilin-admin federate --from http://127.0.0.1:5080 --to https://district.example --unit 320404004000 --verify

            Ends with 0 if the months above are as they are here, 2 if something was not taken or does not hold, 1 if an installation does
            not answer.
            """);
        options.AddTo(command);
        command.SetAction((result, cancellation) =>
            RunAsync(new ServiceConsole(result.GetValue(options.Language) == "en"), options.Read(result), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ServiceConsole console, FederateArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            var settings = FederationSettings.Read(
                new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles().Build(), arguments.From);
            return settings.Fault is { } fault
                ? console.Fail(fault.Zh, fault.En) : await RunAsync(console, arguments, settings, cancellationToken);
        }
        catch (ClientConfigurationException exception)
        {
            return console.Fail($"Federation__Bus：{exception.MessageZh}", $"Federation__Bus: {exception.Message}");
        }
        catch (InstallationException exception)
        {
            return console.Fail($"✗ {exception.MessageZh}", $"✗ {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return console.Fail($"文件无法读取：{exception.Message}", $"A file cannot be read: {exception.Message}");
        }
        catch (OperationCanceledException)
        {
            return arguments.Watches ? 0 : console.Fail("已中断；再次运行会接着上报。", "Interrupted; run it again to continue.");
        }
    }

    private static async Task<int> RunAsync(
        ServiceConsole console, FederateArguments arguments, FederationSettings settings, CancellationToken cancellationToken)
    {
        using var below = new InstallationClient(arguments.From, settings.FromWorker ?? arguments.From, settings.FromKey);
        using var above = new InstallationClient(arguments.To, settings.ToWorker ?? arguments.To, settings.ToKey);
        await using var submissions = XilinClient.Connect(settings.ToClientOptions(arguments.To));
        var lower = new LowerInstallation(below, arguments.Unit);
        var upper = new UpperInstallation(above, submissions, arguments.Unit, checksFirst: settings.Bus is null);
        var output = new FederationConsole(console);
        var request = arguments.ToRequest(settings.Source);
        if (arguments.Verifies)
        {
            var key = arguments.LedgerKeyFile is { } file ? await File.ReadAllTextAsync(file, cancellationToken) : null;
            var verifier = new FederationVerifier(lower, upper, request, output, TimeProvider.System);
            return await verifier.RunAsync(key, cancellationToken) == 0 ? 0 : 2;
        }

        var run = new FederationRun(lower, upper, request, output, TimeProvider.System);
        if (arguments.Watches)
        {
            await using var feed = XilinClient.Connect(new() { Server = arguments.From, AccessKey = settings.FromKey });
            await new FederationWatch(feed, arguments.Unit, run, output, TimeProvider.System).RunAsync(cancellationToken);
        }

        var outcome = await run.RunAsync(cancellationToken);
        output.PrintSummary(outcome, request.IsDryRun);
        return outcome is { Refused: 0, Faults: 0 } ? 0 : 2;
    }
}
