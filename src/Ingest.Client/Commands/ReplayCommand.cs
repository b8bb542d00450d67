using System.CommandLine;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin replay --from N</c>, for staff.</summary>
internal static class ReplayCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var from = new Option<long>("--from")
        {
            Required = true,
            HelpName = "ROW",
            Description = output.Text("从台账第几号起。", "The first ledger row.")
        };
        var to = new Option<long?>("--to")
        {
            HelpName = "ROW",
            Description = output.Text("到第几号（默认：到最后）。", "The last (default: to the end).")
        };
        foreach (Option option in new Option[] { from, to })
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count == 1 && long.TryParse(result.Tokens[0].Value, out var row) && row < 1)
                {
                    result.AddError(output.Text("台账从第 1 号起。", "The ledger begins with row 1."));
                }
            });
        }

        var command = new Command("replay",
                output.Text("请服务把台账从某号起重新发布（统计站用；经消息队列）。例：xilin replay --from 1 --bus amqps://xilin-staff@mq.example.org/xilin",
                    "Asks the service to publish the ledger again from a row on (staff; over the message queue). Example: xilin replay "
                    + "--from 1 --bus amqps://xilin-staff@mq.example.org/xilin")) { from, to };
        command.SetAction(
            (result, cancellation) =>
                RunAsync(options.Read(result, TransportMode.Bus),
                    new ReplayAccepted { FromSequence = result.GetValue(from), ToSequence = result.GetValue(to) }, output, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, ReplayAccepted request, ConsoleOutput output, CancellationToken cancellationToken)
    {
        var bus = settings.Bus
            ?? throw new CommandException(ExitCodes.Usage, "重放只能经消息队列，请用 --bus。",
                "A replay is asked for over the message queue: name it with --bus.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Timeout);
        try
        {
            await using var connection = await bus.ConnectAsync(limit.Token);
            await using var channel =
                await connection.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), limit.Token);
            var properties =
                new BasicProperties
                {
                    ContentType = "application/json",
                    DeliveryMode = DeliveryModes.Persistent,
                    Type = nameof(ReplayAccepted),
                    UserId = bus.User
                };
            await channel.BasicPublishAsync(Exchanges.Replay, "replay", mandatory: true, properties,
                JsonSerializer.SerializeToUtf8Bytes(request, WireFormat.Options), limit.Token);
        }
        catch (Exception exception)
        when (exception is OperationInterruptedException or BrokerUnreachableException or PublishException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandException(ExitCodes.NotSent, $"没有送到 {bus}：{exception.Message}",
                $"It did not get to {bus}: {exception.Message}");
        }

        output.WriteLine($"已请求从第 {request.FromSequence} 号起重放。", $"Asked for a replay from row {request.FromSequence} on.");
        return ExitCodes.Accepted;
    }
}
