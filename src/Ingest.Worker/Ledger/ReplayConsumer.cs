using MassTransit;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;

namespace XilinIngest.Worker.Ledger;

/// <summary>Publishes ledger rows again from a sequence on, in packs without a gap.</summary>
internal sealed class ReplayConsumer(LedgerStore store, CatalogueSource catalogues, ILogger<ReplayConsumer> logger) : IConsumer<ReplayAccepted>
{
    private const int PackSize = 200;

    public async Task Consume(ConsumeContext<ReplayAccepted> context)
    {
        var (from, to) = (context.Message.FromSequence, context.Message.ToSequence ?? long.MaxValue);
        using var connection = store.Open();
        var catalogue = catalogues.Current;
        var count = 0L;
        foreach (var rows in LedgerStore.ReadFrom(connection, from, to).Chunk(PackSize))
        {
            var pack = AcceptedPacks.Of(rows, catalogue);
            await context.Publish(pack, publish => publish.SetRoutingKey(PackRoutes.Of(pack, catalogue.Units)), context.CancellationToken);
            count += rows.Length;
        }

        if (count == 0)
        {
            return;
        }

        logger.LogInformation("Replayed {Count} ledger rows from {From} on.", count, from);
    }
}
