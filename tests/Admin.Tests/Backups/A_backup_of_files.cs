using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using XilinIngest.Admin.Tests.Doctor;
using XilinIngest.InputOutput;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Tests.Backups;

[UnsupportedOSPlatform("windows")]
public sealed class A_backup_of_files : IAsyncLifetime, IDisposable
{
    private readonly TestFolder _backups = new();
    private CheckedInstallation _installation = null!;

    public async Task InitializeAsync() => _installation = await CheckedInstallation.CreateAsync();

    public async Task DisposeAsync() => await _installation.DisposeAsync();

    public void Dispose() => _backups.Dispose();

    [Fact]
    public async Task Is_verified_recorded_and_gives_back_what_it_holds()
    {
        File.Delete(_installation.In("last-backup"));
        File.WriteAllText(_installation.Catalogue.Path + "/notes.txt", "beside the tables");

        var made = (await BackUpAsync()).AssertSucceeded();

        Assert.Contains("1 rows of the ledger hold", made.Output, StringComparison.Ordinal);
        var folder = Assert.Single(Directory.GetDirectories(_backups.Path));
        Assert.Equal(
            ["backup.json", "cube.db", "ledger-key-time.pem", "ledger-key.pem", "ledger.db", "notices.db"],
            Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder, "catalogue", "notes.txt")));
        Assert.All(Directory.GetFiles(folder, "*.db"),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "backup.json")))!;
        Assert.Equal((1, 64), ((long)manifest["rows"]!, ((string)manifest["files"]![0]!["sha256"]!).Length));
        Assert.Contains(manifest["files"]!.AsArray(), file => (string)file!["name"]! == "catalogue/units.csv");
        Assert.NotNull(new BackupRecord(_installation.In("ledger-key.pem")).Read(TimeProvider.System.GetUtcNow()));

        // What a broken disk leaves, on a machine without a catalogue.
        Array.ForEach(Directory.GetFiles(_installation.Data, "*.db"), file => File.WriteAllText(file, "what a broken disk gives"));
        var catalogue = _installation.In("catalogue");
        var restored = (await RestoreAsync(folder, catalogue)).AssertSucceeded();
        Assert.Contains("before-restore-", restored.Output, StringComparison.Ordinal);
        Assert.Equal(1, CountRows(_installation.In("ledger.db")));
        Assert.True(File.Exists(Path.Combine(catalogue, "units.csv")));
        var aside = Assert.Single(Directory.GetDirectories(_installation.Data, "before-restore-*"));
        Assert.Equal("what a broken disk gives", File.ReadAllText(Path.Combine(aside, "cube.db")));
    }

    [Fact]
    public async Task Is_not_made_of_a_ledger_that_was_altered_and_the_earlier_one_stays_the_last()
    {
        (await BackUpAsync()).AssertSucceeded();
        var recorded = File.ReadAllText(_installation.In("last-backup"));
        await using (var connection = new SqliteConnection($"Data Source={_installation.In("ledger.db")};Pooling=false"))
        {
            connection.Open();
            await using var change = connection.CreateCommand();
            change.CommandText = "UPDATE ledger_entry SET sender = 'another'";
            change.ExecuteNonQuery();
        }

        var result = await BackUpAsync("--keep-daily", "0", "--keep-monthly", "0");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("row 1", result.Errors, StringComparison.Ordinal);
        Assert.Equal(recorded, File.ReadAllText(_installation.In("last-backup")));
        Assert.Single(Directory.GetDirectories(_backups.Path));
    }

    [Theory, InlineData("ledger-key.pem", false), InlineData("ledger-key-time.pem", true)]
    public async Task Is_not_made_while_the_rotation_of_a_key_is_not_finished(string name, bool ofTimes)
    {
        var key = _installation.In(name);
        var former = File.ReadAllText(key);
        new KeyRotation(_installation.In("ledger-key.pem"), [new LedgerStore(new Database(_installation.In("ledger.db")))]).Rotate(ofTimes);
        File.Move(key, SigningKeyFiles.NextOf(key));
        File.WriteAllText(key, former);
        var result = await BackUpAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("its rotation was interrupted", result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_backups.Path));

        File.Move(SigningKeyFiles.NextOf(key), key, overwrite: true);
        (await BackUpAsync()).AssertSucceeded();
    }

    [Fact]
    public async Task Is_not_restored_while_a_service_runs_nor_when_a_file_of_it_was_changed()
    {
        (await BackUpAsync()).AssertSucceeded();
        var folder = Assert.Single(Directory.GetDirectories(_backups.Path));
        var before = _installation.Content();
        using (FileLock.TryAcquire(_installation.In("in-use.lock")))
        {
            var running = await RestoreAsync(folder, _installation.Catalogue.Path);
            Assert.Equal((1, true), (running.ExitCode, running.Errors.Contains("stop it first", StringComparison.Ordinal)));
        }

        File.AppendAllText(Path.Combine(folder, "cube.db"), "x");
        var changed = await RestoreAsync(folder, _installation.Catalogue.Path);
        Assert.Equal((1, true), (changed.ExitCode, changed.Errors.Contains("Take another backup", StringComparison.Ordinal)));

        var other = await RestoreAsync(_backups.Path, _installation.Catalogue.Path);
        Assert.Equal((1, true), (other.ExitCode, other.Errors.Contains("has no ledger.db", StringComparison.Ordinal)));
        var after = _installation.Content();
        Assert.All(before.Keys, name => Assert.Equal(before[name], after[name]));
    }

    [Fact]
    public async Task Leaves_the_folders_of_others_alone_and_is_not_made_within_the_catalogue()
    {
        var (foreign, interrupted) = (In("notes.incomplete"), In("20261129-043000.incomplete"));
        Directory.CreateDirectory(foreign);
        Directory.CreateDirectory(interrupted);
        File.SetUnixFileMode(Path.Combine(_installation.Catalogue.Path, "units.csv"), UnixFileMode.UserRead);

        (await BackUpAsync()).AssertSucceeded();

        Assert.Equal((true, false), (Directory.Exists(foreign), Directory.Exists(interrupted)));
        var within = await BackUpToAsync(Path.Combine(_installation.Catalogue.Path, "backups"));
        Assert.Equal((1, true), (within.ExitCode, within.Errors.Contains("is within the catalogue", StringComparison.Ordinal)));
        File.Delete(_installation.In("ledger-key.pem"));
        var withoutKey = await BackUpAsync();
        Assert.Contains("There is no " + _installation.In("ledger-key.pem"), withoutKey.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_another_key_aside_and_leaves_no_ledger_of_it_out()
    {
        (await BackUpAsync()).AssertSucceeded();
        var folder = Assert.Single(Directory.GetDirectories(_backups.Path));
        var before = _installation.Content();
        File.Copy(Path.Combine(folder, "ledger.db"), Path.Combine(folder, "ledger-04.db"));
        var more = await RestoreAsync(folder, _installation.Catalogue.Path);
        Assert.Equal((1, true), (more.ExitCode, more.Errors.Contains("ledger-04.db belongs to", StringComparison.Ordinal)));
        File.Delete(Path.Combine(folder, "ledger-04.db"));
        var manifest = File.ReadAllText(Path.Combine(folder, "backup.json"));
        File.WriteAllText(Path.Combine(folder, "backup.json"), manifest[..^20]);
        var damaged = await RestoreAsync(folder, _installation.Catalogue.Path);
        Assert.Equal((1, true), (damaged.ExitCode, damaged.Errors.Contains("is damaged", StringComparison.Ordinal)));
        var after = _installation.Content();
        Assert.All(before.Keys, name => Assert.Equal(before[name], after[name]));

        File.WriteAllText(Path.Combine(folder, "backup.json"), manifest);
        File.WriteAllText(_installation.In("ledger-key.pem"), "the key of the ledger that is there");
        (await RestoreAsync(folder, _installation.Catalogue.Path)).AssertSucceeded();

        var aside = Assert.Single(Directory.GetDirectories(_installation.Data, "before-restore-*"));
        Assert.Equal("the key of the ledger that is there", File.ReadAllText(Path.Combine(aside, "ledger-key.pem")));
        Assert.Empty(Directory.GetFiles(_installation.Data, "*.restoring"));
    }

    [Fact]
    public async Task That_finds_no_room_changes_nothing()
    {
        (await BackUpAsync()).AssertSucceeded();
        var folder = Assert.Single(Directory.GetDirectories(_backups.Path));
        var before = _installation.Content();

        // A folder in the way of a copy stops it as a full disk does.
        Directory.CreateDirectory(_installation.In("ledger.db.restoring"));
        var result = await RestoreAsync(folder, _installation.Catalogue.Path);

        Assert.Equal((1, true), (result.ExitCode, result.Errors.Contains("Nothing was changed", StringComparison.Ordinal)));
        Assert.Empty(Directory.GetDirectories(_installation.Data, "before-restore-*"));
        Assert.All(before.Keys, name => Assert.Equal(before[name], _installation.Content()[name]));
    }

    private string In(string name) => Path.Combine(_backups.Path, name);

    private Task<ProgramResult> BackUpAsync(params string[] more) => BackUpToAsync(_backups.Path, more);

    private Task<ProgramResult> BackUpToAsync(string root, params string[] more) => AdminProgram.RunAdminAsync(
        ["backup", "--to", root, "--data", _installation.Data, "--catalogue", _installation.Catalogue.Path, "--lang", "en",
            .. more]);

    private Task<ProgramResult> RestoreAsync(string folder, string catalogue) => AdminProgram.RunAdminAsync(
        ["restore", folder, "--data", _installation.Data, "--catalogue", catalogue, "--lang", "en"]);

    private static long CountRows(string file)
    {
        using var connection = new Database(file, readOnly: true).Open();
        return LedgerStore.ReadLastSequence(connection);
    }
}
