using System.Text;
using RabbitMQ.Client;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Tests.Staff;

/// <summary>The command as the staff's user, on the rights that xilin-admin gives it; a worker that parks.</summary>
[Collection(nameof(WireDeployment))]
public sealed partial class What_is_parked(WireDeployment deployment) : IAsyncLifetime, IDisposable
{
    private const string Path = "32.04.04.004.201";
    private readonly XilinProcess _xilin = new();
    private IConnection _connection = null!;
    private IChannel _channel = null!;

    public async Task InitializeAsync()
    {
        _xilin.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        _connection = await deployment.Broker.ConnectAsync("administrator");
        _channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await _channel.QueuePurgeAsync(Queues.DeadLetters);
    }

    public async Task DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task Is_listed_with_sender_reason_and_beginning_and_shown_whole_in_a_way_that_harms_no_terminal()
    {
        await using var office = await deployment.OfficeAsync(WireDeployment.Village);
        await office.SendAsync(Encoding.UTF8.GetBytes("单位：东岱村\u001b]0;t\u0007\u202ee\r\n第二行"),
            new BasicProperties { UserId = WireDeployment.Village, CorrelationId = "第\u001b[2J7号" });
        await ParkedAsync(1);

        var listed = (await StaffAsync("list")).AssertExitCode(0);
        Assert.Matches(
            $"(?m)^1 [0-9a-f]{{8}} [0-9T:-]+Z {WireDeployment.Village} {Path.Replace(".", "\\.", StringComparison.Ordinal)} [0-9]+ 字节$",
            listed.Output);
        Assert.Contains("正文不是有效的 JSON", listed.Output, StringComparison.Ordinal);
        Assert.Contains(@"    单位：东岱村\u{1B}]0;t\u{7}\u{202E}e\u{A}第二行", listed.Output, StringComparison.Ordinal);
        Assert.Contains("共搁置 1 条", listed.Errors, StringComparison.Ordinal);

        var shown = (await StaffAsync("show", "1", "--lang", "en", "--save", _xilin.In("body"))).AssertExitCode(0);
        Assert.Contains("The body is not valid JSON", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"x-sender: {WireDeployment.Village}", shown.Output, StringComparison.Ordinal);
        Assert.Contains(@"correlation_id: 第\u{1B}[2J7号", shown.Output, StringComparison.Ordinal);
        Assert.EndsWith("e\n第二行\n", shown.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotMatch("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]",
            (listed.Output + shown.Output).ReplaceLineEndings("\n"));
        Assert.Equal("单位：东岱村\u001b]0;t\u0007\u202ee\r\n第二行", File.ReadAllText(_xilin.In("body")));
    }

    [Theory]
    [InlineData("gbk", "b5a5cebb", "单位")]
    [InlineData("no text", "7bff7d00", @"{\xFF}\x00")]
    public async Task Is_shown_in_the_coding_of_old_programs_and_byte_by_byte_where_it_is_no_text(string kind, string hex, string shown)
    {
        await ParkAsync(Convert.FromHexString(hex), kind);
        Assert.EndsWith(shown + "\n", (await StaffAsync("show", "1")).AssertExitCode(0).Output.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stays_in_its_order_however_often_it_is_looked_at()
    {
        for (var i = 1; i <= 5; i++)
        {
            await ParkAsync(Encoding.UTF8.GetBytes($"number {i}"));
        }

        for (var i = 0; i < 150; i++)
        {
            // As a look does; the services' queues give up at 100.
            var got = (await _channel.BasicGetAsync(Queues.DeadLetters, autoAck: false))!;
            await _channel.BasicNackAsync(got.DeliveryTag, multiple: false, requeue: true);
        }

        var all = (await StaffAsync("list")).AssertExitCode(0).Output;
        (await StaffAsync("show", "3")).AssertExitCode(0);
        (await StaffAsync("show", "2")).AssertExitCode(0);
        Assert.Contains("只列出前 2 条", (await StaffAsync("list", "--limit", "2")).AssertExitCode(0).Errors, StringComparison.Ordinal);
        Assert.Equal(all, (await StaffAsync("list")).AssertExitCode(0).Output);
        Assert.Equal(["number 1", "number 2", "number 3", "number 4", "number 5"], await TakeAllAsync());
    }

    [Fact]
    public async Task Goes_back_to_the_intake_in_the_name_of_its_sender_who_gets_the_receipt()
    {
        await using var office = await deployment.OfficeAsync(WireDeployment.Village);
        var sheet = TestSubmissions.NewSubmission(WireDeployment.Village, "2022-12", XilinSubmissions.Visits(3));
        await ParkAsync("still unreadable"u8.ToArray(), "first");
        await ParkAsync(Encoding.UTF8.GetBytes(sheet.ToJsonString()), "readable by now");

        var id = await IdOfAsync("readable by now");
        Assert.Contains("不能给序号 2", (await StaffAsync("resend", "2")).AssertExitCode(2).Errors, StringComparison.Ordinal);
        Assert.Contains($"✓ 已重发 {id} {WireDeployment.Village} {Path}", (await StaffAsync("resend", id)).AssertExitCode(0).Output,
            StringComparison.Ordinal);
        var receipt = await office.WaitForReceiptAsync(sheet);
        Assert.Equal("accepted", (string?)receipt["verdict"]);
        Assert.Equal(WireDeployment.Village,
            (string?)(await deployment.Worker.GetAsync($"/api/submissions/{receipt["sequence"]}")).Answer!["sender"]);

        // What no one can read yet is parked again, its sender with it.
        (await StaffAsync("resend", "--all")).AssertExitCode(0);
        await ParkedAsync(1);
        Assert.Contains($"x-sender: {WireDeployment.Village}", (await StaffAsync("show", "1")).AssertExitCode(0).Output,
            StringComparison.Ordinal);
        Assert.Equal(["still unreadable"], await TakeAllAsync());
    }

    [Fact]
    public async Task Is_still_there_where_the_broker_did_not_take_what_was_sent_again()
    {
        await ParkAsync("{}"u8.ToArray());
        var id = await IdOfAsync("a reason");
        await _channel.QueueUnbindAsync("xilin.worker.intake", Exchanges.Intake, "#");
        try
        {
            Assert.Contains("没有收下", (await StaffAsync("resend", id)).AssertExitCode(3).Errors, StringComparison.Ordinal);
        }
        finally
        {
            await _channel.QueueBindAsync("xilin.worker.intake", Exchanges.Intake, "#");
        }

        Assert.Equal(["{}"], await TakeAllAsync());
    }

    [Fact]
    public async Task Has_the_sender_whom_the_broker_checked_whatever_its_headers_say()
    {
        // A queue that gives up what comes in, as one does at its delivery limit.
        var queue = (await _channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true,
            new Dictionary<string, object?> { ["x-message-ttl"] = 0, ["x-dead-letter-exchange"] = Exchanges.DeadLetter })).QueueName;
        await _channel.QueueBindAsync(queue, Exchanges.Intake, Path);
        await using var office = await deployment.OfficeAsync(WireDeployment.Village);
        var death = new Dictionary<string,
            object?>
        {
            ["queue"] = queue,
            ["reason"] = "expired",
            ["exchange"] = Exchanges.Replay,
            ["count"] = 0L,
            ["time"] = new AmqpTimestamp(946684800)
        };
        var forged = new Dictionary<string,
            object?>
        {
            ["x-sender"] = WireDeployment.OtherVillage,
            ["x-exchange"] = Exchanges.Replay,
            ["x-death"] = new List<object?> { death }
        };
        await office.SendAsync(TestSubmissions.NewSubmission(WireDeployment.OtherVillage, "2022-10", XilinSubmissions.Visits(3)),
            new BasicProperties { UserId = WireDeployment.Village, Headers = forged });
        await ParkedAsync(1);

        Assert.Contains($" 时间不明 {WireDeployment.Village} {Path} ", (await StaffAsync("list")).AssertExitCode(0).Output,
            StringComparison.Ordinal);

        // It was forged well: the broker left it as it was.
        Assert.Contains($"exchange: {Exchanges.Replay}", (await StaffAsync("show", "1")).AssertExitCode(0).Output,
            StringComparison.Ordinal);
        await _channel.QueueDeleteAsync(queue);
        await Eventually.IsTrueAsync(() => Task.FromResult(office.Receipts.Any()));
        (await StaffAsync("resend", await IdOfAsync(WireDeployment.Village))).AssertExitCode(0);
        await Eventually.IsTrueAsync(() => Task.FromResult(office.Receipts.Count() == 2));
        Assert.All(office.Receipts, receipt => Assert.Equal("F502", (string?)receipt["findings"]!.AsArray()[0]!["rule"]));
    }

    [Fact]
    public async Task Is_not_sent_again_where_it_was_between_the_services()
    {
        await ParkAsync("{}"u8.ToArray(), exchange: Exchanges.Accepted);
        Assert.Contains("没有重发", (await StaffAsync("resend", await IdOfAsync("a reason"))).AssertExitCode(1).Output,
            StringComparison.Ordinal);
        Assert.Equal(["{}"], await TakeAllAsync());
    }

    [Fact]
    public async Task Is_dropped_by_id_with_a_yes_and_told()
    {
        foreach (var text in new[] { "first", "second", "third" })
        {
            await ParkAsync(Encoding.UTF8.GetBytes(text));
        }

        var id = await IdOfAsync("second");
        Assert.Contains("--yes", (await StaffAsync("drop", id)).AssertExitCode(2).Errors, StringComparison.Ordinal);
        (await StaffAsync("drop", "2", "--yes")).AssertExitCode(2);
        (await StaffAsync("drop", id, "00000000", "--yes")).AssertExitCode(1);
        Assert.Contains($"已丢弃 {id} {WireDeployment.Village} 6 字节", (await StaffAsync("drop", id, "--yes")).AssertExitCode(0).Output,
            StringComparison.Ordinal);
        Assert.Contains("没有 " + id, (await StaffAsync("drop", id, "--yes")).AssertExitCode(1).Errors, StringComparison.Ordinal);
        Assert.Equal(["first", "third"], await TakeAllAsync());
    }

    [Fact]
    public async Task Is_for_staff_alone_and_on_the_queue_alone()
    {
        Assert.Contains("xilin-staff",
            (await _xilin.RunAsync("parked", "list", "--bus", BusOf(WireDeployment.Village))).AssertExitCode(1).Errors,
            StringComparison.Ordinal);
        Assert.Contains("--bus", (await _xilin.RunAsync("parked", "list", "--server", "http://127.0.0.1:1")).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
        (await _xilin.RunAsync("parked", "list", "--bus", "amqp://xilin-staff@127.0.0.1:1/", "--timeout", "2")).AssertExitCode(3);
        (await StaffAsync("show", "not-an-id")).AssertExitCode(2);
        (await StaffAsync("resend")).AssertExitCode(2);
        (await StaffAsync("show", "1")).AssertExitCode(1);
        Assert.Contains("xilin parked drop 3fa2c1d0 --yes",
            (await _xilin.RunAsync("parked", "--help", "--lang", "en")).AssertExitCode(0).Output, StringComparison.Ordinal);
    }
}
