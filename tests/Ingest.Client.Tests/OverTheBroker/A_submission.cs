using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using XilinIngest.Client.Catalogues;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Tests.OverTheBroker;

/// <summary>The command, a real broker with a user per office, and the services as processes.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_submission(WireDeployment deployment) : IDisposable
{
    private const string Head = "unit,period,revision,indicator,value,unit_of_measure,numerator,denominator\n";
    private readonly XilinProcess _xilin = new();

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task Is_confirmed_answered_and_in_the_ledger_once_however_often_it_is_sent()
    {
        var file = _xilin.File("a.csv", Head + "320404004201,2022-02,,ENTERPRISE_VISITS,11,家,,\n");
        var first = (await SubmitAsync(WireDeployment.Village, file)).AssertExitCode(0);
        Assert.Contains("✓ 已接收 320404004201 2022-02 修订 1", first.Output, StringComparison.Ordinal);
        using var other = new XilinProcess();
        other.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        (await other.RunAsync("submit", other.File("b.csv", File.ReadAllText(file)), "--bus",
            BusOf(WireDeployment.Village))).AssertExitCode(0);
        Assert.Single(await RowsAsync("320404004201", "2022-02"));
    }

    [Fact]
    public async Task That_was_accepted_before_and_is_sent_again_is_a_further_revision_for_the_queue_cannot_be_asked_what_stands()
    {
        var file = _xilin.File("a.csv", Head + "320404004201,2022-10,,ENTERPRISE_VISITS,11,家,,\n");
        (await SubmitAsync(WireDeployment.Village, file)).AssertExitCode(0);
        using var other = new XilinProcess();
        other.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        (await other.RunAsync("submit", other.File("b.csv", Head + "320404004201,2022-10,5,ENTERPRISE_VISITS,12,家,,\n"), "--bus",
            BusOf(WireDeployment.Village))).AssertExitCode(0);

        // A later one stands: told with what to do, and never a tick.
        var told = (await SubmitAsync(WireDeployment.Village, file)).AssertExitCode(5);
        Assert.DoesNotContain("✓", told.Output, StringComparison.Ordinal);
        Assert.Contains("revision 改为大于 5", told.Output, StringComparison.Ordinal);
        var numbered = _xilin.File("c.csv", Head + "320404004201,2022-10,6,ENTERPRISE_VISITS,11,家,,\n");
        (await SubmitAsync(WireDeployment.Village, numbered)).AssertExitCode(0);

        // The same number again would be the same submission: that it stands cannot be said here.
        var again = (await SubmitAsync(WireDeployment.Village, numbered)).AssertExitCode(5);
        Assert.Contains("? 以前已报", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("✓", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_to_any_node_of_a_cluster_that_is_there()
    {
        var file = _xilin.File("a.csv", Head + "320404004201,2022-09,,ENTERPRISE_VISITS,12,家,,\n");
        var cluster = BusOf(WireDeployment.Village).Replace("@", "@127.0.0.1:1,", StringComparison.Ordinal);
        _xilin.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        (await _xilin.RunAsync("submit", file, "--bus", cluster)).AssertExitCode(0);
        Assert.Equal(["accepted"], await RowsAsync("320404004201", "2022-09"));
    }

    [Fact]
    public async Task For_another_office_is_refused_here_where_the_catalogue_is_known_and_else_by_the_service_and_blocks_nothing()
    {
        var file = _xilin.File("a.csv",
            Head + "320404004202,2022-03,,ENTERPRISE_VISITS,5,家,,\n320404004201,2022-03,,ENTERPRISE_VISITS,6,家,,\n");
        var known = (await SubmitAsync(WireDeployment.Village, file, "--catalogue", deployment.Data.Catalogue)).AssertExitCode(1);
        Assert.Contains("a.csv 第 2 行：[F502 错误]", known.Output, StringComparison.Ordinal);
        var unknown = (await SubmitAsync(WireDeployment.Village, file)).AssertExitCode(1);
        Assert.Contains("✗ 已退回 320404004202", unknown.Output, StringComparison.Ordinal);
        Assert.Contains("F502", unknown.Output, StringComparison.Ordinal);

        // What was accepted the first time was sent again as a further revision: the queue cannot be asked whether it stands.
        Assert.Equal((0, 3), (_xilin.PendingCount, _xilin.SentCount));
        Assert.Equal(["accepted", "accepted"], await RowsAsync("320404004201", "2022-03"));
    }

    [Fact]
    public async Task That_the_broker_refuses_stays_in_the_outbox_until_the_administrator_has_given_the_right_and_holds_up_no_other()
    {
        var definitions = JsonNode.Parse(OfficeDefinitions.Generate(WireDeployment.FirmOfOtherVillage))!;
        var right = definitions["topic_permissions"]!.AsArray()
            .Single(topic => (string?)topic!["user"] == WireDeployment.FirmOfOtherVillage)!;
        right["write"] = "^only\\.elsewhere$";
        await deployment.Broker.ImportAsync(definitions.ToJsonString());
        var (firm, row) = (WireDeployment.FirmOfOtherVillage, ",,FIXED_ASSET_INVESTMENT,");
        var file = _xilin.File("a.csv", Head + $"{firm},2022-02{row}11,万元,,\n{firm},2022-03{row}12,万元,,\n");
        var refused = (await SubmitAsync(WireDeployment.FirmOfOtherVillage, file, "--lang", "en")).AssertExitCode(3);
        Assert.Equal(2, refused.Output.Split("ACCESS_REFUSED").Length - 1);
        Assert.Contains("Ask the administrator for the rights of the user 91320404MA0000001L. Or name the catalogue with --catalogue",
            refused.Output, StringComparison.Ordinal);
        Assert.Equal((2, 0), (_xilin.PendingCount, _xilin.SentCount));

        // Its own code, as an enterprise without a catalogue writes it.
        right["write"] = $"^{WireDeployment.FirmOfOtherVillage}$";
        await deployment.Broker.ImportAsync(definitions.ToJsonString());
        (await _xilin.RunAsync("outbox", "send", "--bus", BusOf(WireDeployment.FirmOfOtherVillage))).AssertExitCode(0);
        Assert.Equal((0, 2), (_xilin.PendingCount, _xilin.SentCount));
        Assert.Equal(["accepted"], await RowsAsync(WireDeployment.FirmOfOtherVillage, "2022-02"));
    }

    [Theory]
    [InlineData(WireDeployment.Firm, WireDeployment.Firm, false, WireDeployment.Firm)]
    [InlineData(WireDeployment.Firm, WireDeployment.Firm, true, "32.04.04.004.201." + WireDeployment.Firm)]
    [InlineData(WireDeployment.Village, WireDeployment.Firm, false, WireDeployment.Firm)]
    [InlineData(WireDeployment.FirmOfOtherVillage, WireDeployment.Village, true, "32.04.04.004.201")]
    [InlineData(WireDeployment.Firm, WireDeployment.Village, false, "32.04.04.004.201")]
    [InlineData(WireDeployment.Firm, WireDeployment.Street, true, "32.04.04.004.201." + WireDeployment.Firm)]
    public void Has_a_key_within_the_senders_own_path_or_its_code_so_that_the_service_hears_of_it(
        string unit, string sender, bool withCatalogue, string key) =>
        Assert.Equal(key,
            RoutingKeys.For(withCatalogue ? ClientCatalogue.FromFolder(RepositoryFiles.Catalogue).PathOf : null, unit,
                "2022-07", sender));

    [Fact]
    public async Task With_a_wrong_password_stays_in_the_outbox_and_the_password_is_nowhere()
    {
        var file = _xilin.File("a.csv", Head + "320404004201,2022-04,,ENTERPRISE_VISITS,5,家,,\n");
        var refused = (await _xilin.RunAsync("submit", file, "--bus",
                new UriBuilder(deployment.Broker.AddressFor(WireDeployment.Village, "not-the-password")).Uri.ToString(), "--timeout",
                "3")).AssertExitCode(3);
        Assert.DoesNotContain("not-the-password", refused.Output + refused.Errors, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(_xilin.Outbox, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".json", StringComparison.Ordinal)),
            path => Assert.DoesNotContain("not-the-password", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Contains("ACCESS_REFUSED", refused.Errors, StringComparison.Ordinal);

        var password = _xilin.File("password.txt", OfficeDefinitions.Password + "\n");
        (await _xilin.RunAsync("outbox", "send", "--bus", BusOf(WireDeployment.Village), "--password-file", password)).AssertExitCode(0);
        Assert.Equal((0, 1), (_xilin.PendingCount, _xilin.SentCount));
    }

    [Fact]
    public async Task Of_another_user_is_not_sent_under_this_ones_name()
    {
        const string Away = "amqp://320404004202@127.0.0.1:1/";
        _xilin.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        var file = _xilin.File("a.csv", Head + "320404004202,2022-01,,ENTERPRISE_VISITS,5,家,,\n");
        (await _xilin.RunAsync("submit", file, "--bus", Away, "--timeout", "1")).AssertExitCode(3);
        Assert.Contains("（用户 320404004202）", (await _xilin.RunAsync("outbox", "list")).AssertExitCode(0).Output, StringComparison.Ordinal);

        var other = (await SubmitAsync(WireDeployment.Village,
            _xilin.File("b.csv", Head + "320404004201,2022-01,,ENTERPRISE_VISITS,6,家,,\n"))).AssertExitCode(0);
        Assert.Contains("接收 1 份，退回 0 份", other.Output, StringComparison.Ordinal);
        Assert.Contains("另有 1 份是别的用户（320404004202）的", other.Errors, StringComparison.Ordinal);
        Assert.Equal((1, 1), (_xilin.PendingCount, _xilin.SentCount));
        (await _xilin.RunAsync("outbox", "send", "--bus", BusOf(WireDeployment.OtherVillage))).AssertExitCode(0);
        Assert.Equal(["accepted"], await RowsAsync(WireDeployment.OtherVillage, "2022-01"));
    }

    [Fact]
    public async Task That_waits_under_another_user_or_none_is_whose_who_submits_it()
    {
        var file = _xilin.File("a.csv", Head + "320404004202,2022-04,,ENTERPRISE_VISITS,5,家,,\n");
        _xilin.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        (await _xilin.RunAsync("submit", file, "--bus", "amqp://320404004201@127.0.0.1:1/", "--timeout", "1")).AssertExitCode(3);
        (await SubmitAsync(WireDeployment.OtherVillage, file)).AssertExitCode(0);

        // As an earlier version kept it, or one over HTTP.
        (await _xilin.RunAsync("submit",
            _xilin.File("a.csv",
                File.ReadAllText(file).Replace("-04", "-11", StringComparison.Ordinal).Replace("2022", "2021", StringComparison.Ordinal)),
                "--server", "http://127.0.0.1:1", "--timeout", "1")).AssertExitCode(3);
        Assert.DoesNotContain("\"user\"", File.ReadAllText(Directory.GetFiles(Path.Combine(_xilin.Outbox, "waiting"), "*.json").Single()),
            StringComparison.Ordinal);
        (await _xilin.RunAsync("outbox", "send", "--bus", BusOf(WireDeployment.OtherVillage))).AssertExitCode(0);
        Assert.Equal(0, _xilin.PendingCount);
    }

    [Fact]
    public async Task Leaves_no_receipt_of_another_program_lost()
    {
        await using (var office = await deployment.OfficeAsync(WireDeployment.OtherVillage))
        {
            // By a program that does not read its receipts: they stay in the office's queue.
            await office.Channel.DisposeAsync();
            await using var channel = await office.NewChannelAsync();
            await channel.BasicPublishAsync(Exchanges.Intake, "32.04.04.004.202", true, new BasicProperties { UserId = office.Code },
                Encoding.UTF8.GetBytes(
                    TestSubmissions.NewSubmission(WireDeployment.OtherVillage, "2022-05", XilinSubmissions.Visits(7)).ToJsonString()));
        }

        await Eventually.IsTrueAsync(async () => (await RowsAsync(WireDeployment.OtherVillage, "2022-05")).Count == 1);
        (await SubmitAsync(WireDeployment.OtherVillage,
            _xilin.File("a.csv", Head + "320404004202,2022-06,,ENTERPRISE_VISITS,8,家,,\n"))).AssertExitCode(0);
        var receipt =
            JsonSerializer.Deserialize<SubmissionReceipt>(
                File.ReadAllText(Directory.GetFiles(Path.Combine(_xilin.Outbox, "receipts-of-others")).Single()), WireFormat.Options)!;
        Assert.Equal((WireDeployment.OtherVillage, "2022-05", Verdict.Accepted), (receipt.Unit, receipt.Period, receipt.Verdict));
    }

    [Fact]
    public async Task Is_followed_by_its_ranking_in_a_terminal_that_watches()
    {
        using var watching =
            _xilin.Start("watch", "--bus", deployment.Broker.AddressFor(OfficeDefinitions.Staff, OfficeDefinitions.Password).ToString(),
                "--unit", WireDeployment.Street, "--indicator", "SENIOR_VACCINATION_RATE", "--count", "1", "--catalogue",
                deployment.Data.Catalogue);
        var ended = XilinProcess.EndAsync(watching);

        // Its queue is there some time after its start: revisions until it has heard one.
        using var office = new XilinProcess();
        office.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        for (var i = 1; i <= 20 && !ended.IsCompleted; i++)
        {
            var file = office.File("a.csv",
                Head + $"320404004201,2022-07,,SENIOR_VACCINATION_RATE,,%,{500 + i},1000\n320404004202,2022-07,,SENIOR_VACCINATION_RATE,,"
                    + $"%,900,1000\n");
            (await office.RunAsync("submit", file, "--bus", BusOf(WireDeployment.Street))).AssertExitCode(0);
            await Task.WhenAny(ended, Task.Delay(500));
        }

        Assert.Contains("排名 2022-07 西林街道 60周岁以上老人新冠疫苗接种率 v", (await ended).AssertExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_published_again_when_staff_ask_for_a_replay()
    {
        (await SubmitAsync(WireDeployment.Village,
            _xilin.File("a.csv", Head + "320404004201,2022-08,,ENTERPRISE_VISITS,5,家,,\n"))).AssertExitCode(0);
        await using var connection = await deployment.Broker.ConnectAsync("listener");
        await using var channel = await connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(queue, Exchanges.Accepted, "#");
        (await _xilin.RunAsync("replay", "--from", "1", "--bus",
            deployment.Broker.AddressFor(OfficeDefinitions.Staff, OfficeDefinitions.Password).ToString())).AssertExitCode(0);
        await Eventually.IsTrueAsync(async () => await channel.BasicGetAsync(queue, true) is { } got
            && JsonSerializer.Deserialize<SubmissionsAccepted>(got.Body.Span, WireFormat.Options)!.FromSequence == 1);
        (await _xilin.RunAsync("replay", "--from", "0", "--bus", deployment.Broker.Address.ToString())).AssertExitCode(2);
        (await _xilin.RunAsync("replay", "--from", "1", "--server", "http://127.0.0.1:1")).AssertExitCode(2);
    }

    private Task<XilinResult> SubmitAsync(string office, string file, params string[] more)
    {
        _xilin.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        return _xilin.RunAsync(["submit", file, "--bus", BusOf(office), .. more]);
    }

    private string BusOf(string office) => new UriBuilder(deployment.Broker.Address) { UserName = office, Password = "" }.Uri.ToString();

    private async Task<List<string>> RowsAsync(string unit, string period) =>
        [.. (await deployment.Worker.GetAsync($"/api/submissions?unit={unit}&period={period}")).Answer!.AsArray()
            .Select(row => (string)row!["verdict"]!)];
}
