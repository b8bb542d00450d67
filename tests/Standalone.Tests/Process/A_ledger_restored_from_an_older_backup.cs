using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace XilinIngest.Standalone.Tests;

/// <summary>Two submissions, a backup of ledger.db, three more; then the disk fails and the backup is all there is.</summary>
public sealed class A_ledger_restored_from_an_older_backup : IAsyncLifetime, IDisposable
{
    private readonly TestFolder _data = new();

    public async Task InitializeAsync()
    {
        await using (var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data))
        {
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(3)));
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(1_000)));
        }

        SqliteConnection.ClearAllPools();
        File.Copy(_data.In("ledger.db"), _data.In("backup.db"));
        await using (var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data))
        {
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(99)).Set("revision", 5));
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-06", XilinSubmissions.Visits(7)).Set("correction", Reason));
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(1_200)).Set("revision", 2));
        }

        // As an engineer does it: the old file in its place, and nothing left of the new one.
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(_data.Path, "ledger.db*"))
        {
            File.Delete(file);
        }

        File.Copy(_data.In("backup.db"), _data.In("ledger.db"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Is_noticed_and_said_and_what_it_takes_from_then_on_counts()
    {
        await using (var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data))
        {
            // A revision below the lost one: it would never count beside what the ledger does not have any more.
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(4)).Set("revision", 2));
            await InProcessService.EventuallyAsync(async () => (await VisitsAsync(service)).Month == 4);
            Assert.Null((await VisitsAsync(service, "2022-06")).Month);
            Assert.Equal(1_000,
                (decimal)(await service.GetAsync($"/api/totals?unit={XilinSubmissions.Wuxing}&period=2022-07")).AsArray()
                    .Single()!["month"]!);

            var health = await service.GetAsync("/health/ready");
            Assert.Equal("Degraded", (string?)health["checks"]!["cube"]!["status"]);
            var words = (string)health["checks"]!["cube"]!["description"]!;
            Assert.StartsWith(
                "The ledger is not the one that the results were made from: rows up to 5 are missing in it or differ. The "
                + "results were rebuilt", words, StringComparison.Ordinal);
            Assert.EndsWith("Applied through ledger row 3.", words, StringComparison.Ordinal);

            // The versions published before stay on record.
            var versions =
                (await service.GetAsync(
                    $"/api/totals/versions?unit={XilinSubmissions.Dongdai}&indicator=ENTERPRISE_VISITS&period=2022-07")).AsArray();
            Assert.Contains(versions, version => (decimal?)version!["totals"]![0]!["month"] == 99);
        }

        await VerifiedAsync(0, "✓ Verified.");
        await using (var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data))
        {
            await service.WaitUntilAppliedAsync(3);
            Assert.Equal("Healthy", (string?)(await service.GetAsync("/health/ready"))["status"]);
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(6)).Set("revision", 3));
            await InProcessService.EventuallyAsync(async () => (await VisitsAsync(service)).Month == 6);
        }

        await VerifiedAsync(0, "✓ Verified.");
    }

    [Fact]
    public async Task Is_noticed_where_it_has_as_many_rows_again_or_more()
    {
        // Taken by a service that had no cube: this one has not seen the new rows come.
        File.Move(_data.In("cube.db"), _data.In("away.db"));
        await using (var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data))
        {
            for (var revision = 2; revision <= 4; revision++)
            {
                await service.SubmitAndApplyAsync(
                    TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(10 + revision))
                    .Set("revision", revision));
                await service.SubmitAndApplyAsync(
                    TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(1_000 + revision))
                    .Set("revision", revision));
            }
        }

        SqliteConnection.ClearAllPools();
        Array.ForEach(Directory.GetFiles(_data.Path, "cube.db*"), File.Delete);
        File.Move(_data.In("away.db"), _data.In("cube.db"));
        await VerifiedAsync(1, "row 5 of the ledger is not the one that they hold");
        await using (var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data))
        {
            await service.WaitUntilAppliedAsync(8);
            Assert.Equal(14, (await VisitsAsync(service)).Month);
        }

        await VerifiedAsync(0, "✓ Verified.");
    }

    [Theory]
    [InlineData("zh", "结果已计入第 5 号，台账只到第 2 号。若 {0} 是从备份恢复的，请停止服务，换回更新的那一份；没有更新的，启动服务即可")]
    [InlineData("en",
        "they hold row 5, and the ledger ends at row 2. If {0} was restored from a backup, stop the service and put the newer one back; "
        + "if there is none, start the service")]
    public async Task Is_named_by_verify_with_what_to_do(string language, string words) =>
        await VerifiedAsync(1, string.Format(System.Globalization.CultureInfo.InvariantCulture, words, _data.In("ledger.db")), language);

    private async Task VerifiedAsync(int exit, string words, string language = "en")
    {
        using var verify =
            new StandaloneProcess("verify", "--data", _data.Path, "--catalogue", RepositoryFiles.Catalogue, "--lang", language);
        Assert.True(await verify.ExitAsync() == exit, verify.Output + verify.Errors);
        Assert.Contains(words, verify.Output, StringComparison.Ordinal);
    }

    private static async Task<(decimal? Month, long? Version)> VisitsAsync(InProcessService service, string period = "2022-07")
    {
        var total = (await service.GetAsync($"/api/totals?unit={XilinSubmissions.Dongdai}&period={period}")).AsArray()
            .SingleOrDefault(total => (string?)total!["indicator"] == "ENTERPRISE_VISITS");
        return ((decimal?)total?["month"], (long?)total?["version"]);
    }

    private static JsonObject Reason => new() { ["reason"] = "补报以前月份的数据" };
}
