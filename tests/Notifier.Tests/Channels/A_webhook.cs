using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Tests.Channels;

public sealed class A_webhook : IAsyncLifetime, IDisposable
{
    private const string Secret = "0123456789abcdef-secret";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 9, 8, 4, 0, 0, TimeSpan.Zero));
    private readonly HttpSending _http = new();
    private NoticeReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await NoticeReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Signs_time_and_body_and_names_the_notice()
    {
        var notice = Notice();
        var answer = await SendAsync(notice);

        Assert.Equal((DeliveryOutcome.Accepted, "HTTP 204"), (answer.Outcome, answer.Text));
        var request = Assert.Single(_receiver.Requests);
        Assert.Equal(notice.Id.ToString(), request.Id);
        var time = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{time}.{request.Body}"));
        Assert.Equal($"t={time},v1={Convert.ToHexStringLower(mac)}", request.Signature);
        Assert.Equal("西林街道：1项指标预警有变化", (string?)request.Json["title"]);
        Assert.Contains("西林街道", request.Body, StringComparison.Ordinal);
        Assert.Equal("[2,3]", request.Json["alerts"]![0]!["versions"]!.ToJsonString());
    }

    [Theory]
    [InlineData(200, DeliveryOutcome.Accepted)]
    [InlineData(302, DeliveryOutcome.Refused)]
    [InlineData(400, DeliveryOutcome.Refused)]
    [InlineData(401, DeliveryOutcome.Refused)]
    [InlineData(410, DeliveryOutcome.Refused)]
    [InlineData(408, DeliveryOutcome.Failed)]
    [InlineData(429, DeliveryOutcome.Failed)]
    [InlineData(500, DeliveryOutcome.Failed)]
    [InlineData(503, DeliveryOutcome.Failed)]
    internal async Task Is_told_by_the_status_whether_it_helps_to_send_again(int status, DeliveryOutcome outcome)
    {
        _receiver.Answer = async (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://127.0.0.1:9/elsewhere";
            context.Response.Headers.RetryAfter = "120";
            await context.Response.WriteAsync("no\u0007\u202Ebell");
            return status;
        };
        var answer = await SendAsync(Notice());
        Assert.Equal(outcome, answer.Outcome);
        Assert.Equal(FormattableString.Invariant($"HTTP {status}: no  bell"), answer.Text);
        Assert.Equal(outcome == DeliveryOutcome.Accepted ? null : TimeSpan.FromMinutes(2), answer.RetryAfter);
        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task That_reaches_no_one_fails_without_naming_the_address()
    {
        var answer = await new WebhookChannel("duty", Settings(new Uri("http://127.0.0.1:9/key=hidden")), _http, _clock)
            .SendAsync([Notice()], CancellationToken.None);
        Assert.Equal(DeliveryOutcome.Failed, answer.Outcome);
        Assert.DoesNotContain("hidden", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speaks_as_Alertmanager_does_where_it_is_set_to()
    {
        var settings = Settings(_receiver.Url);
        (settings.Kind, settings.Secret, settings.Token) = ("alertmanager", null, "token-of-the-receiver");
        await new WebhookChannel("duty", settings, _http, _clock).SendAsync([Notice()], CancellationToken.None);

        var request = Assert.Single(_receiver.Requests);
        Assert.Equal(("Bearer token-of-the-receiver", ""), (request.Authorization, request.Signature));
        Assert.Equal(
            ["version", "groupKey", "truncatedAlerts", "status", "receiver", "groupLabels", "commonLabels", "commonAnnotations",
                "externalURL", "alerts"],
            request.Json.AsObject().Select(field => field.Key));
        Assert.Equal(("4", "firing", "duty"),
            ((string?)request.Json["version"], (string?)request.Json["status"], (string?)request.Json["receiver"]));
        var alert = request.Json["alerts"]![0]!.AsObject();
        Assert.Equal(
            ["status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"], alert.Select(field => field.Key));
        Assert.Equal(("firing", "2026-06-01T00:00:00+08:00", "0001-01-01T00:00:00Z"),
            ((string?)alert["status"], (string?)alert["startsAt"], (string?)alert["endsAt"]));
        Assert.Equal("320404007000", (string?)alert["labels"]!["unit"]);
    }

    [Fact]
    public async Task Tells_Alertmanagers_receivers_when_an_alert_is_over()
    {
        var settings = Settings(_receiver.Url);
        settings.Kind = "alertmanager";
        var cleared = Notice();
        cleared = cleared with { Alerts = [cleared.Alerts[0] with { Status = "cleared", Colour = TargetColour.Green }] };
        await new WebhookChannel("duty", settings, _http, _clock).SendAsync([cleared], CancellationToken.None);

        JsonNode json = Assert.Single(_receiver.Requests).Json;
        Assert.Equal("resolved", (string?)json["status"]);
        Assert.Equal("2026-09-08T03:00:00.000Z", (string?)json["alerts"]![0]!["endsAt"]);
    }

    [Fact]
    public void Waits_longer_after_each_failure_and_as_long_as_it_is_asked_to()
    {
        var delays = Enumerable.Range(1, 40).Select(attempts => RetryDelay.After(attempts, null, 0.5)).ToList();
        Assert.Equal(TimeSpan.FromSeconds(2), delays[0]);
        Assert.Equal(delays.Order(), delays);
        Assert.Equal(TimeSpan.FromMinutes(10), delays[^1]);
        Assert.Equal(TimeSpan.FromMinutes(2), RetryDelay.After(1, TimeSpan.FromMinutes(2), 0));
        Assert.Equal(TimeSpan.FromHours(1), RetryDelay.After(1, TimeSpan.FromDays(100), 0));
    }

    private Task<DeliveryAnswer> SendAsync(NoticeContent notice) =>
        new WebhookChannel("duty", Settings(_receiver.Url), _http, _clock).SendAsync([notice], CancellationToken.None);

    private static ChannelSettings Settings(Uri url) => new() { Kind = "webhook", Url = url.ToString(), Secret = Secret };

    private static NoticeContent Notice() => new()
    {
        Id = Guid.NewGuid(),
        Route = "leaders",
        Group = "",
        Reason = "changed",
        Language = "zh",
        CreatedAt = new DateTimeOffset(2026, 9, 8, 4, 0, 0, TimeSpan.Zero),
        Title = "西林街道：1项指标预警有变化",
        Text = "新增红色预警：下降3.2%。",
        Alerts =
        [
            new NoticedAlert
            {
                Status = "raised",
                Unit = "320404007000",
                UnitName = "西林街道",
                Indicator = "RETAIL_SALES",
                IndicatorName = "社零",
                Year = 2026,
                Period = "2026-07",
                Colour = TargetColour.Red,
                PreviousColour = TargetColour.Green,
                Since = "2026-06",
                Target = 8,
                ReasonText = "下降3.2%。",
                Versions = [2, 3],
                PublishedAt = new DateTimeOffset(2026, 9, 8, 3, 0, 0, TimeSpan.Zero),
            },
        ],
    };
}
