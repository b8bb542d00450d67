using RabbitMQ.Client;
using XilinIngest.Contracts;
using static XilinIngest.TestServices.WireDeployment;

namespace XilinIngest.Wire.Tests.Senders;

[Collection(nameof(WireDeployment))]
public class An_office_without_a_receipt_queue(WireDeployment wire)
{
    [Fact]
    public async Task Is_recorded_named_once_in_the_log_and_gets_its_receipts_when_it_sends_again()
    {
        await using var admin = await wire.Broker.ConnectAsync("administrator");
        await using (var channel = await admin.CreateChannelAsync())
        {
            await channel.QueueDeleteAsync(Queues.ReceiptsOf(OtherVillage));
        }

        var before = wire.Worker.Output.Length;
        var sheets = Enumerable.Range(1, 3).Select(i => XilinSubmissions.Visits(OtherVillage, i, $"2022-0{i}", revision: 500)).ToList();
        await using (var sender =
            await XilinIngest.TestBrokers.TestBroker.ConnectAsync(wire.Broker.AddressFor(OtherVillage, OfficeDefinitions.Password),
                OtherVillage))
        {
            await using var channel =
                await sender.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
            foreach (var sheet in sheets)
            {
                await channel.BasicPublishAsync(Exchanges.Intake, OfficeDefinitions.PathOf(OtherVillage), mandatory: true,
                    new BasicProperties { UserId = OtherVillage, Persistent = true },
                    System.Text.Encoding.UTF8.GetBytes(sheet.ToJsonString()));
            }
        }

        await Eventually.IsTrueAsync(
            async () => (await wire.Worker.GetAsync($"/api/submissions?unit={OtherVillage}&limit=500")).Answer!.AsArray()
            .Count(row => (int)row!["revision"]! == 500) == 3, () => wire.Worker.Output);
        await Eventually.IsTrueAsync(
            () => Task.FromResult(
                wire.Worker.Output.Contains($"The queue xilin.receipts.{OtherVillage} does not exist", StringComparison.Ordinal)),
                () => wire.Worker.Output);

        await wire.Broker.ImportAsync(OfficeDefinitions.Generate(Offices));
        await using var office = await wire.OfficeAsync(OtherVillage);
        foreach (var sheet in sheets)
        {
            Assert.Equal("accepted", (string?)(await office.SubmitAsync(sheet))["verdict"]);
        }

        // The library logs a stack trace for each receipt that comes back. These came back before the later receipts were given.
        Assert.Single(wire.Worker.Output[before..].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Single(wire.Worker.Output.Split('\n'),
            line => line.Contains($"The queue xilin.receipts.{OtherVillage} does not exist", StringComparison.Ordinal));
    }
}
