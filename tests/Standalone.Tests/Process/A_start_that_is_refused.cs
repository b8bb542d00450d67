using System.Net;
using System.Net.Sockets;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Standalone.Tests;

public sealed class A_start_that_is_refused
{
    [Theory]
    [InlineData]
    [InlineData("--sample")]
    public async Task For_its_port_leaves_nothing_behind(params string[] more)
    {
        using var folder = new TestFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var program = new StandaloneProcess(["--data", folder.In("data"), "--port", $"{port}", "--lang", "en", .. more]);

        Assert.Equal(1, await program.ExitAsync());

        Assert.Contains("cannot be used", program.Errors, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder.In("data")));
    }

    [Fact]
    public async Task For_its_catalogue_leaves_a_lock_that_is_in_no_samples_way()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.In("data"));
        File.WriteAllText(Path.Combine(folder.In("data"), "in-use.lock"), "");
        using var program = new StandaloneProcess("--sample", "--exit", "--data", folder.In("data"), "--port", "0", "--lang", "en");

        Assert.True(await program.ExitAsync() == 0, program.Errors);
    }

    [Theory]
    [InlineData("REVOKE ALL ON ledger_head FROM PUBLIC, xilin_refused", "refuses access")]
    [InlineData("DROP TABLE recorded_fact; CREATE VIEW recorded_fact AS SELECT 'a' AS source_file, 'b' AS code, 'c' AS field, (1 / "
        + "length(''))::text AS value; GRANT SELECT ON recorded_fact TO xilin_refused", "failed")]
    [InlineData("DELETE FROM write_lock", "damaged")]
    [InlineData("UPDATE ledger_head SET frontier = decode('00', 'hex')", "damaged")]
    [InlineData("ALTER TABLE recorded_fact RENAME COLUMN value TO values_away", "lacks a table or a column")]
    public async Task By_its_database_ends_in_one_sentence(string harm, string words)
    {
        Assert.True(TestDatabases.UnavailableReason(StorageProvider.PostgreSql) is null,
            TestDatabases.UnavailableReason(StorageProvider.PostgreSql));
        using var folder = new TestFolder();
        using var server = new PrivatePostgreSql();
        var (ledger, cube) = StandaloneProcess.NewDatabases(server);
        Run(ledger, "CREATE ROLE xilin_refused LOGIN; "
            + "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO xilin_refused");
        Run(ledger, harm);
        using var program =
            new StandaloneProcess(
                StandaloneProcess.SettingsOf(ledger.Replace("Username=postgres", "Username=xilin_refused", StringComparison.Ordinal), cube),
                ["--data", folder.Path, "--port", "0", "--lang", "en"]);

        Assert.Equal(1, await program.ExitAsync());

        Assert.Contains(words, program.Errors, StringComparison.Ordinal);
        Assert.Single(program.Errors.TrimEnd().Split('\n'));
        Starting_and_stopping.AssertNoStackTrace(program);
    }

    /// <summary>The sample goes where the service would, and never among figures.</summary>
    [Fact, Trait("suite", "long")]
    public async Task As_a_sample_among_figures_says_so_where_empty_databases_take_it()
    {
        Assert.True(TestDatabases.UnavailableReason(StorageProvider.PostgreSql) is null,
            TestDatabases.UnavailableReason(StorageProvider.PostgreSql));
        using var folder = new TestFolder();
        using var server = new PrivatePostgreSql();
        var (ledger, cube) = StandaloneProcess.NewDatabases(server);
        using var first =
            new StandaloneProcess(StandaloneProcess.SettingsOf(ledger, cube),
                ["--sample", "--exit", "--data", folder.In("first"), "--port", "0", "--lang", "en"]);
        Assert.True(await first.ExitAsync(180) == 0, first.Output + first.Errors);
        Assert.Equal(1960L, Scalar(ledger, "SELECT COUNT(*) FROM ledger_entry"));
        Assert.False(File.Exists(Path.Combine(folder.In("first"), "ledger.db")));

        using var second =
            new StandaloneProcess(StandaloneProcess.SettingsOf(ledger, cube),
                ["--sample", "--exit", "--data", folder.In("second"), "--port", "0", "--lang", "en"]);
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains("--sample needs empty databases", second.Errors, StringComparison.Ordinal);
        Assert.Equal(1960L, Scalar(ledger, "SELECT COUNT(*) FROM ledger_entry"));
    }

    private static void Run(string database, string sql)
    {
        using var connection = Database.TryParse(StorageProvider.PostgreSql, database)!.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(string database, string sql)
    {
        using var connection = Database.TryParse(StorageProvider.PostgreSql, database)!.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
