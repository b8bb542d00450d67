using System.Globalization;
using System.Text.Json.Nodes;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Senders;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Standalone;

/// <summary>
/// What people signed off in the sample year, each a row of the ledger after those of the submissions: the street approved the reports of
/// its villages and communities for December, returned one, which was sent again with the same figures and approved, and has one left to
/// review; and the district reopened July. No total is another one by it.
/// </summary>
internal sealed class SampleSignOff(ResultPartitions results, Ledgers ledgers, SubmissionIntake intake, TimeProvider clock)
{
    private const string ReturnReason = "企业走访数与走访台账未核对，请核对后重报";
    private const string CorrectionReason = "已与走访台账核对，数据无变化";
    private const string ReopeningReason = "有两家企业补报7月份合同，经区里同意重开";
    private static readonly TimeSpan LocalTime = TimeSpan.FromHours(8);
    private static readonly Period Reviewed = new(2022, 12);
    private static readonly Period Reopened = new(2022, 7);

    public static Task AddAsync(
        IServiceProvider services, TimeProvider clock, ServiceConsole console, CancellationToken cancellationToken) =>
        new SampleSignOff(
            services.GetRequiredService<ResultPartitions>(), services.GetRequiredService<Ledgers>(),
            services.GetRequiredService<SubmissionIntake>(), clock).AddAsync(console, cancellationToken);

    private async Task AddAsync(ServiceConsole console, CancellationToken cancellationToken)
    {
        var top = results.Top.Host.Read((cube, _) => cube.Catalogue.Units.Topmost!.Code.Value);
        var reports = results.Reviews(top, Reviewed, Caller.LocalTrusted)!.Reports.ToArray();

        // Another catalogue than the sample's may have no report reviewed.
        if (reports is [var returned, .. var approved, var waiting])
        {
            foreach (var (report, row) in approved.SelectMany(report => report.Rows.Select(row => (report, row.Sequence))))
            {
                await ReviewAsync(report, row, ReviewDecision.Approve, reason: null, cancellationToken);
            }

            var first = returned.Rows[^1].Sequence;
            await ReviewAsync(returned, first, ReviewDecision.Return, ReturnReason, cancellationToken);
            var again = await SendAsync(Again(ledgers.HomeOf(new UnitCode(returned.Unit)).Store, first), returned.Unit, cancellationToken);
            foreach (var row in returned.Rows.SkipLast(1).Select(row => row.Sequence).Append(again.Sequence))
            {
                await ReviewAsync(returned, row, ReviewDecision.Approve, reason: null, cancellationToken);
            }

            console.WriteLine(
                $"  {Reviewed.NameZh}审核：通过 {approved.Length + 1} 份，其中{returned.NameZh}退回后重报；待审 1 份（{waiting.NameZh}）。",
                $"  Reviews of {Reviewed}: {approved.Length + 1} reports approved, {returned.NameEn}'s after a return; "
                + $"{waiting.NameEn}'s waits.");
        }

        var reopening = await SendAsync(
            WireFormat.Serialize(new ReopenMonth
            {
                MonthToReopen = Reopened.ToString(),
                MessageId = Guid.NewGuid(),
                Reason = ReopeningReason,
            }), top, cancellationToken);
        console.WriteLine($"  {Reopened.NameZh}已重开：{ReopeningReason}（台账第 {reopening.Sequence} 号）。",
            $"  {Reopened} was reopened, ledger row {reopening.Sequence}.");
        while (results.Top.Host.AppliedThrough < reopening.Sequence || !results.AreSettled)
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    private async Task ReviewAsync(
        ReviewedReport report, long row, ReviewDecision decision, string? reason, CancellationToken cancellationToken) => await SendAsync(
        WireFormat.Serialize(new ReviewSubmission
        {
            RowToReview = row,
            Unit = report.Unit,
            Period = Reviewed.ToString(),
            Decision = decision,
            MessageId = Guid.NewGuid(),
            Reason = reason,
        }), report.Reviewer, cancellationToken);

    // The same figures as a revision of their own.
    private byte[] Again(LedgerStore ledger, long row)
    {
        using var connection = ledger.Open();
        var sheet = JsonNode.Parse(LedgerStore.ReadFrom(connection, row, row).Single().Body.Span)!.AsObject();
        sheet["submissionId"] = Guid.NewGuid().ToString();
        sheet["revision"] = (int)sheet["revision"]! + 1;
        sheet["submittedAt"] = clock.GetUtcNow().ToOffset(LocalTime).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        sheet["correction"] = new JsonObject { ["reason"] = CorrectionReason };
        return System.Text.Encoding.UTF8.GetBytes(sheet.ToJsonString(WireFormat.Options));
    }

    private async Task<SubmissionReceipt> SendAsync(byte[] message, string office, CancellationToken cancellationToken)
    {
        var (receipts, _) = await intake.AcceptAsync(message, SenderIdentity.OfOffice(office), cancellationToken);
        return receipts[0] is { Verdict: Verdict.Accepted } accepted
            ? accepted : throw new InvalidOperationException($"The sample's sign-off was refused: {receipts[0].Findings[0].MessageEn}");
    }
}
