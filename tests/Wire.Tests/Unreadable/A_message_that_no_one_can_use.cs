using System.Text;
using RabbitMQ.Client;
using XilinIngest.Contracts;
using static XilinIngest.TestServices.WireDeployment;

namespace XilinIngest.Wire.Tests.Unreadable;

[Collection(nameof(WireDeployment))]
public class A_message_that_no_one_can_use(WireDeployment wire)
{
    // A case has a body's name: the runner writes the data of a case into texts, which of four mebibytes took eight gigabytes.
    private static readonly Dictionary<string, byte[]> Bodies = new()
    {
        ["empty"] = [],
        ["no JSON"] = "单位：东岱村"u8.ToArray(),
        ["an array"] = "[1]"u8.ToArray(),
        ["no UTF-8"] = [0x7B, 0xFF, 0x7D],
        ["zeros"] = new byte[100_000],
        ["more than 4 MiB"] = Encoding.UTF8.GetBytes($"{{\"submissionId\":\"{new string('0', 4 * 1024 * 1024)}\"}}"),
        ["an empty pack"] = "{\"submissions\":[]}"u8.ToArray(),
        ["deep"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100)),
    };

    public static TheoryData<string> Kinds => [.. Bodies.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Is_parked_whole_with_reason_and_sender_and_the_next_is_taken(string kind)
    {
        var body = Bodies[kind];
        await using var staff = await wire.Broker.ConnectAsync("staff");
        await using var channel = await staff.CreateChannelAsync();
        await using var office = await wire.OfficeAsync(Village);
        await office.SendAsync(body, new BasicProperties { UserId = Village, CorrelationId = kind }, "32.04.04.004.201");
        Assert.NotNull(await office.SubmitAsync(XilinSubmissions.Visits(Village, 1, "2022-11")));

        var parked = await NextAsync(channel, body);
        Assert.Equal(kind, parked.BasicProperties.CorrelationId);
        Assert.Equal(Village, Header(parked, "x-sender"));
        Assert.Equal(Exchanges.Intake, Header(parked, "x-exchange"));
        Assert.Equal("32.04.04.004.201", Header(parked, "x-routing-key"));
        Assert.Matches("^[0-9T:Z-]{20}$", Header(parked, "x-received-at"));
        Assert.NotEqual("", Header(parked, "x-reason-en"));
        Assert.Matches("[\u4e00-\u9fff]", Header(parked, "x-reason-zh"));
    }

    [Theory]
    [InlineData("{\"fromSequence\":\"one\"")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"fromSequence\":0}")]
    [InlineData("{\"fromSequence\":-5,\"toSequence\":-1}")]
    [InlineData("{\"fromSequence\":7,\"toSequence\":6}")]
    public async Task Is_parked_with_a_reason_where_it_asks_for_a_replay_and_no_failure_is_logged(string asked)
    {
        await using var staff = await wire.Broker.ConnectAsync("staff");
        await using var channel = await staff.CreateChannelAsync();
        var said = wire.Worker.Output.Length;
        await channel.BasicPublishAsync(Exchanges.Replay, "replay", Encoding.UTF8.GetBytes(asked));

        var parked = await NextAsync(channel, Encoding.UTF8.GetBytes(asked));
        Assert.Equal(Exchanges.Replay, Header(parked, "x-exchange"));
        Assert.NotEqual("", Header(parked, "x-reason-en"));
        Assert.Matches("[\u4e00-\u9fff]", Header(parked, "x-reason-zh"));
        Assert.DoesNotContain("   at ", wire.Worker.Output[said..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_dropped_with_a_line_in_the_log_where_only_services_should_write()
    {
        await using var staff = await wire.Broker.ConnectAsync("staff");
        await using var channel = await staff.CreateChannelAsync();
        await channel.BasicPublishAsync(Exchanges.Accepted, "", Encoding.UTF8.GetBytes("{\"fromSequence\":\"one\""));
        await Eventually.IsTrueAsync(() => Task.FromResult(
            wire.Aggregator.Output.Contains("A message of xilin.aggregator failed and is dropped.", StringComparison.Ordinal)));

        await using var office = await wire.OfficeAsync(Village);
        var receipt = await office.SubmitAsync(XilinSubmissions.Visits(Village, 2, "2022-12"));
        await WaitUntilAppliedAsync(wire.Aggregator, (long)receipt["sequence"]!);
    }

    // At least once: what another test parked may come a second time.
    private static async Task<BasicGetResult> NextAsync(IChannel channel, byte[] body)
    {
        BasicGetResult? parked = null;
        await Eventually.IsTrueAsync(async () => (parked = await channel.BasicGetAsync(Queues.DeadLetters, autoAck: true)) is not null
            && parked.Body.Span.SequenceEqual(body));
        return parked!;
    }

    private static string Header(BasicGetResult message, string name) =>
        Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![name]!);
}
