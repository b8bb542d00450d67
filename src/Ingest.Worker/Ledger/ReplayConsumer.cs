using System.Text.Json;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Submissions.Reading;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Publishes ledger rows again from a sequence on, in consecutive packs. A replay to the end states where the ledger ends, even if no row
/// is left, so that a reader recognises its ledger. A request that cannot be read is dead-lettered at once; the library would redeliver it
/// until the queue's limit.
/// </summary>
internal sealed class ReplayConsumer(
    Ledgers ledgers,
    MessagePublisher publisher,
    CatalogueSource catalogues,
    DeadLetterPublisher deadLetters,
    ILogger<ReplayConsumer> logger) : IMessageConsumer
{
    private const int PackSize = 200;
    private const string ExampleRequest = "{\"fromSequence\": 1}";

    public async Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var request = Read(message.Body);
            await ReplayAsync(LedgerOf(request), request, cancellationToken);
        }
        catch (UnreadableBodyException exception) when (message.Delivery is { } delivery)
        {
            await deadLetters.PublishAsync(message.Body, delivery, exception, cancellationToken);
        }
    }

    private static ReplayAccepted Read(byte[] body)
    {
        ReplayAccepted? request;
        try
        {
            request = JsonSerializer.Deserialize<ReplayAccepted>(body, WireFormat.Options);
        }
        catch (JsonException exception)
        {
            throw new UnreadableBodyException($"不是有效的重发请求：{exception.Message} 应为 {ExampleRequest}。",
                $"This is not a valid replay request: {exception.Message} Write {ExampleRequest}.");
        }

        return request switch
        {
            null => throw new UnreadableBodyException($"重发请求是空的（null）。应为 {ExampleRequest}。",
                $"The replay request is null. Write {ExampleRequest}."),
            { FromSequence: < 1 } =>
                throw new UnreadableBodyException($"fromSequence 为 {request.FromSequence}；台账从第 1 行开始，须为 1 或以上。",
                    $"fromSequence is {request.FromSequence}; the ledger's first row is 1. Write 1 or more."),
            _ when request.ToSequence < request.FromSequence => throw new UnreadableBodyException(
                $"toSequence（{request.ToSequence}）小于 fromSequence（{request.FromSequence}）。须不小于它；要到台账末尾，请不写 toSequence。",
                $"toSequence ({request.ToSequence}) comes before fromSequence ({request.FromSequence}). Write that or more; leave it out "
                + "for all to the end of the ledger."),
            _ => request,
        };
    }

    private PartitionLedger LedgerOf(ReplayAccepted request)
    {
        if (ledgers.Find(request.Partition) is { } ledger)
        {
            return ledger;
        }

        var known = ledgers.AreOfPartitions ? ledgers.ListPartitions() : null;
        throw new UnreadableBodyException(
            $"没有分区“{request.Partition}”的台账。partition 应为{known ?? "空，即不写"}。",
            $"There is no ledger of partition “{request.Partition}”. The field partition is {known ?? "left out"} here.");
    }

    // The aggregator repeats its request until it is answered, so a failed request is not kept.
    private async Task ReplayAsync(PartitionLedger ledger, ReplayAccepted request, CancellationToken cancellationToken)
    {
        var state = ledger.Replays;
        try
        {
            await PublishAsync(ledger, request, cancellationToken);
            state.ReportSuccess(request.FromSequence);
        }
        catch (InvalidDataException exception)
        {
            if (state.ReportFailure(exception, request.FromSequence))
            {
                logger.LogError("The ledger cannot be replayed from row {From} on. {Reason}", request.FromSequence, exception.Message);
            }
        }
        catch (Exception exception) when (StorageFault.FromException(exception, ledger.Store.Name) is { } fault)
        {
            // The intake detects the same fault, waits, and reports it in its health.
            if (state.ReportFailure(exception, request.FromSequence))
            {
                logger.LogWarning("The ledger cannot be replayed from row {From} on: {Reason}", request.FromSequence, fault.ReasonEn);
            }
        }
    }

    // No transaction: rows are only ever added, and which of them are read is fixed at the start.
    private async Task PublishAsync(PartitionLedger ledger, ReplayAccepted request, CancellationToken cancellationToken)
    {
        var store = ledger.Store;
        using var connection = store.Open();
        var catalogue = catalogues.Current;
        var last = LedgerLogCheck.CheckFrom(store, connection, ledger.Signer, request.FromSequence);
        var (from, to) = (request.FromSequence, Math.Min(request.ToSequence ?? last, last));
        var previous = LedgerStore.ReadLeafHash(connection, from - 1);
        foreach (var rows in to < from ? [] : LedgerStore.ReadFrom(connection, from, to).Chunk(PackSize))
        {
            // The rows before an altered row are published; that row and the following ones are not.
            var intact = rows.TakeWhile(row => row.IsIntact).ToList();
            if (intact.Count > 0)
            {
                var pack = AcceptedPackFactory.Create(intact, previous, catalogue) with { Partition = store.PartitionPath };
                await publisher.PublishAsync(pack, PackRouting.RoutingKeyFor(pack, catalogue.Units), cancellationToken);
                previous = pack.LastLeafHash;
            }

            if (intact.Count < rows.Length)
            {
                LedgerLogCheck.CheckContent(rows[intact.Count]);
            }
        }

        if (to >= from)
        {
            logger.LogInformation("Replayed {Count} ledger rows from {From} on.", to - from + 1, from);
        }

        if (request.ToSequence is null)
        {
            await publisher.PublishAsync(
                new SubmissionsAccepted
                {
                    FromSequence = Math.Max(from, last + 1),
                    ToSequence = last,
                    PreviousLeafHash = previous,
                    Checkpoint = store.ReadCheckpoint(connection, last),
                    Partition = store.PartitionPath,
                    Submissions = []
                }, null, cancellationToken);
        }
    }
}

/// <summary>Whether requested rows could be replayed. The health endpoint reports it.</summary>
internal sealed class ReplayState
{
    private long _failedFrom;

    public Exception? Fault { get; private set; }

    /// <returns>Whether the fault differs from the last one.</returns>
    public bool ReportFailure(Exception exception, long from)
    {
        var isAnother = Fault?.Message != exception.Message;
        (Fault, _failedFrom) = (exception, from);
        return isAnother;
    }

    /// <summary>A replay succeeded. A replay that begins after the row of the fault does not clear the fault.</summary>
    public void ReportSuccess(long from)
    {
        if (from <= _failedFrom)
        {
            Fault = null;
        }
    }
}
