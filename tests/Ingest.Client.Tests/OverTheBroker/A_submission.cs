using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using XilinIngest.Client.Catalogues;
using XilinIngest.Contracts;
using XilinIngest.Tests;
using XilinIngest.Wire.Tests.Services;

namespace XilinIngest.Client.Tests.OverTheBroker;

/// <summary>The command, a real broker with a user per office, and the services as processes.</summary>
[Collection(nameof(Deployment))]
public sealed class A_submission(Deployment deployment) : IDisposable
{
    private const string Head = "unit,period,revision,indicator,value,unit_of_measure,numerator,denominator\n";
    private readonly Xilin _xilin = new();

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task Is_confirmed_answered_and_in_the_ledger_once_however_often_it_is_sent()
    {
        var file = _xilin.File("a.csv", Head + "320404004201,2022-02,,ENTERPRISE_VISITS,11,家,,\n");
        var first = (await SubmitAsync(Deployment.Village, file)).Ended(0);
        Assert.Contains("✓ 已接收 320404004201 2022-02 修订 1", first.Output, StringComparison.Ordinal);
        using var other = new Xilin();
        other.Environment["XILIN_BUS_PASSWORD"] = Definitions.Password;
        (await other.RunAsync("submit", other.File("b.csv", File.ReadAllText(file)), "--bus", BusOf(Deployment.Village))).Ended(0);
        Assert.Single(await RowsAsync("320404004201", "2022-02"));
    }

    [Fact]
    public async Task That_was_accepted_before_and_is_sent_again_is_a_further_revision_for_the_queue_cannot_be_asked_what_stands()
    {
        var file = _xilin.File("a.csv", Head + "320404004201,2022-10,,ENTERPRISE_VISITS,11,家,,\n");
        (await SubmitAsync(Deployment.Village, file)).Ended(0);
        using var other = new Xilin();
        other.Environment["XILIN_BUS_PASSWORD"] = Definitions.Password;
        (await other.RunAsync("submit", other.File("b.csv", Head + "320404004201,2022-10,5,ENTERPRISE_VISITS,12,家,,\n"), "--bus", BusOf(Deployment.Village))).Ended(0);

        // A later one stands: told with what to do, and never a tick.
        var told = (await SubmitAsync(Deployment.Village, file)).Ended(5);
        Assert.DoesNotContain("✓", told.Output, StringComparison.Ordinal);
        Assert.Contains("revision 改为大于 5", told.Output, StringComparison.Ordinal);
        var numbered = _xilin.File("c.csv", Head + "320404004201,2022-10,6,ENTERPRISE_VISITS,11,家,,\n");
        (await SubmitAsync(Deployment.Village, numbered)).Ended(0);

        // The same number again would be the same submission: that it stands cannot be said here.
        var again = (await SubmitAsync(Deployment.Village, numbered)).Ended(5);
        Assert.Contains("? 以前已报", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("✓", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_to_any_node_of_a_cluster_that_is_there()
    {
        var file = _xilin.File("a.csv", Head + "320404004201,2022-09,,ENTERPRISE_VISITS,12,家,,\n");
        var cluster = BusOf(Deployment.Village).Replace("@", "@127.0.0.1:1,", StringComparison.Ordinal);
        _xilin.Environment["XILIN_BUS_PASSWORD"] = Definitions.Password;
        (await _xilin.RunAsync("submit", file, "--bus", cluster)).Ended(0);
        Assert.Equal(["accepted"], await RowsAsync("320404004201", "2022-09"));
    }

    [Fact]
    public async Task For_another_office_is_refused_here_where_the_catalogue_is_known_and_else_by_the_service_and_blocks_nothing()
    {
        var file = _xilin.File("a.csv", Head + "320404004202,2022-03,,ENTERPRISE_VISITS,5,家,,\n320404004201,2022-03,,ENTERPRISE_VISITS,6,家,,\n");
        var known = (await SubmitAsync(Deployment.Village, file, "--catalogue", deployment.Data.Catalogue)).Ended(1);
        Assert.Contains("a.csv 第 2 行:[F502 错误]", known.Output, StringComparison.Ordinal);
        var unknown = (await SubmitAsync(Deployment.Village, file)).Ended(1);
        Assert.Contains("✗ 拒收 320404004202", unknown.Output, StringComparison.Ordinal);
        Assert.Contains("F502", unknown.Output, StringComparison.Ordinal);

        // What was accepted the first time was sent again as a further revision: the queue cannot be asked whether it stands.
        Assert.Equal((0, 3), (_xilin.Waiting, _xilin.Sent));
        Assert.Equal(["accepted", "accepted"], await RowsAsync("320404004201", "2022-03"));
    }

    [Fact]
    public async Task That_the_broker_refuses_stays_in_the_outbox_until_the_administrator_has_given_the_right_and_holds_up_no_other()
    {
        var definitions = JsonNode.Parse(Definitions.For(Deployment.FirmOfOtherVillage))!;
        var right = definitions["topic_permissions"]!.AsArray().Single(topic => (string?)topic!["user"] == Deployment.FirmOfOtherVillage)!;
        right["write"] = "^only\\.elsewhere$";
        await deployment.Broker.ImportAsync(definitions.ToJsonString());
        var file = _xilin.File("a.csv", Head + $"{Deployment.FirmOfOtherVillage},2022-02,,FIXED_ASSET_INVESTMENT,11,万元,,\n{Deployment.FirmOfOtherVillage},2022-03,,FIXED_ASSET_INVESTMENT,12,万元,,\n");
        var refused = (await SubmitAsync(Deployment.FirmOfOtherVillage, file, "--lang", "en")).Ended(3);
        Assert.Equal(2, refused.Output.Split("ACCESS_REFUSED").Length - 1);
        Assert.Contains("Ask the administrator for the rights of the user 91320404MA0000001L, or name the catalogue with --catalogue", refused.Output, StringComparison.Ordinal);
        Assert.Equal((2, 0), (_xilin.Waiting, _xilin.Sent));

        // Its own code, as an enterprise without a catalogue writes it.
        right["write"] = $"^{Deployment.FirmOfOtherVillage}$";
        await deployment.Broker.ImportAsync(definitions.ToJsonString());
        (await _xilin.RunAsync("outbox", "send", "--bus", BusOf(Deployment.FirmOfOtherVillage))).Ended(0);
        Assert.Equal((0, 2), (_xilin.Waiting, _xilin.Sent));
        Assert.Equal(["accepted"], await RowsAsync(Deployment.FirmOfOtherVillage, "2022-02"));
    }

    [Theory]
    [InlineData(Deployment.Firm, Deployment.Firm, false, Deployment.Firm)]
    [InlineData(Deployment.Firm, Deployment.Firm, true, "32.04.04.004.201." + Deployment.Firm)]
    [InlineData(Deployment.Village, Deployment.Firm, false, Deployment.Firm)]
    [InlineData(Deployment.FirmOfOtherVillage, Deployment.Village, true, "32.04.04.004.201")]
    [InlineData(Deployment.Firm, Deployment.Village, false, "32.04.04.004.201")]
    [InlineData(Deployment.Firm, Deployment.Street, true, "32.04.04.004.201." + Deployment.Firm)]
    public void Has_a_key_within_the_senders_own_path_or_its_code_so_that_the_service_hears_of_it(string unit, string sender, bool withCatalogue, string key) =>
        Assert.Equal(key, KnownCatalogue.RoutingKey(withCatalogue ? KnownCatalogue.FromFolder(Standalone.Tests.Repository.Catalogue) : null, unit, "2022-07", sender));

    [Fact]
    public async Task With_a_wrong_password_stays_in_the_outbox_and_the_password_is_nowhere()
    {
        var file = _xilin.File("a.csv", Head + "320404004201,2022-04,,ENTERPRISE_VISITS,5,家,,\n");
        var refused = (await _xilin.RunAsync("submit", file, "--bus", new UriBuilder(deployment.Broker.AddressFor(Deployment.Village, "not-the-password")).Uri.ToString(), "--timeout", "3")).Ended(3);
        Assert.DoesNotContain("not-the-password", refused.Output + refused.Errors, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(_xilin.Outbox, "*", SearchOption.AllDirectories).Where(path => path.EndsWith(".json", StringComparison.Ordinal)), path => Assert.DoesNotContain("not-the-password", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Contains("ACCESS_REFUSED", refused.Errors, StringComparison.Ordinal);

        var password = _xilin.File("password.txt", Definitions.Password + "\n");
        (await _xilin.RunAsync("outbox", "send", "--bus", BusOf(Deployment.Village), "--password-file", password)).Ended(0);
        Assert.Equal((0, 1), (_xilin.Waiting, _xilin.Sent));
    }

    [Fact]
    public async Task Of_another_user_is_not_sent_under_this_ones_name()
    {
        const string Away = "amqp://320404004202@127.0.0.1:1/";
        _xilin.Environment["XILIN_BUS_PASSWORD"] = Definitions.Password;
        var file = _xilin.File("a.csv", Head + "320404004202,2022-01,,ENTERPRISE_VISITS,5,家,,\n");
        (await _xilin.RunAsync("submit", file, "--bus", Away, "--timeout", "1")).Ended(3);
        Assert.Contains("(用户 320404004202)", (await _xilin.RunAsync("outbox", "list")).Ended(0).Output, StringComparison.Ordinal);

        var other = (await SubmitAsync(Deployment.Village, _xilin.File("b.csv", Head + "320404004201,2022-01,,ENTERPRISE_VISITS,6,家,,\n"))).Ended(0);
        Assert.Contains("接收 1 份,拒收 0 份", other.Output, StringComparison.Ordinal);
        Assert.Contains("另有 1 份是别的用户(320404004202)的", other.Errors, StringComparison.Ordinal);
        Assert.Equal((1, 1), (_xilin.Waiting, _xilin.Sent));
        (await _xilin.RunAsync("outbox", "send", "--bus", BusOf(Deployment.OtherVillage))).Ended(0);
        Assert.Equal(["accepted"], await RowsAsync(Deployment.OtherVillage, "2022-01"));
    }

    [Fact]
    public async Task That_waits_under_another_user_or_none_is_whose_who_submits_it()
    {
        var file = _xilin.File("a.csv", Head + "320404004202,2022-04,,ENTERPRISE_VISITS,5,家,,\n");
        _xilin.Environment["XILIN_BUS_PASSWORD"] = Definitions.Password;
        (await _xilin.RunAsync("submit", file, "--bus", "amqp://320404004201@127.0.0.1:1/", "--timeout", "1")).Ended(3);
        (await SubmitAsync(Deployment.OtherVillage, file)).Ended(0);

        // As an earlier version kept it, or one over HTTP.
        (await _xilin.RunAsync("submit", _xilin.File("a.csv", File.ReadAllText(file).Replace("-04", "-11", StringComparison.Ordinal).Replace("2022", "2021", StringComparison.Ordinal)), "--server", "http://127.0.0.1:1", "--timeout", "1")).Ended(3);
        Assert.DoesNotContain("\"user\"", File.ReadAllText(Directory.GetFiles(Path.Combine(_xilin.Outbox, "waiting"), "*.json").Single()), StringComparison.Ordinal);
        (await _xilin.RunAsync("outbox", "send", "--bus", BusOf(Deployment.OtherVillage))).Ended(0);
        Assert.Equal(0, _xilin.Waiting);
    }

    [Fact]
    public async Task Leaves_no_receipt_of_another_program_lost()
    {
        await using (var office = await deployment.OfficeAsync(Deployment.OtherVillage))
        {
            // By a program that does not read its receipts: they stay in the office's queue.
            await office.Channel.DisposeAsync();
            await using var channel = await office.NewChannelAsync();
            await channel.BasicPublishAsync(Exchanges.Intake, "32.04.04.004.202", true, new BasicProperties { UserId = office.Code }, Encoding.UTF8.GetBytes(Sheet.Of(Deployment.OtherVillage, "2022-05", Sheet.Visits(7)).ToJsonString()));
        }

        await Eventually.IsTrueAsync(async () => (await RowsAsync(Deployment.OtherVillage, "2022-05")).Count == 1);
        (await SubmitAsync(Deployment.OtherVillage, _xilin.File("a.csv", Head + "320404004202,2022-06,,ENTERPRISE_VISITS,8,家,,\n"))).Ended(0);
        var receipt = JsonSerializer.Deserialize<SubmissionReceipt>(File.ReadAllText(Directory.GetFiles(Path.Combine(_xilin.Outbox, "receipts-of-others")).Single()), WireFormat.Options)!;
        Assert.Equal((Deployment.OtherVillage, "2022-05", "accepted"), (receipt.Unit, receipt.Period, receipt.Verdict));
    }

    [Fact]
    public async Task Is_followed_by_its_ranking_in_a_terminal_that_watches()
    {
        using var watching = _xilin.Start("watch", "--bus", deployment.Broker.AddressFor(Definitions.Staff, Definitions.Password).ToString(), "--unit", Deployment.Street, "--indicator", "SENIOR_VACCINATION_RATE", "--count", "1", "--catalogue", deployment.Data.Catalogue);
        var ended = Xilin.EndAsync(watching);

        // Its queue is there some time after its start: revisions until it has heard one.
        using var office = new Xilin();
        office.Environment["XILIN_BUS_PASSWORD"] = Definitions.Password;
        for (var i = 1; i <= 20 && !ended.IsCompleted; i++)
        {
            var file = office.File("a.csv", Head + $"320404004201,2022-07,,SENIOR_VACCINATION_RATE,,%,{500 + i},1000\n320404004202,2022-07,,SENIOR_VACCINATION_RATE,,%,900,1000\n");
            (await office.RunAsync("submit", file, "--bus", BusOf(Deployment.Street))).Ended(0);
            await Task.WhenAny(ended, Task.Delay(500));
        }

        Assert.Contains("排名 2022-07 西林街道 60周岁以上老人新冠疫苗接种率 v", (await ended).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_published_again_when_staff_ask_for_a_replay()
    {
        (await SubmitAsync(Deployment.Village, _xilin.File("a.csv", Head + "320404004201,2022-08,,ENTERPRISE_VISITS,5,家,,\n"))).Ended(0);
        await using var connection = await deployment.Broker.ConnectAsync("listener");
        await using var channel = await connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(queue, Exchanges.Accepted, "#");
        (await _xilin.RunAsync("replay", "--from", "1", "--bus", deployment.Broker.AddressFor(Definitions.Staff, Definitions.Password).ToString())).Ended(0);
        await Eventually.IsTrueAsync(async () => await channel.BasicGetAsync(queue, true) is { } got && JsonSerializer.Deserialize<SubmissionsAccepted>(got.Body.Span, WireFormat.Options)!.FromSequence == 1);
        (await _xilin.RunAsync("replay", "--from", "0", "--bus", deployment.Broker.Address.ToString())).Ended(2);
        (await _xilin.RunAsync("replay", "--from", "1", "--server", "http://127.0.0.1:1")).Ended(2);
    }

    private Task<Ran> SubmitAsync(string office, string file, params string[] more)
    {
        _xilin.Environment["XILIN_BUS_PASSWORD"] = Definitions.Password;
        return _xilin.RunAsync(["submit", file, "--bus", BusOf(office), .. more]);
    }

    private string BusOf(string office) => new UriBuilder(deployment.Broker.Address) { UserName = office, Password = "" }.Uri.ToString();

    private async Task<List<string>> RowsAsync(string unit, string period) =>
        [.. (await deployment.Worker.GetAsync($"/api/submissions?unit={unit}&period={period}")).Answer!.AsArray().Select(row => (string)row!["verdict"]!)];
}
