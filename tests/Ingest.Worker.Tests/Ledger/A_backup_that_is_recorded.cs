using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Tests.Ledger;

public sealed class A_backup_that_is_recorded : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-backup-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2022, 8, 5, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Is_told_with_its_age_beside_the_signing_key()
    {
        Write("2022-08-04T21:00:00Z\n");
        var health = await CheckAsync();
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Equal("2022-08-04T21:00:00.0000000+00:00", health.Data["lastBackup"]);
        Assert.Equal(12m, health.Data["hoursSinceBackup"]);
    }

    [Fact]
    public async Task Is_to_be_looked_at_after_two_days()
    {
        Write("2022-08-02T09:00:00Z");
        var health = await CheckAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("最近一次备份已是 3 天前", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_unknown_without_a_file_and_the_way_to_know_it_is_told()
    {
        var health = await CheckAsync();
        Assert.Equal((HealthStatus.Healthy, 0), (health.Status, health.Data.Count));
        Assert.Contains("docs/backup.md", health.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder, health.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2099-01-01T00:00:00Z")]
    public async Task Is_to_be_looked_at_where_its_time_is_none(string stamp)
    {
        Write(stamp);
        var health = await CheckAsync();
        Assert.Equal((HealthStatus.Degraded, 0), (health.Status, health.Data.Count));
        Assert.Contains("无法得知最近一次备份", health.Description, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<HealthCheckResult> CheckAsync() =>
        new BackupHealth(Path.Combine(_folder, "ledger-key.pem"), _clock).CheckHealthAsync(new HealthCheckContext());

    private void Write(string stamp) => File.WriteAllText(Path.Combine(_folder, BackupRecord.FileName), stamp);
}
