using MassTransit;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Publishes ledger rows again from a sequence on, in packs without a gap. A replay to the end says where that is, also
/// where nothing is left to replay: by that a reader learns that it has the ledger it thinks it has.
/// </summary>
internal sealed class ReplayConsumer(LedgerStore store, Publisher publisher, CatalogueSource catalogues, ReplayState state, ILogger<ReplayConsumer> logger) : IConsumer<ReplayAccepted>
{
    private const int PackSize = 200;

    public async Task Consume(ConsumeContext<ReplayAccepted> context)
    {
        try
        {
            await ReplayAsync(context);
            state.Fault = null;
        }
        catch (InvalidDataException exception)
        {
            // Who asked asks again until it has its answer; it comes once the catalogue is mended.
            state.Fault = exception;
            logger.LogError("The ledger cannot be replayed from row {From} on. {Reason}", context.Message.FromSequence, exception.Message);
        }
    }

    private async Task ReplayAsync(ConsumeContext<ReplayAccepted> context)
    {
        var (from, to) = (context.Message.FromSequence, context.Message.ToSequence ?? long.MaxValue);
        using var connection = store.Open();
        using var snapshot = Database.BeginRead(connection);
        var catalogue = catalogues.Current;
        var last = LedgerStore.ReadLastSequence(connection);
        var previous = LedgerStore.ReadLeafHash(connection, from - 1);
        foreach (var rows in LedgerStore.ReadFrom(connection, from, to).Chunk(PackSize))
        {
            var pack = AcceptedPacks.Of(rows, previous, catalogue);
            await publisher.PublishAsync(pack, PackRoutes.Of(pack, catalogue.Units), context.CancellationToken);
            previous = pack.LastLeafHash;
        }

        if (last >= from)
        {
            logger.LogInformation("Replayed {Count} ledger rows from {From} on.", Math.Min(to, last) - from + 1, from);
        }

        if (context.Message.ToSequence is null)
        {
            await publisher.PublishAsync(new SubmissionsAccepted { FromSequence = Math.Max(from, last + 1), ToSequence = last, PreviousLeafHash = previous, Submissions = [] }, null, context.CancellationToken);
        }
    }
}

/// <summary>Whether the last replay went through: what the health endpoint shows.</summary>
internal sealed class ReplayState
{
    public Exception? Fault { get; set; }
}
