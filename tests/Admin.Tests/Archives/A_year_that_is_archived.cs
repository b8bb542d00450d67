using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using XilinIngest.Admin.Archives;
using XilinIngest.Admin.Installations;
using XilinIngest.Admin.Tests.Doctor;
using XilinIngest.Storage;
using XilinIngest.TestLedgers;
using static XilinIngest.TestFixtures.SmallCatalogueSubmissions;
using static XilinIngest.TestFixtures.TestSubmissions;

namespace XilinIngest.Admin.Tests.Archives;

/// <summary>Read as someone does who has the archive alone: with DuckDB, and by the README in it.</summary>
public sealed class A_year_that_is_archived
{
    private static readonly string[] HashedColumns =
        ["sequence", "submission_id", "unit", "period", "revision", "verdict", "findings", "received_at", "sender", "body"];

    [Fact]
    public async Task Can_be_read_and_proved_without_this_program()
    {
        await using var installation = await CheckedInstallation.CreateAsync();
        using var archives = new TestFolder();
        var before = installation.Content();

        var result = (await ArchiveAsync(installation, "2022", archives.Path)).AssertSucceeded();

        Assert.Contains("1 rows of the log, 1 figures", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, installation.Content());
        var folder = archives.In("2022");
        Assert.Equal([["320404007201", "2022-07", "PETITIONS", "3.000000", "DECIMAL(28,6)", "1"]],
            Query("SELECT unit, period, indicator, CAST(value AS VARCHAR), typeof(value), sequence FROM 'figures.parquet'", folder));
        Assert.Equal([["一村", "3.000000"]], Query(
            "SELECT u.name_zh, CAST(sum(f.value) AS VARCHAR) FROM 'figures.parquet' f "
            + "JOIN read_csv('catalogue/units.csv', all_varchar = true) u ON u.code = f.unit GROUP BY ALL", folder));

        var row = Assert.Single(Query($"SELECT {string.Join(", ", HashedColumns)}, leaf_hash FROM 'entries.parquet'", folder));
        Assert.Equal(row[^1], HashOf(row[..^1]));
        Assert.Equal([[row[^1]]], Query("SELECT leaf_hash FROM 'leaves.parquet' ORDER BY sequence", folder));

        // Of one leaf the root is the leaf itself.
        var archive = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "archive.json")))!;
        var ledger = archive["ledgers"]![0]!;
        var note = (string)ledger["note"]!;
        Assert.Equal([(string)ledger["origin"]!, "1", Convert.ToBase64String(Convert.FromHexString(row[^1]))], note.Split('\n')[..3]);
        var keys = string.Join('\n', ledger["keys"]!.AsArray().Select(key => (string)key!["key"]!));
        Assert.NotNull(IndependentNoteVerifier.TimeOf(note, keys));
        Assert.Null(IndependentNoteVerifier.TimeOf(note.Replace("\n1\n", "\n2\n", StringComparison.Ordinal), keys));

        var again = await ArchiveAsync(installation, "2022", archives.Path);
        Assert.Equal((1, true), (again.ExitCode, again.Errors.Contains("is not written over", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_partitions_has_the_checkpoint_of_each_whose_root_is_that_of_its_leaves()
    {
        using var archives = new TestFolder();
        await using var ledgers = await PartitionedLedgers.StartAsync(PartitionedLedgers.District, PartitionedLedgers.Street);
        await ledgers.SendAsync(NewSubmission(Village, "2022-07", Petitions(3)));
        await ledgers.SendAsync(NewSubmission(Village, "2022-07", Petitions(4)));
        await ledgers.SendAsync(NewSubmission("320404007202", "2022-07", Petitions(5)));
        var stores = ledgers.Ledgers.All.Select(ledger => new Store(
            StoreKind.Ledger, ledger.Partition, new Database(ledger.Store.Name, readOnly: true))).ToList();

        var made = await new YearArchive(
            2022, stores, Path.Combine(ledgers.Folder, "ledger-key.pem"), ledgers.CatalogueFiles.Path, TimeProvider.System)
            .WriteAsync(archives.Path, CancellationToken.None);

        Assert.Equal((3, 2), (made.Entries, made.Figures));
        var archive = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(made.Folder, "archive.json")))!;
        var street = archive["ledgers"]!.AsArray().Single(each => (string?)each!["partition"] == PartitionedLedgers.Street)!;
        var leaves = Query(
            $"SELECT leaf_hash FROM 'leaves.parquet' WHERE partition = '{PartitionedLedgers.Street}' ORDER BY sequence", made.Folder)
            .Select(row => Convert.FromHexString(row[0])).ToList();
        Assert.Equal(3, leaves.Count);
        Assert.Equal(Convert.ToBase64String(RootOf(leaves)), ((string)street["note"]!).Split('\n')[2]);
        Assert.Equal([["3"]], Query("SELECT max(sequence) FROM 'entries.parquet' WHERE unit LIKE '3204040072%'", made.Folder));
    }

    [Fact]
    public async Task Is_one_of_the_calendar_whose_months_are_all_closed()
    {
        await using var installation = await CheckedInstallation.CreateAsync();
        using var archives = new TestFolder();
        var december = installation.Catalogue.Text("calendar.csv").Split('\n')
            .Single(line => line.StartsWith("2022-12", StringComparison.Ordinal));
        installation.Catalogue.Edit("calendar.csv", december, $"{december[..december.LastIndexOf(',')]},2099-06-30T10:00:00Z");

        foreach (var (year, told) in new[]
        {
            ("2019", "has no month of 2019"), ("2022", "neither closed nor locked: 2022-12"),
        })
        {
            var result = await ArchiveAsync(installation, year, archives.Path);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(told, result.Errors, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(archives.Path));
    }

    private static Task<ProgramResult> ArchiveAsync(CheckedInstallation installation, string year, string to) =>
        AdminProgram.RunAdminAsync(
            ["archive", year, "--to", to, "--data", installation.Data, "--catalogue", installation.Catalogue.Path, "--lang", "en"]);

    private static List<List<string>> Query(string sql, string folder)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("FROM '", $"FROM '{folder}/", StringComparison.Ordinal)
            .Replace("read_csv('", $"read_csv('{folder}/", StringComparison.Ordinal);
        using var reader = command.ExecuteReader();
        var rows = new List<List<string>>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(
                column => reader.IsDBNull(column) ? "" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!)]);
        }

        return rows;
    }

    // RFC 9162, section 2.1.1.
    private static byte[] RootOf(List<byte[]> leaves)
    {
        if (leaves.Count == 1)
        {
            return leaves[0];
        }

        var left = (int)(BitOperations.RoundUpToPowerOf2((uint)leaves.Count) / 2);
        return SHA256.HashData([1, .. RootOf([.. leaves.Take(left)]), .. RootOf([.. leaves.Skip(left)])]);
    }

    private static string HashOf(IEnumerable<string> fields)
    {
        var bytes = new List<byte> { 0 };
        foreach (var field in fields.Prepend("xilin-entry-1"))
        {
            var text = Encoding.UTF8.GetBytes(field);
            var length = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            bytes.AddRange(length);
            bytes.AddRange(text);
        }

        return Convert.ToHexStringLower(SHA256.HashData([.. bytes]));
    }
}
