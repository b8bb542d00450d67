using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Admin.Partitions;
using XilinIngest.Aggregator;
using XilinIngest.Contracts;
using XilinIngest.Storage;
using XilinIngest.TestLedgers;
using XilinIngest.Worker.Ledger;
using static XilinIngest.TestFixtures.MonthMessages;
using static XilinIngest.TestFixtures.ReviewMessages;
using static XilinIngest.TestFixtures.SmallCatalogueSubmissions;
using static XilinIngest.TestFixtures.TestSubmissions;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Admin.Tests.Partitions;

public sealed class A_ledger_that_is_split : IDisposable
{
    private const string Wuxing = "320404001000";
    private const string Village2 = "320404007202";
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-partition-").FullName;
    private readonly FakeTimeProvider _clock = new(Now);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Has_its_rows_in_the_ledgers_of_their_units_with_time_sender_and_verdict_and_goes_back_to_one()
    {
        var before = await FillAsync();
        using var three = Catalogue(District, Street, FirstVillage);
        var run = (await PartitionAsync("--catalogue", three.Path)).AssertSucceeded();
        Assert.Contains("✓ Switched.", run.Output, StringComparison.Ordinal);
        var kept = Assert.Single(Directory.EnumerateDirectories(_folder, "before-partition-*"));
        Assert.True(File.Exists(Path.Combine(kept, "ledger.db")));

        await using (var split = await StartInAsync(_folder, _clock, District, Street, FirstVillage))
        {
            Assert.Empty(split.Verify());
            Assert.Equal(
                before.Where(row => !row.IsRequest).Select(Key).Order(StringComparer.Ordinal),
                split.Ledgers.All.SelectMany(ledger => split.Rows(ledger.Partition.Path)).Where(row => !row.IsRequest).Select(Key)
                    .Order(StringComparer.Ordinal));
            Assert.All(split.Ledgers.All, ledger =>
                Assert.Equal(2, split.Rows(ledger.Partition.Path).Count(row => row.ToMonthChange() is not null)));
            var review = split.Rows(Street).Single(row => row.ToReview() is not null).ToReview()!;
            Assert.Equal(Village2, split.Rows(Street).Single(row => row.Sequence == review.Row).Unit);
            var accepted = await split.SendAsync(
                NewSubmission(Village, "2022-07", Petitions(5)).Set("revision", 9),
                NewSubmission(Wuxing, "2022-07", Petitions(5)).Set("revision", 9));
            Assert.All(accepted, receipt => Assert.Equal(Verdict.Accepted, receipt.Verdict));
        }

        Directory.Delete(kept, recursive: true);
        using var whole = Catalogue();
        (await PartitionAsync("--catalogue", whole.Path, "--from", three.Path)).AssertSucceeded();
        await using var one = await StartInAsync(_folder, _clock);
        Assert.Empty(one.Verify());
        Assert.Equal(before.Count + 2, one.Rows("").Count);
        Assert.Equal(before.Select(Key).Order(StringComparer.Ordinal),
            one.Rows("").Where(row => row.Revision != 9).Select(Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Knows_what_is_sent_again_under_an_id_that_another_unit_had_used_first()
    {
        var (first, second) = (Guid.NewGuid().ToString(), "00000000-0000-4000-8000-000000000001");
        JsonObject[] messages =
        [
            NewSubmission(Village, "2022-07", Petitions(3)).Set("submissionId", first),
            NewSubmission(Wuxing, "2022-07", Petitions(4)).Set("submissionId", first),
            NewSubmission(Village2, "2022-07", Petitions(5)).Set("submissionId", second),

            // Of the same revision and time: the greater id wins, which is that of the content.
            NewSubmission(Wuxing, "2022-06", Petitions(7)).Set("submissionId", "00000000-0000-4000-8000-000000000002").Corrected(),
            NewSubmission(Wuxing, "2022-06", Petitions(6)).Set("submissionId", second).Corrected(),
            Closing("2022-07").Set("messageId", second),
        ];
        var verdicts = new List<Verdict>();
        await using (var one = await StartInAsync(_folder, _clock))
        {
            foreach (var message in messages)
            {
                verdicts.Add((await one.SendAsync(message.DeepClone().AsObject()))[0].Verdict);
            }

            Assert.Equal(messages.Length, one.Rows("").Count);
        }

        using var two = Catalogue(District, Street);
        (await PartitionAsync("--catalogue", two.Path)).AssertSucceeded();
        await using var split = await StartInAsync(_folder, _clock, District, Street);
        var rows = split.Ledgers.All.Sum(ledger => split.Rows(ledger.Partition.Path).Count);
        Assert.Equal(messages.Length + 1, rows);
        foreach (var (message, verdict) in messages.Zip(verdicts).Where(each => (string?)each.First["period"] != "2022-06"))
        {
            Assert.Equal(verdict, Assert.Single(await split.SendAsync(message.DeepClone().AsObject())).Verdict);
        }

        Assert.Equal(rows, split.Ledgers.All.Sum(ledger => split.Rows(ledger.Partition.Path).Count));
        Assert.Empty(split.Verify());
    }

    [Fact]
    public async Task Goes_back_to_one_where_a_month_was_closed_with_an_id_that_a_report_of_one_partition_had()
    {
        var taken = Guid.NewGuid().ToString();
        var close = Closing("2022-07").Set("messageId", taken);
        await using (var split = await StartInAsync(_folder, _clock, District, Street))
        {
            Assert.Equal(Verdict.Accepted,
                (await split.SendAsync(NewSubmission(Village, "2022-07", Petitions(5)).Set("submissionId", taken)))[0].Verdict);
            Assert.Equal(Verdict.Accepted, (await split.SendAsync(close.DeepClone().AsObject()))[0].Verdict);
            Assert.Equal(Verdict.Accepted, (await split.SendAsync(Reopening("2022-07")))[0].Verdict);
        }

        using var two = Catalogue(District, Street);
        using var whole = Catalogue();
        (await PartitionAsync("--catalogue", whole.Path, "--from", two.Path)).AssertSucceeded();
        await using var one = await StartInAsync(_folder, _clock);
        Assert.Empty(one.Verify());
        Assert.Equal(3, one.Rows("").Count);
    }

    [Fact]
    public async Task Is_left_as_it_is_where_its_log_has_a_fault()
    {
        await FillAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "ledger.db")}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE ledger_entry SET sender = 'x' WHERE sequence = 2";
            await command.ExecuteNonQueryAsync();
        }

        SqliteConnection.ClearAllPools();
        using var two = Catalogue(District, Street);
        var run = await PartitionAsync("--catalogue", two.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nothing was switched", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, $"ledger-{Street}.db")));
        Assert.True(File.Exists(Path.Combine(_folder, "ledger.db")));
    }

    [Fact]
    public async Task Refuses_the_start_of_a_service_until_an_interrupted_switch_is_finished()
    {
        var before = await FillAsync();
        using var two = Catalogue(District, Street);
        (await PartitionAsync("--catalogue", two.Path)).AssertSucceeded();

        // As it is after the former file was renamed and one of the new ones has its place.
        var kept = Directory.EnumerateDirectories(_folder, "before-partition-*").Single();
        var staging = Directory.CreateDirectory(Path.Combine(_folder, LedgerSplitCheck.StagingFolder)).FullName;
        File.Move(Path.Combine(_folder, $"ledger-{Street}.db"), Path.Combine(staging, $"ledger-{Street}.db"));
        new SwitchMark(kept, [Path.Combine(_folder, "ledger.db")], [District, Street]).Write(LedgerSplitCheck.MarkerIn(staging));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartInAsync(_folder, _clock, District, Street));
        Assert.Contains("Run it again", refused.Message, StringComparison.Ordinal);

        // Neither another file nor a mark that a fault of the disk has cut makes anything of it.
        using var three = Catalogue(District, Street, FirstVillage);
        AssertRefused(await PartitionAsync("--catalogue", three.Path), $"made for another partitions.csv ({District}, {Street})");
        var mark = await File.ReadAllTextAsync(LedgerSplitCheck.MarkerIn(staging));
        await File.WriteAllTextAsync(LedgerSplitCheck.MarkerIn(staging), mark[..^9]);
        AssertRefused(await PartitionAsync("--catalogue", two.Path), "is damaged");
        await File.WriteAllTextAsync(LedgerSplitCheck.MarkerIn(staging), mark);
        (await PartitionAsync("--catalogue", two.Path)).AssertSucceeded();
        await using var split = await StartInAsync(_folder, _clock, District, Street);
        Assert.Empty(split.Verify());
        Assert.Equal(before.Count + 2, split.Ledgers.All.Sum(ledger => split.Rows(ledger.Partition.Path).Count));
    }

    [Fact]
    public async Task Is_copied_anew_where_the_mark_of_the_copies_is_cut_and_none_of_them_was_renamed()
    {
        await FillAsync();
        var cube = new Database(Path.Combine(_folder, "cube.db"));
        AggregatorRegistration.Migrate(cube, NullLogger.Instance);
        foreach (var unit in new[] { "320404007000", Wuxing })
        {
            using var connection = cube.Open();
            connection.Execute(
                "INSERT INTO report_text VALUES (202207, @unit, 'ranks', 'zh', 1, '编辑过的文字', '', '', 'a', "
                + "'2022-08-05T00:00:00.0000000+00:00')",
                new { unit });
        }

        var staging = Directory.CreateDirectory(Path.Combine(_folder, LedgerSplitCheck.StagingFolder)).FullName;
        await File.WriteAllTextAsync(Path.Combine(staging, $"ledger-{District}.db"), "");
        await File.WriteAllTextAsync(Path.Combine(staging, $"ledger-{Street}.db"), "");
        await File.WriteAllTextAsync(LedgerSplitCheck.MarkerIn(staging), "");
        using var two = Catalogue(District, Street);
        var run = (await PartitionAsync("--catalogue", two.Path)).AssertSucceeded().Output;
        Assert.Contains("rows written", run, StringComparison.Ordinal);
        Assert.Contains("2 versions of edited texts of reports are taken over", run, StringComparison.Ordinal);
        Assert.Contains("What begins anew: the versions of totals and rankings", run, StringComparison.Ordinal);
        foreach (var (path, unit) in new[] { (District, Wuxing), (Street, "320404007000") })
        {
            using var connection = new Database(Path.Combine(_folder, $"cube-{path}.db")).Open();
            Assert.Equal(unit, connection.QuerySingle<string>("SELECT unit FROM report_text WHERE edited_text = '编辑过的文字'"));
        }
    }

    private static void AssertRefused(ProgramResult run, string reason)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<LedgerEntry>> FillAsync()
    {
        await using var one = await StartInAsync(_folder, _clock);
        foreach (var unit in new[] { Village, Village2, Wuxing, "320404999999", Village })
        {
            await one.SendAsync(NewSubmission(unit, "2022-07", Petitions(3)).Set("revision", one.Rows("").Count + 1));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await one.SendAsync(NewSubmission(Firm, "2022-07", Sales(7)));
        await one.SendAsync(Closing("2022-07"));
        await one.SendAsync(NewSubmission(Village2, "2022-07", Petitions(4)).Set("revision", 8));
        await one.SendAsync(Reopening("2022-07"));
        await one.SendAsync(Returning(2, Village2, "2022-07"));
        Assert.Empty(one.Verify());
        return one.Rows("");
    }

    private Task<ProgramResult> PartitionAsync(params string[] arguments) =>
        AdminProgram.RunAdminAsync(["partition", "--data", _folder, "--lang", "en", .. arguments]);

    private static CatalogueFolder Catalogue(params string[] partitions)
    {
        var folder = ReviewedCatalogue();
        return partitions.Length == 0 ? folder
            : folder.Write("partitions.csv", "path,connection\n" + string.Concat(partitions.Select(path => $"{path},\n")));
    }

    private static string Key(LedgerEntry row) =>
        $"{row.SubmissionId} {row.Unit} {row.Revision} {row.Verdict} {row.ReceivedAt} {row.Sender} {row.Findings.Length}";
}
