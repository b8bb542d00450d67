using System.CommandLine;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin outbox list | send</c></summary>
internal static class OutboxCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var list = new Command("list", output.Text("列出还没有回执的报表。", "Lists what has no receipt yet."));
        list.SetAction((result, cancellation) => ListAsync(options.Read(result), output, cancellation));
        var send = new Command("send",
            output.Text("送出发件箱里的报表。退出码同 xilin submit。", "Sends what waits in the outbox. Exit codes as of xilin submit."));
        send.SetAction((result, cancellation) => SendAsync(options.Read(result, TransportMode.Required), output, cancellation));
        return new Command("outbox", output.Text(
            "发件箱：每份报表先写入磁盘再报送，有了回执才移走；同一份只计一次。例：xilin outbox send --server http://127.0.0.1:5080",
            "The outbox: every submission is on disk before it is sent, and stays until it has its receipt; it counts once. Example: "
            + "xilin outbox send --server http://127.0.0.1:5080")) { list, send };
    }

    private static async Task<int> ListAsync(ClientSettings settings, ConsoleOutput output, CancellationToken cancellationToken)
    {
        using var outbox = await CommandSetup.OpenOutboxAsync(settings, output, cancellationToken);
        var waiting = outbox.Pending();
        foreach (var entry in waiting)
        {
            output.WriteLine(
                $"{entry.Id:D} {entry.Unit} {entry.Period} "
                + $"修订 {entry.Revision} {entry.QueuedAt:yyyy-MM-dd HH:mm:ss}Z {entry.Origin}"
                + $"{(entry.User is { } user ? $"（用户 {user}）" : "")}",
                $"{entry.Id:D} {entry.Unit} {entry.Period} "
                + $"revision {entry.Revision} {entry.QueuedAt:yyyy-MM-dd HH:mm:ss}Z {entry.Origin}"
                + $"{(entry.User is { } name ? $" (user {name})" : "")}");
        }

        output.WriteErrorLine($"发件箱 {outbox.Path}：{waiting.Count} 份待送。", $"Outbox {outbox.Path}: {waiting.Count} waiting.");
        return ExitCodes.Accepted;
    }

    private static async Task<int> SendAsync(ClientSettings settings, ConsoleOutput output, CancellationToken cancellationToken)
    {
        CommandSetup.RequireTarget(settings);
        var catalogue = await CommandSetup.LoadCatalogueAsync(settings, output, cancellationToken);
        using var outbox = await CommandSetup.OpenOutboxAsync(settings, output, cancellationToken);
        await using var client = CommandSetup.OpenClient(settings, catalogue, outbox, output);
        using var current = CommandSetup.OpenServerMonths(settings);
        var report = new SubmissionReport(output);
        var user = settings.Bus?.User;
        var waiting = outbox.PendingFor(user);
        var sent = await SendProgress.RunAsync(outbox, user, client, current, output, cancellationToken);
        report.PrintEarlierEntries(waiting, sent);
        return report.PrintSummary(outbox, user, sent);
    }
}
