using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Contracts;
using static XilinIngest.TestServices.WireDeployment;

namespace XilinIngest.Wire.Tests.Senders;

[Collection(nameof(WireDeployment))]
public class A_sender_that_speaks_for_another(WireDeployment wire)
{
    [Fact]
    public async Task Is_refused_by_the_broker_under_a_false_name()
    {
        await using var office = await wire.OfficeAsync(Village);
        await Assert.ThrowsAnyAsync<OperationInterruptedException>(
            () => office.SendAsync(XilinSubmissions.Visits(OtherVillage, 1), new BasicProperties { UserId = OtherVillage }));
        Assert.Equal(406, office.Channel.CloseReason!.ReplyCode);
    }

    [Fact]
    public async Task Is_refused_without_a_name()
    {
        await using var office = await wire.OfficeAsync(Village);
        var sheet = XilinSubmissions.Visits(Village, 1);
        await office.SendAsync(sheet, new BasicProperties { ReplyTo = "amq.rabbitmq.reply-to" });
        await Eventually.IsTrueAsync(() => Task.FromResult(office.Replies.Any()));
        AssertRefused("F501", AmqpOffice.ParseReceipts(office.Replies.Single()).Single());
        Assert.Contains("An unnamed sender may not submit for 320404004201", wire.Worker.Output, StringComparison.Ordinal);

        // The id is still the office's own.
        Assert.NotEqual("refused", (string?)(await office.SubmitAsync(sheet))["verdict"]);
    }

    [Theory]
    [InlineData(OtherVillage, Village)]
    [InlineData(Firm, Village)]
    [InlineData(OtherVillage, Firm)]
    public async Task Is_refused_for_a_unit_that_is_not_below_it(string sender, string unit)
    {
        await using var other = await wire.OfficeAsync(sender);
        var receipt = await other.SubmitAsync(unit == Firm ? XilinSubmissions.Output(unit, 1) : XilinSubmissions.Visits(unit, 1));
        AssertRefused("F502", receipt);
        Assert.Contains($"{sender} may not submit for {unit}", wire.Worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_takes_the_offices_id_nor_sees_its_receipt()
    {
        await using var office = await wire.OfficeAsync(Village);
        await using var other = await wire.OfficeAsync(OtherVillage);
        var (before, after) = (XilinSubmissions.Visits(Village, 2, "2022-08"), XilinSubmissions.Visits(Village, 3, "2022-09"));
        var own = await office.SubmitAsync(before);

        AssertRefused("F502", await other.SubmitAsync(before));
        AssertRefused("F502", await other.SubmitAsync(after));

        Assert.Equal("accepted", (string?)(await office.SubmitAsync(after))["verdict"]);
        Assert.Equal(own.ToJsonString(), (await office.SubmitAsync(before)).ToJsonString());
        Assert.DoesNotContain(other.Receipts, receipt => (string?)receipt["verdict"] != "refused");
    }

    [Theory]
    [InlineData("CC")]
    [InlineData("BCC")]
    public async Task Gains_nothing_by_another_way_through_the_broker(string way)
    {
        const string theirs = "32.04.04.004.201";
        await using var other = await wire.OfficeAsync(OtherVillage);
        var properties =
            new BasicProperties
            {
                UserId = OtherVillage,
                Headers =
                new Dictionary<string, object?> { [way] = new List<object> { theirs, Queues.ReceiptsOf(Village), Queues.DeadLetters } }
            };
        var sheet = XilinSubmissions.Visits(Village, 9);
        await other.SendAsync(sheet, properties);
        AssertRefused("F502", await other.WaitForReceiptAsync(sheet));
    }

    [Fact]
    public async Task Is_refused_by_the_broker_under_anothers_routing_key()
    {
        await using var other = await wire.OfficeAsync(OtherVillage);
        await Assert.ThrowsAnyAsync<OperationInterruptedException>(
            () => other.SendAsync(XilinSubmissions.Visits(OtherVillage, 9), routingKey: "32.04.04.004.201"));
        Assert.Equal(403, other.Channel.CloseReason!.ReplyCode);
    }

    [Theory]
    [InlineData("reply_to")]
    [InlineData("MT-Response-Address")]
    [InlineData("MT-Fault-Address")]
    public async Task Cannot_make_the_worker_write_elsewhere(string way)
    {
        await using var victim = await wire.OfficeAsync(OtherVillage);
        await using var office = await wire.OfficeAsync(Village);
        var (mark, target) = ($"mark-{Guid.NewGuid():N}", Queues.ReceiptsOf(OtherVillage));
        var properties = new BasicProperties { UserId = Village, CorrelationId = mark };
        if (way == "reply_to")
        {
            properties.ReplyTo = target;
        }
        else
        {
            properties.Headers = new Dictionary<string,
                object?>
            { [way] = $"exchange:amq.rabbitmq.reply-to?{target}", ["MT-Request-Id"] = Guid.NewGuid().ToString() };
        }

        var sheet = XilinSubmissions.Visits(Village, 5, "2022-10");
        await office.SendAsync(sheet, properties);
        await office.WaitForReceiptAsync(sheet);

        // What was sent there would have been sent before this.
        var later = await victim.SubmitAsync(XilinSubmissions.Visits(OtherVillage, 5, "2022-10"));
        Assert.Equal([(string?)later["submissionId"]], victim.Receipts.Select(receipt => (string?)receipt["submissionId"]));
    }

    [Theory]
    [InlineData("read another's receipts")]
    [InlineData("read the intake")]
    [InlineData("read what is parked")]
    [InlineData("publish results")]
    [InlineData("publish receipts")]
    [InlineData("put into another's queue")]
    [InlineData("bind to the receipts")]
    [InlineData("declare a queue")]
    public async Task Is_refused_by_the_broker_when_it_wants_to(string what)
    {
        await using var office = await wire.OfficeAsync(Village);
        await using var channel = await office.NewChannelAsync();
        Task Publish(string exchange, string key) => channel.BasicPublishAsync(exchange, key, new byte[] { 123, 125 }).AsTask();
        await Assert.ThrowsAnyAsync<OperationInterruptedException>(() => what switch
        {
            "read another's receipts" => channel.BasicGetAsync(Queues.ReceiptsOf(OtherVillage), autoAck: true),
            "read the intake" => channel.BasicGetAsync("xilin.worker.intake", autoAck: true),
            "read what is parked" => channel.BasicGetAsync(Queues.DeadLetters, autoAck: true),
            "publish results" => Publish(Exchanges.Results, "ranking.32.04.04"),
            "publish receipts" => Publish(Exchanges.Receipts, OtherVillage),
            "put into another's queue" => Publish("", Queues.ReceiptsOf(OtherVillage)),
            "bind to the receipts" => channel.QueueBindAsync(Queues.ReceiptsOf(Village), Exchanges.Receipts, OtherVillage),
            _ => channel.QueueDeclareAsync("mine", durable: true, exclusive: false, autoDelete: false),
        });
        Assert.Equal(403, channel.CloseReason!.ReplyCode);
    }

    private static void AssertRefused(string rule, JsonObject receipt)
    {
        Assert.Equal("refused", (string?)receipt["verdict"]);
        var finding = receipt["findings"]!.AsArray()[0]!;
        Assert.Equal(rule, (string?)finding["rule"]);
        Assert.All(["messageZh", "messageEn", "remedyZh", "remedyEn"], word => Assert.NotEqual("", (string?)finding[word]));
    }
}
