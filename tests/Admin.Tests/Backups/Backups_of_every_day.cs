using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Admin.Tests.Doctor;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Backups;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Tests.Backups;

public sealed class Backups_of_every_day
{
    [Theory]
    [InlineData("2026-11-30T09:00:00+08:00", "2026-11-30T12:30:00+08:00")]
    [InlineData("2026-11-30T12:30:01+08:00", "2026-12-01T12:30:00+08:00")]
    [InlineData("2026-11-29T23:30:00Z", "2026-11-30T12:30:00+08:00")]
    public void Are_due_at_the_first_time_of_the_plan_after_the_last(string last, string due) => Assert.Equal(
        Time(due), new BackupPlan("/backup", new(12, 30)).DueAfter(Time(last)));

    [Fact]
    public void Are_due_at_once_where_none_was_made() => Assert.Null(new BackupPlan("/backup", new(12, 30)).DueAfter(null));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void Are_kept_for_days_then_for_months_and_the_newest_always()
    {
        var newest = new DateTimeOffset(2026, 11, 30, 4, 30, 0, TimeSpan.Zero);
        List<DateTimeOffset> made = [.. Enumerable.Range(0, 800).Select(day => newest.AddDays(-day)), newest.AddHours(-2)];

        var kept = made.Except(new BackupRetention(Daily: 30, Monthly: 12).FindExpired(made)).Order().ToList();

        // The newest of thirty days, and of the eleven earlier months.
        Assert.Equal(41, kept.Count);
        Assert.Equal(newest, kept[^1]);
        Assert.DoesNotContain(newest.AddHours(-2), kept);
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 4, 30, 0, TimeSpan.Zero), kept[0]);
        Assert.Equal([newest.AddHours(-2)], new BackupRetention(0, 0).FindExpired([newest, newest.AddHours(-2)]));
    }

    [Fact]
    public void Are_not_deleted_in_favour_of_one_that_a_wrong_clock_dated_into_the_future()
    {
        using var folder = new TestFolder();
        foreach (var name in new[] { "20260101-043000", "20261130-043000", "20300101-043000" })
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, name));
            File.WriteAllText(Path.Combine(folder.Path, name, BackupFolders.ManifestFile), "{}");
        }

        Assert.Equal(1, new BackupFolders(folder.Path).DeleteExpired(new BackupRetention(1, 0), Time("2026-11-30T12:30:01+08:00")));

        Assert.Equal(["20261130-043000", "20300101-043000"],
            Directory.GetDirectories(folder.Path).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task Are_made_by_the_service_and_one_that_fails_is_told_in_health_until_one_succeeds()
    {
        await using var installation = await CheckedInstallation.CreateAsync();
        using var backups = new TestFolder();
        var (clock, fault) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), new BackupFault());
        var cube = new Database(installation.In("cube.db"));
        using var daily = new DailyBackup(
            new(backups.Path, new(12, 30)), () => new BackupSource
            {
                Results = [cube],
                Ledgers = [(Partition.WholeTree, new Database(installation.In("ledger.db")))],
                KeyPath = installation.In("ledger-key.pem"),
                CatalogueFolder = installation.Catalogue.Path,
            },
            fault, clock, NullLogger<DailyBackup>.Instance);
        var health = new BackupHealth(installation.In("ledger-key.pem"), clock, fault);

        File.Move(installation.In("ledger-key.pem"), installation.In("key-elsewhere"));
        Assert.False(await daily.TryRunAsync(CancellationToken.None));
        var told = (await health.CheckHealthAsync(new())).Description!;
        Assert.Contains("The backup failed and is tried again every hour", told, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(backups.Path));

        File.Move(installation.In("key-elsewhere"), installation.In("ledger-key.pem"));
        Assert.True(await daily.TryRunAsync(CancellationToken.None));
        Assert.Null((await health.CheckHealthAsync(new())).Description);
        Assert.Equal(["backup.json", "cube.db", "ledger-key-time.pem", "ledger-key.pem", "ledger.db"],
            Directory.GetFiles(Assert.Single(Directory.GetDirectories(backups.Path))).Select(file => Path.GetFileName(file)).Order());
    }
}
