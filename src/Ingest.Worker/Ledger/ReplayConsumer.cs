using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Worker.Submissions.Intake;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Publishes ledger rows again from a sequence on, in packs without a gap. A replay to the end says where that is, also
/// where nothing is left to replay: by that a reader learns that it has the ledger it thinks it has. What it cannot read is put
/// aside at once: left to the library, it would fail until the queue gives it up.
/// </summary>
internal sealed class ReplayConsumer(
    LedgerStore store, Publisher publisher, CatalogueSource catalogues, ReplayState state, Parking parking, ILogger<ReplayConsumer> logger) : IConsumer<IntakeMessage>
{
    private const int PackSize = 200;
    private const string Example = "{\"fromSequence\": 1}";

    public async Task Consume(ConsumeContext<IntakeMessage> context)
    {
        var body = context.ReceiveContext.Body.GetBytes();
        try
        {
            await ReplayAsync(Read(body), context.CancellationToken);
        }
        catch (UnreadableBodyException exception) when (Arrival.Of(context) is { } arrival)
        {
            await parking.ParkAsync(body, arrival, exception, context.CancellationToken);
        }
    }

    private static ReplayAccepted Read(byte[] body)
    {
        ReplayAccepted? asked;
        try
        {
            asked = JsonSerializer.Deserialize<ReplayAccepted>(body, WireFormat.Options);
        }
        catch (JsonException exception)
        {
            throw new UnreadableBodyException($"不是有效的重发请求:{exception.Message} 应为 {Example}。", $"This is no request for a replay: {exception.Message} Write {Example}.");
        }

        return asked switch
        {
            null => throw new UnreadableBodyException($"重发请求是空的(null)。应为 {Example}。", $"The request for a replay is null. Write {Example}."),
            { FromSequence: < 1 } => throw new UnreadableBodyException($"fromSequence 为 {asked.FromSequence};台账从第 1 行开始,须为 1 或以上。", $"fromSequence is {asked.FromSequence}; the ledger's first row is 1. Write 1 or more."),
            _ when asked.ToSequence < asked.FromSequence => throw new UnreadableBodyException(
                $"toSequence({asked.ToSequence})小于 fromSequence({asked.FromSequence})。须不小于它;要到台账末尾,请不写 toSequence。",
                $"toSequence ({asked.ToSequence}) comes before fromSequence ({asked.FromSequence}). Write that or more; leave it out for all to the end of the ledger."),
            _ => asked,
        };
    }

    private async Task ReplayAsync(ReplayAccepted asked, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(asked, cancellationToken);
            state.Fault = null;
        }
        catch (InvalidDataException exception)
        {
            // Who asked asks again until it has its answer; it comes once the catalogue is mended.
            state.Fault = exception;
            logger.LogError("The ledger cannot be replayed from row {From} on. {Reason}", asked.FromSequence, exception.Message);
        }
    }

    private async Task PublishAsync(ReplayAccepted asked, CancellationToken cancellationToken)
    {
        var (from, to) = (asked.FromSequence, asked.ToSequence ?? long.MaxValue);
        using var connection = store.Open();
        using var snapshot = Database.BeginRead(connection);
        var catalogue = catalogues.Current;
        var last = LedgerStore.ReadLastSequence(connection, snapshot);
        var previous = LedgerStore.ReadLeafHash(connection, from - 1, snapshot);
        foreach (var rows in LedgerStore.ReadFrom(connection, from, to, snapshot).Chunk(PackSize))
        {
            var pack = AcceptedPacks.Of(rows, previous, catalogue);
            await publisher.PublishAsync(pack, PackRoutes.Of(pack, catalogue.Units), cancellationToken);
            previous = pack.LastLeafHash;
        }

        if (last >= from)
        {
            logger.LogInformation("Replayed {Count} ledger rows from {From} on.", Math.Min(to, last) - from + 1, from);
        }

        if (asked.ToSequence is null)
        {
            await publisher.PublishAsync(new SubmissionsAccepted { FromSequence = Math.Max(from, last + 1), ToSequence = last, PreviousLeafHash = previous, Submissions = [] }, null, cancellationToken);
        }
    }
}

/// <summary>Whether the last replay went through: what the health endpoint shows.</summary>
internal sealed class ReplayState
{
    public Exception? Fault { get; set; }
}
