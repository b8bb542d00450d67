using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Reading;
using XilinIngest.Submissions.Senders;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Tests.Submissions;

#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class An_office_that_sends_too_much : IAsyncLifetime
#pragma warning restore CA1001
{
    private const long Quota = 1024 * 1024;
    private readonly LedgerFixture _ledger = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddInMemoryBus().BuildServiceProvider();
    private PartitionLedger _running = null!;
    private SubmissionIntake _intake = null!;

    public async Task InitializeAsync()
    {
        await _services.GetRequiredService<IBusControl>().StartAsync();
        _running = _ledger.Run(_services.GetRequiredService<MessagePublisher>());
        await _running.Writer.StartAsync(CancellationToken.None);
        _intake = new SubmissionIntake(
            _ledger.Catalogues, new Ledgers(_ledger.Catalogues, [_running]),
            new IntakeQuota(new IntakeOptions { BytesPerHour = Quota }, _ledger.Clock), _ledger.Clock, new LogThrottle(),
            NullLogger<SubmissionIntake>.Instance);
    }

    public async Task DisposeAsync()
    {
        await _running.Writer.StopAsync(CancellationToken.None);
        _running.Dispose();
        await _services.DisposeAsync();
        _ledger.Dispose();
    }

    /// <summary>
    /// Five hundred sheets, each with two hundred values of indicators that no one knows: twenty times as many bytes of findings.
    /// </summary>
    [Fact]
    public async Task Has_no_more_findings_stored_with_a_pack_than_it_sent()
    {
        var values = new string[SubmissionReader.MaxValues].Select((_, i) => $$"""{"indicator":"NONE_{{i}}","value":1}""");
        var sheets = Enumerable.Range(0, 100)
            .Select(i => $$"""{"submissionId":"{{Guid.NewGuid()}}","unit":"{{Village}}","period":"2022-07","revision":"""
                + $$"""1,"submittedAt":"2022-08-01T00:00:00Z","values":[{{string.Join(',', values)}}]}""");
        var body = Encoding.UTF8.GetBytes($$"""{"submissions":[{{string.Join(',', sheets)}}]}""");

        var (receipts, _) = await _intake.AcceptAsync(body, SenderIdentity.Local, CancellationToken.None);

        Assert.All(receipts, receipt =>
        {
            Assert.Equal(Verdict.Refused, receipt.Verdict);
            Assert.Equal("F112", receipt.Findings[^1].Rule);
            Assert.Matches("^[0-9]+ more faults are not listed", receipt.Findings[^1].MessageEn);
        });
        var stored = _ledger.Rows().Sum(row => (long)row.Findings.Length);
        Assert.True(stored < 2L * body.Length, $"{stored} bytes of findings for {body.Length} sent");
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public async Task Is_told_all_faults_of_an_ordinary_sheet()
    {
        var values = Enumerable.Range(0, 40).Select(i => $$"""{"indicator":"NONE_{{i}}","value":1}""");
        var body = Encoding.UTF8.GetBytes(
            $$"""{"submissionId":"{{Guid.NewGuid()}}","unit":"{{Village}}","period":"2022-07","revision":1,"submittedAt":"2022-08-01T00:"""
                + $$"""00:00Z","values":[{{string.Join(',', values)}}]}""");

        var (receipts, _) = await _intake.AcceptAsync(body, SenderIdentity.Local, CancellationToken.None);

        Assert.Equal(40,
            receipts[0].Findings.Count(finding => finding.Indicator is not null
                || finding.MessageEn.Contains("NONE_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Is_refused_by_a_receipt_that_says_so_and_may_send_the_same_again_in_the_next_hour()
    {
        var office = SenderIdentityFactory.From(new DeliveryInfo { Sender = Village, Exchange = Exchanges.Intake, RoutingKey = Village });
        await FillAsync(office);
        var sheet = ValidSubmission().Set("revision", 77).Bytes();

        var refused = Assert.Single((await _intake.AcceptAsync(sheet, office, CancellationToken.None)).Receipts);

        Assert.Equal((Verdict.Refused, "F503"), (refused.Verdict, Assert.Single(refused.Findings).Rule));
        Assert.True(_ledger.Rows()[^1].Body.Length < 200);
        Assert.Equal(Verdict.Accepted,
            Assert.Single(
                (await _intake.AcceptAsync(ValidSubmission().Set("revision", 78).Bytes(), SenderIdentity.Local,
                    CancellationToken.None)).Receipts).Verdict);

        _ledger.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotEqual("F503",
            Assert.Single((await _intake.AcceptAsync(sheet, office, CancellationToken.None)).Receipts).Findings.Select(
                finding => finding.Rule).FirstOrDefault());
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public async Task Is_put_aside_once_even_the_refusals_are_too_many()
    {
        var office = SenderIdentityFactory.From(new DeliveryInfo { Sender = Village, Exchange = Exchanges.Intake, RoutingKey = Village });
        await FillAsync(office);
        var rows = 0;
        var error = await Record.ExceptionAsync(async () =>
        {
            for (; rows < 1000; rows++)
            {
                await _intake.AcceptAsync(ValidSubmission().Set("revision", rows + 1).Bytes(), office, CancellationToken.None);
            }
        });

        Assert.IsType<UnreadableBodyException>(error);
        Assert.InRange(rows, 1, 300);
    }

    [Fact]
    public async Task Is_told_at_once_over_HTTP_and_leaves_no_row()
    {
        var office = SenderIdentityFactory.From(new Caller { Name = "office", Rights = Rights.Enter, Units = [Village] });
        await FillAsync(office);
        var rows = _ledger.Rows().Count;

        var refusal =
            await Assert.ThrowsAsync<QuotaExceededException>(
                () => _intake.AcceptAsync(ValidSubmission().Bytes(), office, CancellationToken.None));

        Assert.InRange(refusal.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.Contains("一小时内", refusal.Told, StringComparison.Ordinal);
        Assert.Equal(rows, _ledger.Rows().Count);
    }

    private async Task FillAsync(SenderIdentity office)
    {
        // Nine of 120,000 characters are more than a mebibyte.
        for (var i = 0; i < 9; i++)
        {
            var sheet = JsonSerializer.SerializeToUtf8Bytes(
                new { submissionId = Guid.NewGuid(), unit = Village, period = "2022-07", filler = new string('x', 120_000) });
            await _intake.AcceptAsync(sheet, office, CancellationToken.None);
        }
    }
}
