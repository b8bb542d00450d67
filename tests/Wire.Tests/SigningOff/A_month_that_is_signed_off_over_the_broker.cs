using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.TestBrokers;
using XilinIngest.Wire.Tests.Transport;

namespace XilinIngest.Wire.Tests.SigningOff;

/// <summary>
/// Two workers, an aggregator and a broker that is killed in the middle. The street reviews its villages, the district closes months.
/// </summary>
public sealed class A_month_that_is_signed_off_over_the_broker
{
    private const string Month = "2022-01";
    private const string Queue = "listener.sign-off";

    // Standalone.Tests/Months has a short form, without a broker that dies.
    [Fact, Trait("suite", "long")]
    public Task Has_the_receipts_and_events_of_each_step_once_and_in_order_though_the_broker_dies() => RunAsync("MassTransit");

    [Fact, Trait("suite", "long")]
    public Task Has_them_once_by_RabbitMQ_Client_alone_too() => RunAsync(RabbitClientDeployment.LibraryName);

    private static async Task RunAsync(string library)
    {
        await using var wire = new WireDeployment { Library = library, MoreOffices = [WireDeployment.District] };
        await File.WriteAllTextAsync(
            Path.Combine(wire.Data.Catalogue, "workflow.csv"), $"kind,subtree,reviewed,by,from\nvillage,,yes,above,{Month}\n");
        await wire.InitializeAsync();
        await wire.StartWorker().WaitUntilReadyAsync();
        await DeclareAsync(wire.Broker);

        long first;
        await using (var village = await wire.OfficeAsync(WireDeployment.Village))
        await using (var street = await wire.OfficeAsync(WireDeployment.Street))
        {
            first = (long)(await village.SubmitAsync(XilinSubmissions.Visits(WireDeployment.Village, 3, Month)))["sequence"]!;
            Assert.Equal("refused F505", await SendAsync(village, ReviewMessages.Approving(first, WireDeployment.Village, Month)));
            Assert.Equal("accepted", await SendAsync(street, ReviewMessages.Returning(first, WireDeployment.Village, Month)));
        }

        // The broker has what is sent now, and dies before or after a worker has taken it. The office takes no receipts here: one that came
        // before the death would be gone with it.
        await Task.Delay(TestBroker.QueueRecoveryTime);
        var again = XilinSubmissions.Visits(WireDeployment.Village, 5, Month, revision: 2);
        await using (var village = await wire.OfficeAsync(WireDeployment.Village, readsReceipts: false))
        {
            await village.SendAsync(again);
            await wire.Broker.KillAsync();
        }

        await wire.Broker.RestartAsync();
        await wire.Worker.WaitUntilReadyAsync();
        await wire.Aggregator.WaitUntilReadyAsync();
        await using (var village = await wire.OfficeAsync(WireDeployment.Village))
        await using (var street = await wire.OfficeAsync(WireDeployment.Street))
        await using (var district = await wire.OfficeAsync(WireDeployment.District))
        {
            var second = (long)(await village.WaitForReceiptAsync(again))["sequence"]!;
            Assert.Equal("refused F804", await SendAsync(street, ReviewMessages.Approving(first, WireDeployment.Village, Month)));
            Assert.Equal("accepted", await SendAsync(street, ReviewMessages.Approving(second, WireDeployment.Village, Month)));
            Assert.Equal("refused F504", await SendAsync(street, MonthMessages.Closing(Month)));
            Assert.Equal("accepted F704", await SendAsync(district, MonthMessages.Closing(Month)));
            Assert.Equal("accepted", await SendAsync(district, MonthMessages.Reopening(Month)));
            var (verdict, last) = await ReceiptAsync(district, MonthMessages.Closing(Month));
            Assert.Equal("accepted F704", verdict);
            await WireDeployment.WaitUntilAppliedAsync(wire.Aggregator, last);

            // Reviews of a row and changes of a month are in order, each among themselves: one step may tell both at once.
            Assert.Equal(
            [
                $"ReportReviewed 32.04.04.004.201 {first} return v1 {WireDeployment.Street}",
                $"ReportReviewed 32.04.04.004.201 {second} approve v1 {WireDeployment.Street}",
                $"MonthChanged 32.04.04 closed v1 {WireDeployment.District}",
                $"MonthChanged 32.04.04 reopened v2 {WireDeployment.District}",
                $"MonthChanged 32.04.04 closed v3 {WireDeployment.District}",
            ], (await EventsAsync(wire.Broker, 5)).OrderBy(told => told.StartsWith(nameof(MonthChanged), StringComparison.Ordinal)));
        }

        await AssertIsFinalAsync(wire.Aggregator);
        Assert.Contains("✓ Verified.", await wire.VerifyAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertIsFinalAsync(ServiceProcess aggregator)
    {
        var (_, totals) = await aggregator.GetAsync($"/api/totals?unit={WireDeployment.Village}&period={Month}");
        var visits = totals!.AsArray().Single(total => (string?)total!["indicator"] == "ENTERPRISE_VISITS")!;
        Assert.Equal("5 final 1/1", $"{visits["month"]} {visits["state"]} {visits["approved"]}/{visits["toApprove"]}");
        JsonNode? release = null;
        await Eventually.IsTrueAsync(
            async () => (release = (await aggregator.GetAsync("/api/releases?year=2022")).Answer!.AsArray().LastOrDefault()) is not null);
        Assert.Equal((Month, (long)release!["ledgerThrough"]!),
            ((string?)release["period"], (long)release["checkpoint"]!["treeSize"]!));
    }

    private static async Task<string> SendAsync(AmqpOffice office, JsonObject message) => (await ReceiptAsync(office, message)).Verdict;

    private static async Task<(string Verdict, long Row)> ReceiptAsync(AmqpOffice office, JsonObject message)
    {
        await office.SendAsync(message);
        var receipt = await office.WaitForReceiptAsync(new JsonObject { ["submissionId"] = message["messageId"]!.DeepClone() });
        return (string.Join(' ', receipt["findings"]!.AsArray().Select(finding => (string?)finding!["rule"])
            .Prepend((string?)receipt["verdict"])), (long)receipt["sequence"]!);
    }

    private static async Task DeclareAsync(TestBroker broker)
    {
        await using var connection = await broker.ConnectAsync("listener");
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(Queue, Exchanges.Results, "review.#");
        await channel.QueueBindAsync(Queue, Exchanges.Results, "month.#");
    }

    // What was not confirmed is sent again with the same version, and counts once.
    private static async Task<IReadOnlyList<string>> EventsAsync(TestBroker broker, int count)
    {
        var seen = new List<string>();
        await using var connection = await broker.ConnectAsync("listener");
        await using var channel = await connection.CreateChannelAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            while (await channel.BasicGetAsync(Queue, autoAck: true) is { } delivery)
            {
                var message = JsonNode.Parse(delivery.Body.Span)!;
                var path = delivery.RoutingKey[(delivery.RoutingKey.IndexOf('.', StringComparison.Ordinal) + 1)..];
                var what = message["row"] is { } row ? $"{row} {message["decision"]}" : $"{message["transition"]}";
                seen.Add($"{delivery.BasicProperties.Type} {path} {what} v{message["version"]} {message["by"]}");
            }

            return seen.Distinct().Count() >= count;
        }, () => string.Join('\n', seen));
        return [.. seen.Distinct()];
    }
}
