namespace XilinIngest.Standalone.Tests;

/// <summary>
/// Whoever can read them reads every figure, whatever the access keys say. The process's umask lets others read what it makes.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class Files_that_hold_figures_and_keys
{
    private static readonly string[] Lax = ["sh", "-c", "umask 0000; exec \"$@\"", "sh"];

    [LinuxFact]
    public async Task Are_their_owners_alone_whoever_makes_them()
    {
        using var folder = new TestFolder();
        using (var key = new StandaloneProcess(Lax,
                ["key", "add", "--data", folder.In("data"), "--name", "someone", "--right", "admin", "--lang", "en"]))
        {
            Assert.True(await key.ExitAsync() == 0, key.Errors);
        }

        AssertPrivate(folder.In("data"));
        using (var program = new StandaloneProcess(Lax, ["--data", folder.In("data"), "--port", "0", "--lang", "en"]))
        {
            await program.ServingAsync();
            AssertPrivate(folder.In("data"));
            program.Terminate();
            await program.ExitAsync();
        }

        var made = AssertPrivate(folder.In("data"));
        Assert.Superset(new HashSet<string> { "ledger.db", "cube.db", "ledger-key.pem", "ledger-key-time.pem", "access-keys.json",
            "page-keys", "in-use.lock" }, made.ToHashSet());
    }

    private static List<string> AssertPrivate(string folder)
    {
        const UnixFileMode others =
            UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder) & others);
        var entries = Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories);
        Assert.All(entries, entry => Assert.True((File.GetUnixFileMode(entry) & others) == 0, $"{entry}: {File.GetUnixFileMode(entry)}"));
        return [.. entries.Select(entry => Path.GetFileName(entry))];
    }
}
