using System.Net;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using XilinIngest.Contracts;

namespace XilinIngest.Wire.Tests.Notices;

[Collection(nameof(WireDeployment))]
public sealed class A_notifier_as_a_process_of_its_own(WireDeployment wire)
{
    [Fact]
    public async Task Serves_the_list_of_notices_to_the_pages_of_another_process()
    {
        using var notifier = wire.StartNotifier($"{await wire.Aggregator.ServingAsync()}");
        await notifier.WaitUntilReadyAsync();
        var (status, notices) = await notifier.GetAsync("/api/notices");
        Assert.Equal((HttpStatusCode.OK, 0), (status, notices!.AsArray().Count));

        using var dashboard = new ServiceProcess(
            "Dashboard", ("Services__Results", $"{await wire.Aggregator.ServingAsync()}"),
            ("Services__Intake", $"{await wire.Worker.ServingAsync()}"), ("Services__Notices", $"{await notifier.ServingAsync()}"));
        await dashboard.WaitUntilReadyAsync();
        using var client = new HttpClient { BaseAddress = await dashboard.ServingAsync() };
        Assert.Contains("还没有通知", WebUtility.HtmlDecode(await client.GetStringAsync("/notices")), StringComparison.Ordinal);

        notifier.Kill();
        Assert.Contains(
            "服务暂时无法访问", WebUtility.HtmlDecode(await client.GetStringAsync("/notices?before=7")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_in_health_that_no_aggregator_answers_and_that_a_channel_has_no_settings()
    {
        using var data = new ServiceDataFolder();
        File.WriteAllText(
            data.CatalogueFolder.In("routes.csv"),
            "route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days\n"
            + "duty,,,,,nobody,zh,alert,,,,,\n");
        using var notifier = wire.StartNotifier(
            "http://127.0.0.1:1", ("ConnectionStrings__Notices", data.Notices), ("Catalogue__Folder", data.Catalogue));
        await Eventually.IsTrueAsync(
            async () => await notifier.HealthAsync("notices") is var health
                && health.StartsWith("Degraded", StringComparison.Ordinal)
                && health.Contains("The published alerts cannot be read", StringComparison.Ordinal)
                && health.Contains("Channels without settings: duty → nobody.", StringComparison.Ordinal), () => notifier.Output);
    }

    [Fact]
    public async Task Drops_the_oldest_of_a_full_queue_so_that_no_aggregator_waits_for_it()
    {
        var queue = JsonNode.Parse(await wire.Broker.ExportAsync())!["queues"]!.AsArray()
            .Single(queue => (string?)queue!["name"] == "xilin.notifier")!["arguments"]!.AsObject();
        Assert.Equal("drop-head", (string?)queue["x-overflow"]);
        Assert.False(queue.ContainsKey("x-dead-letter-exchange"));

        await using var staff = await wire.Broker.ConnectAsync("full queue");
        await using var channel = await staff.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await wire.Broker.ControlAsync(
            "set_policy", "small", "^xilin.notifier$", """{"max-length":5}""", "--apply-to", "queues", "--priority", "9");
        var body = new byte[100];
        await Eventually.IsTrueAsync(async () =>
        {
            await channel.BasicPublishAsync(Exchanges.Results, "alert.32", mandatory: true, body);
            return await channel.MessageCountAsync("xilin.notifier") == 5;
        });
        for (var sent = 0; sent < 20; sent++)
        {
            await channel.BasicPublishAsync(Exchanges.Results, "alert.32", mandatory: true, body);
        }

        await Eventually.IsTrueAsync(async () => await channel.MessageCountAsync("xilin.notifier") <= 6);
        await channel.QueuePurgeAsync("xilin.notifier");
        await wire.Broker.ControlAsync("clear_policy", "small");
    }
}
