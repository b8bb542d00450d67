using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace XilinIngest.Standalone.Tests.Verification;

/// <summary>On the folder of a service that runs, with 150 revisions of one sheet in it.</summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class The_verify_command : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly InProcessService _service = new();

    public async Task InitializeAsync()
    {
        await _service.InitializeAsync();
        var sheets = Enumerable.Range(1, 150)
            .Select(revision => TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(revision))
                .Set("revision", revision));
        var (_, answer) = await _service.PostAsync(new JsonObject { ["submissions"] = new JsonArray([.. sheets]) }.Body());
        Assert.All(answer["receipts"]!.AsArray(), receipt => Assert.Equal("accepted", (string?)receipt!["verdict"]));
        await _service.WaitUntilAppliedAsync(150);

        // The cube stores a result before it is handed to the bus, and says then that it is.
        await InProcessService.EventuallyAsync(() => Task.FromResult(
            Ask("cube.db", "SELECT published_through = (SELECT MAX(id) FROM publication) FROM cube_state") == 1));
    }

    public Task DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("zh", "✓ 核对通过。")]
    [InlineData("en", "✓ Verified.")]
    public async Task Returns_an_exit_code_for_its_verdict(string language, string last)
    {
        var (exit, lines) = await VerifyAsync(language);
        Assert.Equal((0, 3, last), (exit, lines.Count, lines[^1]));
    }

    [Theory]
    [InlineData("zh", "台账有 130 处不符。台账修复之前不比对结果", "  ……另有 110 处")]
    [InlineData("en", "the log has 130 faults. The results are not compared until it is repaired", "  … and 110 more")]
    public async Task Does_not_drown_a_log_with_faults_in_those_of_its_results(string language, string verdict, string more)
    {
        // 129 rows, and what stands of them.
        Ask("ledger.db",
            "UPDATE ledger_entry SET body = CAST(replace(CAST(body AS TEXT), '\"value\":', '\"value\":7') AS BLOB) WHERE sequence > 21");
        var (exit, lines) = await VerifyAsync(language);
        Assert.Equal(1, exit);
        Assert.StartsWith("✗ ", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..21], line => Assert.StartsWith("  row ", line, StringComparison.Ordinal));
        Assert.Equal(more, lines[21]);
        Assert.Contains(verdict, lines[^1], StringComparison.Ordinal);
        Assert.Equal(23, lines.Count);
    }

    [Fact]
    public async Task Names_the_results_that_differ_while_the_log_holds()
    {
        Ask("cube.db",
            "UPDATE publication SET payload = replace(payload, '\"yearToDate\":150', '\"yearToDate\":151') WHERE kind = 'total'");
        var (exit, lines) = await VerifyAsync("en");
        Assert.Equal(1, exit);
        Assert.StartsWith("✓ The log: 150 rows", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.EndsWith("said year-to-date is 151, but should be 150", StringComparison.Ordinal));
        Assert.StartsWith("✗ Not verified: the log holds, but ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_row_whose_body_was_stored_as_text()
    {
        Ask("ledger.db", "UPDATE ledger_entry SET body = CAST(body AS TEXT) WHERE sequence = 7");
        var (exit, lines) = await VerifyAsync("en");
        Assert.Equal(1, exit);
        Assert.Contains($"  row 7 ({XilinSubmissions.Dongdai}, 2022-07) was altered: its body is stored as text, not as blob.", lines);
        Assert.StartsWith("✗ Not verified: the log has 1 faults", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ledger.db", "UPDATE ledger_head SET frontier = 'text'")]
    [InlineData("ledger.db", "UPDATE ledger_checkpoint SET created_at = 'yesterday'")]
    [InlineData("ledger.db", "UPDATE ledger_effective_month SET data = 'text'")]
    [InlineData("ledger.db", "DROP TABLE recorded_fact")]
    [InlineData("cube.db", "UPDATE cube_effective_month SET data = x'0102'")]
    [InlineData("cube.db", "UPDATE publication SET payload = '{'")]
    [InlineData("cube.db", "ALTER TABLE cube_state DROP COLUMN applied_hash")]
    public async Task Ends_with_words_whatever_was_done_to_the_files(string file, string sql)
    {
        Ask(file, sql);
        var (exit, lines) = await VerifyAsync("en");
        Assert.Equal(1, exit);
        Assert.StartsWith("✗ Not verified: ", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains(" at XilinIngest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NULL", 2, 1, "Release 1 of 2022-07 has 0 of its 2 publications. Restore the cube from a backup.")]
    [InlineData("'other'", 0, 0, "Release 1 of 2022-07 was made from row 150 of a former ledger, which this one does not have.")]
    public async Task Looks_at_what_each_release_names(string hash, int publications, int expected, string words)
    {
        Ask("cube.db", "INSERT INTO month_release (period, number, released_at, ledger_through, ledger_hash, month_row, "
            + $"publications) VALUES (202207, 1, '2022-08-05T00:00:00.0000000+00:00', 150, {hash}, NULL, {publications})");
        var (exit, lines) = await VerifyAsync("en");
        Assert.Equal(expected, exit);
        Assert.Contains(lines, line => line.Trim() == words);
    }

    [Theory]
    [InlineData("'c2ln'", "Release 1 of 2022-07: its checkpoint 150 does not carry this ledger's signature: it was altered by hand. "
        + "Restore the cube from a backup.")]
    [InlineData("signature", "Release 1 of 2022-07: its checkpoint 150 covers row 150 with another hash than the release says: the release "
        + "was altered by hand. Restore the cube from a backup.")]
    public async Task Holds_the_checkpoint_of_a_release_against_the_log(string signature, string words)
    {
        Ask("cube.db", $"ATTACH '{Path.Combine(_service.Options.DataFolder, "ledger.db")}' AS ledger; "
            + "INSERT INTO month_release (period, number, released_at, ledger_through, ledger_hash, month_row, publications, "
            + "checkpoint_size, checkpoint_root, checkpoint_time, checkpoint_signature, checkpoint_origin) "
            + $"SELECT 202207, 1, '2022-08-05T00:00:00.0000000+00:00', 150, '{new string('0', 64)}', NULL, 0, "
            + $"tree_size, root, replace(created_at, 'Z', '0+00:00'), {signature}, origin FROM ledger.ledger_checkpoint "
            + "ORDER BY tree_size DESC LIMIT 1");
        var (exit, lines) = await VerifyAsync("en");
        Assert.Equal(1, exit);
        Assert.Contains(lines, line => line.Trim() == words);
    }

    [Fact]
    public async Task Does_not_believe_that_more_was_applied_than_the_ledger_has()
    {
        Ask("cube.db", "UPDATE cube_state SET applied_through = 151");
        var (exit, lines) = await VerifyAsync("en");
        Assert.Equal(1, exit);
        Assert.Contains("they hold row 151, and the ledger ends at row 150", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_believe_that_more_was_published_than_is_stored()
    {
        Ask("cube.db", "UPDATE cube_state SET published_through = published_through + 3");
        var (exit, lines) = await VerifyAsync("en");
        Assert.Equal(1, exit);
        Assert.Contains(lines, line => line.Contains("are marked as published, and the last one stored is", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zh", "项结果已存、尚未发布：服务启动后即发布。", "✓ 核对通过。")]
    [InlineData("en", "are stored and not yet published: the service publishes them once it runs.", "✓ Verified.")]
    public async Task Takes_what_a_kill_left_to_be_published_for_no_fault(string language, string note, string last)
    {
        Ask("cube.db", "UPDATE cube_state SET published_through = published_through - 2");
        var (exit, lines) = await VerifyAsync(language);
        Assert.Equal((0, 4, last), (exit, lines.Count, lines[^1]));
        Assert.EndsWith(note, lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh", "indicators.csv:19 kind：指标 ENTERPRISE_VISITS 由 flow 改为 stock", "✗ 核对未通过：目录有 1 处与已有数据不符，服务也不会用它启动。请改正目录，再核对一次。")]
    [InlineData("en", "indicators.csv:19 kind: indicator ENTERPRISE_VISITS was changed from flow to stock",
        "✗ Not verified: the catalogue has 1 faults against the figures that there are, and the service does not start with it. Correct "
        + "the catalogue, then verify again.")]
    public async Task Does_not_pass_a_catalogue_that_the_service_refuses(string language, string fault, string last)
    {
        using var catalogue = TestFolder.CopyOfCatalogue();
        catalogue.Edit("indicators.csv",
            text => text.Replace("走访企业,Enterprise visits,家,flow", "走访企业,Enterprise visits,家,stock", StringComparison.Ordinal));
        var (exit, lines) = await VerifyAsync(language, catalogue.Path);
        Assert.Equal((1, last), (exit, lines[^1]));
        Assert.StartsWith("  " + fault, lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh", "这不是签署本台账的密钥。请从备份恢复密钥，再核对一次。")]
    [InlineData("en", "it is not the key that signed this ledger. Restore the key from a backup, then verify again.")]
    public async Task Tells_another_key_from_an_altered_ledger(string language, string last)
    {
        await File.WriteAllTextAsync(_service.Options.KeyPath, SignedNotes.NoteSigner.CreatePem());
        var (exit, lines) = await VerifyAsync(language);
        Assert.Equal(1, exit);
        Assert.EndsWith(last, lines[^1], StringComparison.Ordinal);
    }

    private async Task<(int Exit, List<string> Lines)> VerifyAsync(string language, string? catalogue = null)
    {
        using var verify =
            new StandaloneProcess("verify", "--data", _service.Options.DataFolder, "--catalogue", catalogue ?? RepositoryFiles.Catalogue,
                "--lang", language);
        var exit = await verify.ExitAsync();
        Assert.Empty(verify.Errors.Trim());
        return (exit, [.. verify.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))]);
    }

    private long? Ask(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_service.Options.DataFolder, file)};Pooling=False");
        connection.Open();
        return connection.ExecuteScalar<long?>(sql);
    }
}
