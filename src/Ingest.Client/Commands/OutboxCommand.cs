using System.CommandLine;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin outbox list | send</c></summary>
internal static class OutboxCommand
{
    public static Command Build(Options options, Say say)
    {
        var list = new Command("list", say.Text("列出还没有回执的报表。", "Lists what has no receipt yet."));
        list.SetAction((result, cancellation) => ListAsync(options.Read(result), say, cancellation));
        var send = new Command("send", say.Text("送出发件箱里的报表。退出码同 xilin submit。", "Sends what waits in the outbox. Exit codes as of xilin submit."));
        send.SetAction((result, cancellation) => SendAsync(options.Read(result, Way.One), say, cancellation));
        return new Command("outbox", say.Text(
            "发件箱:每份报表先写入磁盘再报送,有了回执才移走;同一份只计一次。例:xilin outbox send --server http://127.0.0.1:5080",
            "The outbox: every submission is on disk before it is sent, and stays until it has its receipt; it counts once. Example: xilin outbox send --server http://127.0.0.1:5080")) { list, send };
    }

    private static async Task<int> ListAsync(Settings settings, Say say, CancellationToken cancellationToken)
    {
        using var outbox = await Lines.OutboxAsync(settings, say, cancellationToken);
        var waiting = outbox.Waiting();
        foreach (var entry in waiting)
        {
            say.Line(
                $"{entry.Id:D} {entry.Unit} {entry.Period} 修订 {entry.Revision} {entry.KeptAt:yyyy-MM-dd HH:mm:ss}Z {entry.From}{(entry.User is { } user ? $"(用户 {user})" : "")}",
                $"{entry.Id:D} {entry.Unit} {entry.Period} revision {entry.Revision} {entry.KeptAt:yyyy-MM-dd HH:mm:ss}Z {entry.From}{(entry.User is { } name ? $" (user {name})" : "")}");
        }

        say.Aside($"发件箱 {outbox.Path}:{waiting.Count} 份待送。", $"Outbox {outbox.Path}: {waiting.Count} waiting.");
        return Exit.Accepted;
    }

    private static async Task<int> SendAsync(Settings settings, Say say, CancellationToken cancellationToken)
    {
        Lines.Check(settings);
        var catalogue = await Lines.CatalogueAsync(settings, say, cancellationToken);
        using var outbox = await Lines.OutboxAsync(settings, say, cancellationToken);
        await using var line = Lines.Open(settings, catalogue, outbox);
        using var current = Lines.Current(settings);
        var report = new Report(say);
        var user = settings.Bus?.User;
        var waiting = outbox.WaitingOf(user);
        var sent = await SendProgress.RunAsync(outbox, user, line, current, say, cancellationToken);
        report.Older(waiting, sent);
        return report.End(outbox, user, sent);
    }
}
