using Microsoft.Data.Sqlite;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Worker.Tests.Partitions;

public sealed class A_ledger_whose_partitions_change : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-split-").FullName;

    private int _revision;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Is_refused_at_the_start_while_another_one_has_the_rows()
    {
        await ReportAsync();
        await RefusesAsync<InvalidOperationException>("ledger.db", District, Street);
        await ReportAsync();
    }

    [Fact]
    public async Task Is_refused_at_the_start_where_the_file_of_partitions_was_removed()
    {
        await ReportAsync(District, Street);
        await RefusesAsync<InvalidOperationException>($"ledger-{Street}.db");
        await ReportAsync(Street, District);
    }

    [Fact]
    public async Task Is_refused_at_the_start_where_a_unit_with_rows_would_have_another_home()
    {
        await ReportAsync(District, Street);
        await RefusesAsync<CatalogueFaultsException>("1 units (320404007201) are in the ledger", District, Street, FirstVillage);
        await RefusesAsync<CatalogueFaultsException>($"partition {District} was removed", Street, "32.04");
        await ReportAsync(District, Street);
    }

    [Fact]
    public async Task Is_refused_at_the_start_where_it_is_lost_and_another_one_has_rows()
    {
        await ReportAsync(District, Street, FirstVillage);
        var (street, aside) = (Path.Combine(_folder, $"ledger-{Street}.db"), Path.Combine(_folder, "aside"));
        File.Move(street, aside);
        var refusal = $"ledger-{Street}.db of partition {Street} is new and empty";
        await RefusesAsync<InvalidOperationException>(refusal, District, Street, FirstVillage);
        await RefusesAsync<InvalidOperationException>(refusal, District, Street, FirstVillage);
        SqliteConnection.ClearAllPools();
        Array.ForEach(Directory.GetFiles(_folder, $"ledger-{Street}.db*"), File.Delete);
        File.Move(aside, street);
        await ReportAsync(District, Street, FirstVillage);
    }

    [Fact]
    public async Task May_get_another_one_beside_it_for_units_that_have_not_reported()
    {
        await ReportAsync(District, FirstVillage);
        await ReportAsync(District, FirstVillage, Street);
        await ReportAsync(District, FirstVillage, Street);
    }

    [Fact]
    public async Task May_change_where_no_one_has_reported_yet()
    {
        await (await StartInAsync(_folder, null, District, Street)).DisposeAsync();
        await (await StartInAsync(_folder, null, District, Street, FirstVillage)).DisposeAsync();
        await ReportAsync();
    }

    [Fact]
    public async Task Is_refused_as_an_edit_while_the_service_runs()
    {
        await using var running = await StartInAsync(_folder, null, District, Street);
        var fault = Assert.Single(running.Edit(files => files.Append("partitions.csv", $"{FirstVillage},")));
        Assert.Equal(("partitions.csv", "path"), (fault.File, fault.Column));
        Assert.Contains("xilin-admin partition", fault.MessageZh, StringComparison.Ordinal);
        Assert.Contains("xilin-admin partition", fault.MessageEn, StringComparison.Ordinal);
        Assert.Empty(running.Edit(files => files.Write("partitions.csv", $"path,connection\n{Street},\n{District},\n")));
        var moved = Assert.Single(running.Edit(files => files.Write("partitions.csv", $"path,connection\n{Street},east\n{District},\n")));
        Assert.Equal(("partitions.csv", "connection"), (moved.File, moved.Column));
        Assert.Equal(2, running.Ledgers.All.Count);
    }

    [Fact]
    public async Task Still_refuses_an_edit_of_a_unit_that_has_figures_in_one_of_them_and_takes_others()
    {
        await ReportAsync(District, FirstVillage);
        await using var running = await StartInAsync(_folder, null, District, FirstVillage);
        var fault = Assert.Single(running.Edit(files => files.Edit("units.csv", "Village 1,village", "Village 1,community")));
        Assert.Contains("320404007201 was changed from village to community", fault.Problem.En, StringComparison.Ordinal);
        Assert.Empty(running.Edit(files => files
            .Edit("units.csv", "Village 1,community", "Village 1,village").Edit("units.csv", "Village 3,village", "Village 3,community")));
    }

    [Fact]
    public async Task Has_a_key_that_is_made_once_for_all_and_is_not_made_anew()
    {
        await ReportAsync(District, Street);
        var key = await File.ReadAllTextAsync(Path.Combine(_folder, "ledger-key.pem"));
        await ReportAsync(District, Street);
        Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(_folder, "ledger-key.pem")));
        File.Delete(Path.Combine(_folder, "ledger-key.pem"));
        await RefusesAsync<InvalidOperationException>("ledger-key.pem is missing", District, Street);
        Assert.False(File.Exists(Path.Combine(_folder, "ledger-key.pem")));
    }

    [Fact]
    public async Task Does_not_begin_beside_others_with_a_key_or_a_name_that_they_do_not_have()
    {
        await ReportAsync(District, FirstVillage);
        var aside = Path.Combine(_folder, "aside.pem");
        File.Move(KeyPath, aside);
        await File.WriteAllTextAsync(KeyPath, SignedNotes.NoteSigner.CreatePem());
        await RefusesAsync<InvalidOperationException>("is not the key of the ledger", Street, District, FirstVillage);
        File.Move(aside, KeyPath, overwrite: true);
        await ReportAsync(Street, District, FirstVillage);
    }

    [Fact]
    public async Task Does_not_get_a_new_key_for_the_one_that_it_recorded_before_its_first_row()
    {
        await (await StartInAsync(_folder, null, District, Street)).DisposeAsync();
        var aside = Path.Combine(_folder, "aside.pem");
        File.Move(KeyPath, aside);
        await RefusesAsync<InvalidOperationException>("has recorded its public key", District, Street);
        Assert.False(File.Exists(KeyPath));
        File.Move(aside, KeyPath);
        await ReportAsync(District, Street);
    }

    [Fact]
    public async Task Has_the_new_key_of_all_when_a_rotation_that_was_interrupted_between_two_of_them_is_finished()
    {
        await ReportAsync(Street, District);
        var former = await File.ReadAllTextAsync(KeyPath);
        Rotate(Street);
        File.Move(KeyPath, SigningKeyFiles.NextOf(KeyPath));
        await File.WriteAllTextAsync(KeyPath, former);
        await RefusesAsync<InvalidOperationException>("Run xilin-admin key rotate again", Street, District);
        Assert.Equal(2, Rotate(Street, District).Count);
        await ReportAsync(Street, District);
        await using var running = await StartInAsync(_folder, null, Street, District);
        Assert.Empty(running.Verify());
        Assert.All(running.Ledgers.All, ledger => Assert.Equal(3, ledger.Signer.Keys.All.Count));
    }

    private string KeyPath => Path.Combine(_folder, "ledger-key.pem");

    private IReadOnlyList<SignedNotes.NoteVerifier> Rotate(params string[] partitions) => new KeyRotation(KeyPath,
    [
        .. partitions.Select(path => new LedgerStore(new Database(Path.Combine(_folder, $"ledger-{path}.db")), new Partition(path))),
    ]).Rotate(ofTimes: false);

    private async Task ReportAsync(params string[] partitions)
    {
        await using var ledgers = await StartInAsync(_folder, null, partitions);
        Assert.Equal(Contracts.Verdict.Accepted, (await ledgers.SendAsync(ValidSubmission().Set("revision", ++_revision)))[0].Verdict);
    }

    private async Task RefusesAsync<T>(string expected, params string[] partitions)
        where T : Exception =>
        Assert.Contains(
            expected, (await Assert.ThrowsAsync<T>(() => StartInAsync(_folder, null, partitions))).Message, StringComparison.Ordinal);
}
