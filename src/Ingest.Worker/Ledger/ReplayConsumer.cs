using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Verification;
using XilinIngest.Worker.Submissions.Intake;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Publishes ledger rows again from a sequence on, in packs without a gap. A replay to the end says where that is, also
/// where nothing is left to replay: by that a reader learns that it has the ledger it thinks it has. What it cannot read is put
/// aside at once: left to the library, it would fail until the queue gives it up.
/// </summary>
internal sealed class ReplayConsumer(
    LedgerStore store,
    Publisher publisher,
    CatalogueSource catalogues,
    CheckpointSigner signer,
    ReplayState state,
    Parking parking,
    ILogger<ReplayConsumer> logger) : IConsumer<IntakeMessage>
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

    // Who asked asks again until it has its answer; so a request that fails is not kept.
    private async Task ReplayAsync(ReplayAccepted asked, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(asked, cancellationToken);
            state.Pass(asked.FromSequence);
        }
        catch (InvalidDataException exception)
        {
            if (state.Fail(exception, asked.FromSequence))
            {
                logger.LogError("The ledger cannot be replayed from row {From} on. {Reason}", asked.FromSequence, exception.Message);
            }
        }
        catch (Exception exception) when (StorageFault.Of(exception, store.Name) is { } fault)
        {
            // The intake finds out by itself, waits, and shows it in health.
            if (state.Fail(exception, asked.FromSequence))
            {
                logger.LogWarning("The ledger cannot be replayed from row {From} on: {Reason}", asked.FromSequence, fault.ReasonEn);
            }
        }
    }

    // No transaction: rows are only ever added, and which of them are read is fixed at the start.
    private async Task PublishAsync(ReplayAccepted asked, CancellationToken cancellationToken)
    {
        using var connection = store.Open();
        var catalogue = catalogues.Current;
        var last = LogCheck.CheckFrom(connection, signer, asked.FromSequence);
        var (from, to) = (asked.FromSequence, Math.Min(asked.ToSequence ?? last, last));
        var previous = LedgerStore.ReadLeafHash(connection, from - 1);
        foreach (var rows in to < from ? [] : LedgerStore.ReadFrom(connection, from, to).Chunk(PackSize))
        {
            // What comes before an altered row is published; nothing from that row on.
            var intact = rows.TakeWhile(row => row.IsIntact).ToList();
            if (intact.Count > 0)
            {
                var pack = AcceptedPacks.Of(intact, previous, catalogue);
                await publisher.PublishAsync(pack, PackRoutes.Of(pack, catalogue.Units), cancellationToken);
                previous = pack.LastLeafHash;
            }

            if (intact.Count < rows.Length)
            {
                LogCheck.CheckContent(rows[intact.Count]);
            }
        }

        if (to >= from)
        {
            logger.LogInformation("Replayed {Count} ledger rows from {From} on.", to - from + 1, from);
        }

        if (asked.ToSequence is null)
        {
            await publisher.PublishAsync(new SubmissionsAccepted { FromSequence = Math.Max(from, last + 1), ToSequence = last, PreviousLeafHash = previous, Submissions = [] }, null, cancellationToken);
        }
    }
}

/// <summary>Whether rows could be replayed that were asked for: what the health endpoint shows.</summary>
internal sealed class ReplayState
{
    private long _from;

    public Exception? Fault { get; private set; }

    /// <returns>Whether this fault is another than the one before.</returns>
    public bool Fail(Exception exception, long from)
    {
        var isAnother = Fault?.Message != exception.Message;
        (Fault, _from) = (exception, from);
        return isAnother;
    }

    /// <summary>A replay went through; one that begins behind the row that could not be replayed says nothing of it.</summary>
    public void Pass(long from)
    {
        if (from <= _from)
        {
            Fault = null;
        }
    }
}
