using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Tests.Service;

namespace XilinIngest.Notifier.Tests.Channels;

/// <summary>The whole service with a real mail server: from a submission to the mail.</summary>
public sealed class A_mail : IAsyncLifetime
{
    private static readonly string Firm = AlertingCatalogue.Firms[0];
    private MailServer _server = null!;

    public async Task InitializeAsync() => _server = await MailServer.StartAsync();

    public Task DisposeAsync()
    {
        _server.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Goes_encrypted_to_the_people_of_the_unit_and_is_named_after_its_notice()
    {
        using var catalogue = new AlertingCatalogue("leaders,,,,,mail,zh,unit,,,,,,leader duty@xilin.example");
        catalogue.WriteContacts($"{Firm},leader,分管领导1,,leader1@xilin.example", $"{Firm},reporter,填报人2,,reporter2@xilin.example",
            $"{AlertingCatalogue.Firms[1]},leader,分管领导3,,leader3@xilin.example");
        await using var service = await InProcessService.StartAsync(catalogue.Folder, null, Channels());
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        var row = await FinishedAsync(service);

        Assert.Equal(("sent", "taken for 2 of 2 recipients"), (row.State, row.Answer));
        var mail = Assert.Single(_server.Messages);
        Assert.Equal($"{row.Id}@xilin.example", mail.MessageId);
        Assert.Equal(("True", "duty@xilin.example leader1@xilin.example"), (mail.Headers["X-Test-Tls"], mail.Headers["X-Test-To"]));
        Assert.EndsWith("：1项指标预警有变化", mail.Subject, StringComparison.Ordinal);
        Assert.StartsWith("新增红色预警：", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
    }

    [Theory]
    [InlineData("unknown1@xilin.example duty@xilin.example", "sent", "taken for 1 of 2 recipients")]
    [InlineData("unknown1@xilin.example", "refused", "SMTP 550 (RecipientNotAccepted)")]
    [InlineData("leader", "refused", "no recipient: route or rule has no address, and the unit no contact with one in its roles")]
    [InlineData("later1@xilin.example", "pending", "SMTP 451 (RecipientNotAccepted)")]
    public async Task Is_refused_or_waits_as_the_server_says_and_no_answer_holds_an_address(string to, string state, string answer)
    {
        using var catalogue = new AlertingCatalogue($"leaders,,,,,mail,zh,unit,,,,,,{to}");
        catalogue.WriteContacts();
        await using var service = await InProcessService.StartAsync(catalogue.Folder, null, Channels());
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        var row = await FinishedAsync(service);
        Assert.Equal((state, answer), (row.State, row.Answer));
    }

    [Theory]
    [InlineData("wrong-password", true, "the mail server does not accept user and password")]
    [InlineData("secret-of-notices", false, "the certificate of the mail server is not accepted, or it offers no encryption")]
    public async Task Waits_where_the_server_is_not_the_one_that_is_set_up(string password, bool hasAuthority, string answer)
    {
        using var catalogue = new AlertingCatalogue("leaders,,,,,mail,zh,unit,,,,,,duty@xilin.example");
        var channels = Channels();
        channels["mail"].Password = password;
        channels["mail"].CaFile = hasAuthority ? channels["mail"].CaFile : null;
        await using var service = await InProcessService.StartAsync(catalogue.Folder, null, channels);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        var row = await FinishedAsync(service);
        Assert.Equal(("pending", answer), (row.State, row.Answer));
        Assert.Empty(_server.Messages);
    }

    [Fact]
    public async Task Of_a_reminder_goes_to_the_people_of_the_unit_whose_channel_it_is()
    {
        using var catalogue = new AlertingCatalogue();
        File.WriteAllText(
            Path.Combine(catalogue.Folder, "contacts.csv"),
            $"unit,role,name,telephone,mail,channel\n{Firm},reporter,填报人1,,reporter1@xilin.example,mail\n"
            + $"{Firm},reporter,填报人2,,reporter2@xilin.example,mail\n{Firm},reporter,填报人3,,reporter3@xilin.example,page\n"
            + $"{Firm},leader,分管领导4,,leader4@xilin.example,mail\n"
            + $"{AlertingCatalogue.Firms[1]},reporter,填报人5,,reporter5@xilin.example,mail\n");
        await using var service = await InProcessService.StartAsync(catalogue.Folder, null, Channels());
        using var body = XilinSubmissions.Body(
            $$"""{"id": "{{Guid.NewGuid()}}", "unit": "{{Firm}}", "period": "2022-07"}""");
        using var answer = await service.Client.PostAsync("/api/reminders", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await InProcessService.EventuallyAsync(() => Task.FromResult(_server.Messages.Count == 1));

        var mail = Assert.Single(_server.Messages);
        Assert.Equal("reporter1@xilin.example reporter2@xilin.example", mail.Headers["X-Test-To"]);
        Assert.Contains("2022年7月报表", mail.Subject, StringComparison.Ordinal);
        var listed = await service.Client.GetStringAsync($"/api/reminders?unit={Firm}&period=2022-07");
        Assert.DoesNotContain("reporter1", listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "the mail server asks for a user and a password, and the settings have none")]
    [InlineData(true, "CaFile of the settings cannot be read as certificates")]
    public async Task Waits_where_the_settings_are_wrong_and_the_attempt_is_recorded(bool hasUser, string answer)
    {
        using var catalogue = new AlertingCatalogue("leaders,,,,,mail,zh,unit,,,,,,duty@xilin.example");
        using var data = new TestFolder();
        var channels = Channels();
        if (hasUser)
        {
            channels["mail"].CaFile = data.In("ca.pem");
            await File.WriteAllTextAsync(
                channels["mail"].CaFile!, "-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n");
        }
        else
        {
            channels["mail"].User = null;
        }

        await using var service = await InProcessService.StartAsync(catalogue.Folder, null, channels);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        var row = await FinishedAsync(service);
        Assert.Equal(("pending", answer), (row.State, row.Answer));
    }

    private static async Task<NoticeRow> FinishedAsync(InProcessService service)
    {
        NoticeRow? row = null;
        await InProcessService.EventuallyAsync(() =>
        {
            row = service.Services.GetRequiredService<NoticeStore>().ReadNotices(long.MaxValue, 10).SingleOrDefault();
            return Task.FromResult(row?.Answer is not null);
        });
        return row!;
    }

    private Dictionary<string, ChannelSettings> Channels() => new()
    {
        ["mail"] = new()
        {
            Kind = "mail",
            Host = "localhost",
            Port = FormattableString.Invariant($"{_server.Port}"),
            CaFile = _server.CaFile,
            User = "notices",
            Password = "secret-of-notices",
            From = "notices@xilin.example",
        },
    };
}
