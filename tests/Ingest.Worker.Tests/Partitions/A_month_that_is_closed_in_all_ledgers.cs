using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using XilinIngest.Contracts;
using XilinIngest.Submissions.Senders;
using XilinIngest.Worker.Ledger;
using static XilinIngest.TestFixtures.MonthMessages;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Worker.Tests.Partitions;

/// <summary>It is 5 August 2022: July is open. The district, its street and a village of it have ledgers of their own.</summary>
public sealed class A_month_that_is_closed_in_all_ledgers : IDisposable
{
    private const string Village2 = "320404007202";
    private const string Wuxing = "320404001000";
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-months-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Takes_no_report_of_any_partition_after_its_receipt_and_all_of_them_once_it_is_reopened()
    {
        await using var three = await StartAsync();
        Assert.Equal("accepted; accepted", Texts(await three.SendAsync(Report(Village), Report(Wuxing))));
        var close = Closing("2022-07");
        Assert.Equal("accepted F704", Texts(await three.SendAsync(Copy(close))));
        Assert.Equal("refused F206; refused F206; refused F206",
            Texts(await three.SendAsync(Report(Village, 2), Report(Village2, 2), Report(Wuxing, 2))));
        Assert.Equal("accepted F603", Texts(await three.SendAsync(Report(Village, 2).Corrected())));
        Assert.Equal("refused F701", Texts(await three.SendAsync(Closing("2022-07"))));
        var receipt = Assert.Single(await three.SendAsync(Copy(close)));
        Assert.Equal((District, 2L), (receipt.Partition, receipt.Sequence));
        Assert.Equal("accepted", Texts(await three.SendAsync(Reopening("2022-07"))));
        Assert.Equal("accepted F603; accepted; accepted F603",
            Texts(await three.SendAsync(Report(Village, 3), Report(Village2, 3), Report(Wuxing, 3))));
        Assert.Empty(three.Verify());
        Assert.All(
            three.Ledgers.All, ledger => Assert.Equal(2, three.Rows(ledger.Partition.Path).Count(row => row.ToMonthChange() is not null)));
        Assert.Single(
            three.Ledgers.All.Select(ledger => string.Join(' ', three.Rows(ledger.Partition.Path).Where(row => row.IsRequest)
                .Select(row => (row.SubmissionId, row.ReceivedAt, row.Sender)))).Distinct());
    }

    [Fact]
    public async Task Names_the_units_of_all_partitions_that_are_missing_and_is_refused_in_one_ledger_alone()
    {
        await using var three = await StartAsync();
        var finding = Assert.Single(Assert.Single(await three.SendAsync(Closing("2022-07", reason: null))).Findings);
        Assert.Equal("F703", finding.Rule);
        Assert.Contains("尚有 4 个单位未报齐：五星街道、一村、二村、企业1", finding.MessageZh, StringComparison.Ordinal);
        Assert.Equal([1, 0, 0], three.Ledgers.All.Select(ledger => three.Rows(ledger.Partition.Path).Count));
        var check = Assert.Single(three.Intake.DryRun(Closing("2022-07", reason: null).Bytes(), SenderIdentity.Local).Checks);
        Assert.Contains("尚有 4 个单位未报齐：五星街道、一村、二村、企业1", Assert.Single(check.Findings).MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_lacking_in_no_ledger_that_has_it_under_another_id_because_a_report_had_its_own()
    {
        await using var three = await StartAsync();
        var report = Report(Village);
        Assert.Equal("accepted", Texts(await three.SendAsync(Copy(report))));
        var close = Closing("2022-07").Set("messageId", (string)report["submissionId"]!);
        Assert.Equal("accepted F704", Texts(await three.SendAsync(Copy(close))));
        var requests = MonthsOfAllLedgers.ReadMonthRequests(three.Of(District).Store);
        Assert.All(three.Ledgers.All, ledger => Assert.Empty(MonthsOfAllLedgers.FindLacking(ledger.Store, requests)));

        // The same words once more are another request, which the others lack until they have taken it over.
        List<LedgerEntry> twice = [.. requests, requests[0] with { SubmissionId = Guid.NewGuid() }];
        Assert.All(three.Ledgers.All, ledger => Assert.Single(MonthsOfAllLedgers.FindLacking(ledger.Store, twice)));
    }

    [Fact]
    public async Task Is_completed_by_the_same_request_or_by_a_start_where_it_was_interrupted()
    {
        var close = Closing("2022-07");
        await using (var three = await StartAsync())
        {
            // As a crash after the first commit leaves it.
            await three.Of(District).AppendAsync([three.Prepare(close)], CancellationToken.None);
            Assert.Equal("accepted", Texts(await three.SendAsync(Report(Village))));
            Assert.Equal("accepted F704", Texts(await three.SendAsync(Copy(close))));
            Assert.Equal("refused F206", Texts(await three.SendAsync(Report(Village2))));
            await three.Of(District).AppendAsync([three.Prepare(Reopening("2022-07"))], CancellationToken.None);
            Assert.Equal("refused F206", Texts(await three.SendAsync(Report(Village2))));
        }

        await using var again = await StartAsync();
        await UntilAsync(() => again.Rows(Street).Count(row => row.ToMonthChange() is not null) == 2);
        Assert.Equal("accepted", Texts(await again.SendAsync(Report(Village2))));
        Assert.Empty(again.Verify());
    }

    [Fact]
    public async Task Is_recorded_nowhere_while_a_ledger_cannot_say_who_is_missing()
    {
        await using var three = await StartAsync();
        Rename(three, "ledger_effective_month", "away");
        await Assert.ThrowsAnyAsync<Exception>(() => three.SendAsync(Closing("2022-07")));
        Assert.Empty(three.Rows(District));
        Rename(three, "away", "ledger_effective_month");
        Assert.Equal("accepted F704", Texts(await three.SendAsync(Closing("2022-07"))));
        Assert.Single(three.Rows(Street));

        static void Rename(TestLedgers.PartitionedLedgers three, string from, string to)
        {
            using var connection = three.Of(Street).Store.Open();
            connection.Execute($"ALTER TABLE {from} RENAME TO {to}");
        }
    }

    [Fact]
    public async Task Is_asked_for_by_several_at_once_in_one_order_for_all_ledgers()
    {
        await using var three = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            three.SendAsync(i % 2 == 0 ? Closing("2022-07") : Reopening("2022-07")))));
        var orders = three.Ledgers.All.Select(ledger => string.Join(' ',
            three.Rows(ledger.Partition.Path).Where(row => row.ToMonthChange() is not null).Select(row => row.SubmissionId)));
        Assert.Single(orders.Distinct());
        Assert.Empty(three.Verify());
    }

    private Task<TestLedgers.PartitionedLedgers> StartAsync() => StartInAsync(_folder, null, District, Street, FirstVillage);

    private static JsonObject Report(string unit, int revision = 1) =>
        NewSubmission(unit, "2022-07", Petitions(3)).Set("revision", revision);

    private static JsonObject Copy(JsonObject message) => message.DeepClone().AsObject();

    private static string Texts(IEnumerable<SubmissionReceipt> receipts) => string.Join("; ", receipts.Select(receipt =>
        string.Join(' ', receipt.Findings.Select(finding => finding.Rule).Prepend(receipt.Verdict.ToWireName()))));

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 1_500 && !holds(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(holds());
    }
}
