using System.Text.Json.Nodes;
using RabbitMQ.Client;
using XilinIngest.Contracts;
using static XilinIngest.TestServices.WireDeployment;

namespace XilinIngest.Wire.Tests.Senders;

[Collection(nameof(WireDeployment))]
public class An_office_that_speaks_for_itself(WireDeployment wire)
{
    [Theory]
    [InlineData(Village, Village)]
    [InlineData(Village, Firm)]
    [InlineData(Street, Firm)]
    public async Task Submits_for_its_unit_and_for_those_below_it(string sender, string unit)
    {
        await using var office = await wire.OfficeAsync(sender);
        var receipt =
            await office.SubmitAsync(unit == Firm
                ? XilinSubmissions.Output(unit, 5, "2022-02") : XilinSubmissions.Visits(unit, 5, "2022-02"));
        Assert.Contains((string?)receipt["verdict"], new[] { "accepted", "superseded" });
        var (_, row) = await wire.Worker.GetAsync($"/api/submissions/{receipt["sequence"]}");
        Assert.Equal(sender, (string?)row!["sender"]);
    }

    [Fact]
    public async Task Gets_the_same_receipt_however_often_it_sends_the_same()
    {
        await using var office = await wire.OfficeAsync(Village);
        var sheet = XilinSubmissions.Visits(Village, 4, "2022-03");
        for (var i = 0; i < 5; i++)
        {
            await office.SendAsync(sheet);
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(ReceiptsOf(office, sheet).Count() == 5));
        Assert.Single(ReceiptsOf(office, sheet).Select(receipt => receipt.ToJsonString()).Distinct());
    }

    [Fact]
    public async Task Gets_a_pack_of_receipts_for_a_pack_each_judged_by_itself()
    {
        await using var office = await wire.OfficeAsync(Village);
        var (own, foreign) = (XilinSubmissions.Visits(Village, 1, "2022-04"), XilinSubmissions.Visits(OtherVillage, 1, "2022-04"));
        await office.SendAsync(new JsonObject { ["submissions"] = new JsonArray(own.DeepClone(), foreign.DeepClone()) });
        Assert.Equal("accepted", (string?)(await office.WaitForReceiptAsync(own))["verdict"]);
        Assert.Equal("refused", (string?)(await office.WaitForReceiptAsync(foreign))["verdict"]);
    }

    [Fact]
    public async Task Gets_a_reply_where_it_asks_for_one_with_its_correlation_id()
    {
        await using var office = await wire.OfficeAsync(Village);
        var sheet = XilinSubmissions.Visits(Village, 6, "2022-05");
        await office.SendAsync(sheet, new BasicProperties { UserId = Village, ReplyTo = "amq.rabbitmq.reply-to", CorrelationId = "第 7 号" });
        await Eventually.IsTrueAsync(() => Task.FromResult(office.Replies.Any()));

        var reply = office.Replies.Single();
        Assert.Equal("第 7 号", reply.BasicProperties.CorrelationId);
        Assert.Equal(nameof(SubmissionReceipt), reply.BasicProperties.Type);
        Assert.Equal((await office.WaitForReceiptAsync(sheet)).ToJsonString(), AmqpOffice.ParseReceipts(reply).Single().ToJsonString());
    }

    [Fact]
    public async Task May_have_the_reply_in_its_own_receipt_queue()
    {
        await using var office = await wire.OfficeAsync(Village);
        var sheet = XilinSubmissions.Visits(Village, 7, "2022-06");
        await office.SendAsync(sheet, new BasicProperties { UserId = Village, ReplyTo = Queues.ReceiptsOf(Village), CorrelationId = "7" });
        await Eventually.IsTrueAsync(() => Task.FromResult(ReceiptsOf(office, sheet).Count() == 2));
    }

    [Theory]
    [InlineData("text/html; charset=gbk")]
    [InlineData(";;; no content type")]
    [InlineData("application/vnd.masstransit+json")]
    [InlineData(null)]
    public async Task Is_understood_whatever_its_client_calls_the_content(string? contentType)
    {
        await using var office = await wire.OfficeAsync(Village);
        var sheet = XilinSubmissions.Visits(Village, 8, "2022-07");
        await office.SendAsync(sheet, new BasicProperties
        {
            UserId = Village,
            ContentType = contentType,
            ContentEncoding = "gzip",
            MessageId = "no GUID",
            Type = "urn:message:Nothing:Known",
            Expiration = null,
            Headers = new Dictionary<string,
            object?>
            {
                ["MT-MessageId"] = "no GUID",
                ["MT-Activity-Id"] = "no activity",
                ["MT-Redelivery-Count"] = "many",
                ["Content-Type"] = 7
            },
        });
        await office.WaitForReceiptAsync(sheet);
    }

    private static IEnumerable<JsonObject> ReceiptsOf(AmqpOffice office, JsonObject sheet) =>
        office.Receipts.Where(receipt => (string?)receipt["submissionId"] == (string?)sheet["submissionId"]);
}
