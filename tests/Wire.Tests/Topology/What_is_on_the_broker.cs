using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RabbitMQ.Client.Events;
using XilinIngest.Contracts;
using static XilinIngest.TestServices.WireDeployment;

namespace XilinIngest.Wire.Tests.Topology;

[Collection(nameof(WireDeployment))]
public class What_is_on_the_broker(WireDeployment wire)
{
    [Fact]
    public async Task Is_what_the_page_about_the_wire_names_and_nothing_else()
    {
        await using var office = await wire.OfficeAsync(Village);
        var receipt = await office.SubmitAsync(XilinSubmissions.Visits(Village, 21, "2022-01", revision: 2));
        await WaitUntilAppliedAsync(wire.Aggregator, (long)receipt["sequence"]!);

        var all = JsonNode.Parse(await wire.Broker.ExportAsync())!;
        Assert.Equal(
            ["xilin.accepted topic", "xilin.dead fanout", "xilin.intake topic", "xilin.receipts topic", "xilin.replay topic",
                "xilin.results topic"],
            all["exchanges"]!.AsArray().Select(exchange => $"{exchange!["name"]} {exchange["type"]}").Order(StringComparer.Ordinal));
        Assert.Equal(
            ["xilin.aggregator-", "xilin.notifier", "xilin.parked", .. Offices.Select(Queues.ReceiptsOf).Order(StringComparer.Ordinal),
                "xilin.worker.intake", "xilin.worker.replay"],
            all["queues"]!.AsArray().Select(queue => IsOwn(queue) ? Name(queue)[..^8] : Name(queue)).Distinct()
                .Order(StringComparer.Ordinal));
        Assert.All(all["queues"]!.AsArray(), queue => Assert.Equal(
            IsOwn(queue) ? "classic" : "quorum", (string?)queue!["arguments"]!["x-queue-type"]));
        Assert.All(all["queues"]!.AsArray().Where(IsOwn), queue => Assert.Equal(30_000, (int?)queue!["arguments"]!["x-expires"]));
        var intake = all["queues"]!.AsArray().Single(queue => Name(queue) == "xilin.worker.intake")!;
        Assert.Equal("at-least-once", (string?)intake["arguments"]!["x-dead-letter-strategy"]);
        Assert.All(all["exchanges"]!.AsArray().Select(exchange => (string)exchange!["name"]!),
            exchange => Assert.Contains($"`{exchange}`", File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "wire.md")),
                StringComparison.Ordinal));
    }

    private static string Name(JsonNode? queue) => (string)queue!["name"]!;

    private static bool IsOwn(JsonNode? queue) => Name(queue).StartsWith("xilin.aggregator-", StringComparison.Ordinal);

    [Fact]
    public async Task Carries_results_by_kind_and_path_with_the_contracts_name()
    {
        await using var staff = await wire.Broker.ConnectAsync("dashboard");
        await using var channel = await staff.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true);
        await channel.QueueBindAsync(queue.QueueName, Exchanges.Results, "ranking.32.04.04.004.#");
        await channel.QueueBindAsync(queue.QueueName, Exchanges.Results, "total.32.04.04.004.201");
        var results = new ConcurrentQueue<BasicDeliverEventArgs>();
        await AmqpOffice.Consume(channel, queue.QueueName, results, autoAck: true);

        await using var street = await wire.OfficeAsync(Street);
        foreach (var firm in new[] { Firm, FirmOfOtherVillage })
        {
            Assert.Equal("accepted",
                (string?)(await street.SubmitAsync(XilinSubmissions.Output(firm, 31, "2022-03", revision: 3)))["verdict"]);
        }

        await Eventually.IsTrueAsync(
            () => Task.FromResult(results.Any(result => result.RoutingKey == "ranking.32.04.04.004")
                && results.Any(result => result.RoutingKey == "total.32.04.04.004.201")), () => wire.Aggregator.Output);
        Assert.All(results,
            result => Assert.Equal(
                result.RoutingKey.StartsWith("ranking", StringComparison.Ordinal) ? nameof(RankingPublished) : nameof(TotalsPublished),
                result.BasicProperties.Type));
        Assert.All(results, result => Assert.Equal("application/json", result.BasicProperties.ContentType));
    }
}
