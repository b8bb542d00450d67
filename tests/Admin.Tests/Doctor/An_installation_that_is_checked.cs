using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using XilinIngest.Admin.Doctor;
using XilinIngest.Admin.Installations;

namespace XilinIngest.Admin.Tests.Doctor;

[UnsupportedOSPlatform("windows")]
public sealed class An_installation_that_is_checked
{
    [Fact]
    public async Task Is_in_order_and_is_left_as_it_is()
    {
        await using var installation = await CheckedInstallation.CreateAsync();
        var before = installation.Content();

        var result = (await installation.RunAsync("--lang", "en")).AssertSucceeded();

        Assert.Equal(before, installation.Content());
        Assert.Equal(
            ["✓ Settings", "✓ Catalogue", "✓ Ledger", "✓ Cube", "✓ Notices", "✓ Signing key", "✓ Rights of files", "✓ Disk", "✓ Clock",
                "– Broker", "– Channels of notices", "✓ Backup", "All in order"],
            result.Output.Trim().Split('\n').Select(line => line.Split(':')[0]));
        Assert.Equal("", result.Errors);
    }

    [Fact]
    public async Task Tells_every_fault_at_once_with_its_remedy_in_both_languages_and_no_secret()
    {
        await using var installation = await CheckedInstallation.CreateAsync();
        await File.WriteAllTextAsync(installation.In("ledger-key.pem"), SignedNotes.NoteSigner.CreatePem());
        Directory.CreateDirectory(installation.In("secrets"));
        await File.WriteAllTextAsync(installation.In("secrets/Channels__duty__Secret"), "0123456789abcdef-secret");
        File.SetUnixFileMode(installation.In("secrets/Channels__duty__Secret"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        File.Delete(installation.In("last-backup"));
        File.Delete(installation.In("cube.db"));
        installation.Catalogue.Write("colours.csv", "level\nstreet\n");

        var result = await installation.RunAsync(
            [
                ("Intake__BytesPerHours", "5"), ("Storage__Providr", "x"), ("Other__Program", "1"), ("Notices__KeepDays", "1"),
                ("Ledger__PublicTiles", "perhaps"), ("Channels__duty__Kind", "webhook"),
                ("Channels__duty__Url", $"http://127.0.0.1:{UnusedPort()}/hook?token=very-secret-token"),
                ("Secrets__Folder", installation.In("secrets")),
            ],
            "--json");

        Assert.Equal(2, result.ExitCode);
        var checks = CheckedInstallation.ChecksOf(result);
        Assert.Equal(
            ("fault", "fault", "fine", "warning", "fault", "fault", "warning"),
            (StateOf("settings"), StateOf("catalogue"), StateOf("ledger"), StateOf("cube"), StateOf("key"), StateOf("channels"),
                StateOf("backup")));
        Assert.Contains("is not the key of the ledger", TextOf("key"), StringComparison.Ordinal);
        Assert.Contains("Notices__KeepDays", TextOf("settings"), StringComparison.Ordinal);
        Assert.Contains("Ledger__PublicTiles", TextOf("settings"), StringComparison.Ordinal);
        Assert.Contains("Should it be Intake__BytesPerHour?", TextOf("settings"), StringComparison.Ordinal);
        Assert.Contains("是否应为 Storage__Provider？", TextOf("settings"), StringComparison.Ordinal);
        Assert.DoesNotContain("Other__Program", TextOf("settings"), StringComparison.Ordinal);
        Assert.Contains("Any user may read", TextOf("files"), StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret-token", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Equal("", result.Errors);

        string StateOf(string check) => (string)checks[check]["state"]!;
        string TextOf(string check) => AdminProgram.Readable(checks[check]);
    }

    [Fact]
    public async Task Whose_database_server_does_not_answer_is_told_so_in_time()
    {
        await using var installation = await CheckedInstallation.CreateAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var server = $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=xilin;Password=very-secret;Database=";

        var result = await installation.RunAsync(
            [
                ("Storage__Provider", "PostgreSql"), ("ConnectionStrings__Ledger", $"{server}ledger"),
                ("ConnectionStrings__Cube", $"{server}cube"),
            ],
            "--timeout", "2", "--lang", "en");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("✗ Ledger: No result within 2 s.", result.Output, StringComparison.Ordinal);
        Assert.Contains("✗ Cube: No result within 2 s.", result.Output, StringComparison.Ordinal);
        Assert.Contains("✓ Notices", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Backup: No result", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage__Provider", null)]
    [InlineData("storage__provider", null)]
    [InlineData("Channels__duty__Kind", null)]
    [InlineData("ConnectionStrings__Ledger_east", null)]
    [InlineData("Logging__LogLevel__Default", null)]
    [InlineData("Storage__Provder", "Storage__Provider")]
    [InlineData("ConectionStrings__Ledger", "ConnectionStrings__Ledger")]
    [InlineData("Access__Something", "")]
    public void Knows_the_settings_of_the_page_and_what_is_nearly_one(string name, string? meant) => Assert.Equal(
        meant is null ? [] : [(name, meant.Length > 0 ? meant : null)], SettingNames.Read().FindUnknown([name, "PATH", "My__Own"]));

    [Fact]
    public void Is_held_against_the_rights_that_the_scripts_give()
    {
        Assert.Contains(("ledger_entry", "INSERT"), StoreRights.NeededFor(StoreKind.Ledger));
        Assert.Contains(("storage_probe", "DELETE"), StoreRights.NeededFor(StoreKind.Ledger));
        Assert.DoesNotContain(("ledger_entry", "UPDATE"), StoreRights.NeededFor(StoreKind.Ledger));
        Assert.Contains(("cube_roll_up", "UPDATE"), StoreRights.NeededFor(StoreKind.Cube));
        Assert.Contains(("reminder", "INSERT"), StoreRights.NeededFor(StoreKind.Notices));
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
