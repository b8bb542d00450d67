namespace XilinIngest.Standalone.Tests.Backup;

public sealed class A_service_that_makes_its_own_backups
{
    [Fact, Trait("suite", "long")]
    public async Task Makes_the_first_after_its_start_while_it_takes_submissions_and_it_can_be_verified()
    {
        using var service = new BackupScenario();
        using var backups = new TestFolder();
        service.PageEnvironment["Backup__Folder"] = backups.Path;
        service.PageEnvironment["Backup__At"] = "03:00";
        await service.StartAsync();
        await service.SendAsync(service.NewSubmissions(60));
        await service.WaitUntilAppliedAsync();

        await InProcessService.EventuallyAsync(
            async () => (await service.GetAsync("/health/ready"))?["checks"]!["backup"]!["data"]?["lastBackup"] is not null, seconds: 60);
        await service.StopAsync();

        var backup = Assert.Single(Directory.GetDirectories(backups.Path));
        service.PageEnvironment["DATA"] = backup;
        service.PageEnvironment["CATALOGUE"] = Path.Combine(backup, "catalogue");
        Assert.Contains("✓ 核对通过。", await service.Page.RunAsync("verify"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_started_with_a_folder_or_a_time_that_cannot_be_used()
    {
        using var data = new TestFolder();
        using var process = new StandaloneProcess(
            ["env", "Backup__Folder=backups", "Backup__At=noon"], ["--data", data.In("data"), "--port", "0", "--lang", "en"]);
        Assert.Equal(1, await process.ExitAsync(seconds: 30));
        Assert.Contains("Backup__Folder", process.Errors, StringComparison.Ordinal);
        Assert.Contains("Backup__At", process.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data.In("data")));
    }
}
