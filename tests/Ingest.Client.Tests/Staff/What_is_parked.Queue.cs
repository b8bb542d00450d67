using System.Text;
using System.Text.RegularExpressions;
using RabbitMQ.Client;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Tests.Staff;

/// <summary>What the tests put into the queue of dead letters, and read from it.</summary>
public sealed partial class What_is_parked
{
    private Task<XilinResult> StaffAsync(params string[] arguments) =>
        _xilin.RunAsync(["parked", .. arguments, "--bus", BusOf(OfficeDefinitions.Staff)]);

    private string BusOf(string user) => new UriBuilder(deployment.Broker.Address) { UserName = user, Password = "" }.Uri.ToString();

    // As the worker does.
    private async Task ParkAsync(byte[] body, string reason = "a reason", string exchange = Exchanges.Intake) =>
        await _channel.BasicPublishAsync("", Queues.DeadLetters, mandatory: true, new BasicProperties
        {
            Headers = new Dictionary<string, object?>
            {
                ["x-reason-zh"] = reason,
                ["x-reason-en"] = reason,
                ["x-sender"] = WireDeployment.Village,
                ["x-received-at"] = "2022-08-05T00:00:00Z",
                ["x-exchange"] = exchange,
                ["x-routing-key"] = Path,
            },
        }, body);

    private Task ParkedAsync(uint count) =>
        Eventually.IsTrueAsync(async () => await _channel.MessageCountAsync(Queues.DeadLetters) == count, () => deployment.Worker.Output);

    private async Task<string> IdOfAsync(string mark) =>
        Line().Matches((await StaffAsync("list")).AssertExitCode(0).Output.ReplaceLineEndings("\n"))
        .Single(match => match.Value.Contains(mark, StringComparison.Ordinal)).Groups[1].Value;

    private async Task<List<string>> TakeAllAsync()
    {
        var all = new List<string>();
        while (await _channel.BasicGetAsync(Queues.DeadLetters, autoAck: true) is { } got)
        {
            all.Add(Encoding.UTF8.GetString(got.Body.Span));
        }

        return all;
    }

    // A message in the list: three lines.
    [GeneratedRegex("^[0-9]+ ([0-9a-f]{8}) .*\n    .*\n    .*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
