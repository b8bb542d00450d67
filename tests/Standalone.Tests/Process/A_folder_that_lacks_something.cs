using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace XilinIngest.Standalone.Tests;

/// <summary>A data folder as hands, disks and half a backup leave it.</summary>
public sealed class A_folder_that_lacks_something
{
    [Theory, InlineData("ledger-key.pem"), InlineData("ledger-key-time.pem")]
    public async Task Is_refused_without_a_key_that_its_rows_were_signed_with(string key)
    {
        using var folder = await FolderWithARowAsync();
        File.Delete(folder.In(key));
        var errors = await FailedStartAsync(folder);
        Assert.Contains($"{key} is missing, and", errors, StringComparison.Ordinal);
        Assert.Contains("Restore the key from a backup", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.In(key)));
    }

    [Fact]
    public async Task Is_refused_with_words_where_its_checkpoints_are_of_before_the_first_release()
    {
        using var folder = await FolderWithARowAsync();
        using (var ledger = new SqliteConnection($"Data Source={folder.In("ledger.db")};Pooling=False"))
        {
            ledger.Execute("UPDATE ledger_checkpoint SET origin = '', signature = 'c2ln'; DELETE FROM ledger_key");
        }

        var errors = await FailedStartAsync(folder);
        Assert.Contains("made by a version from before the first release", errors, StringComparison.Ordinal);
        Assert.Contains("正式发布之前的版本", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_with_words_where_the_cube_is_no_database()
    {
        using var folder = await FolderWithARowAsync();

        // All of it into the file: a database whose pages are still in the log beside it can be read from there.
        PageOf(folder.In("cube.db"), "cube_effective_month");
        await File.WriteAllBytesAsync(folder.In("cube.db"), [.. Enumerable.Repeat((byte)0x5A, 8192)]);
        var errors = await FailedStartAsync(folder);
        Assert.Contains("is damaged or is not a database", errors, StringComparison.Ordinal);
        Assert.Contains("move cube.db away", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_submissions_though_the_cube_is_damaged_and_says_so_in_health()
    {
        using var folder = await FolderWithARowAsync();

        var (page, size) = PageOf(folder.In("cube.db"), "cube_effective_month");
        await using (var cube = File.OpenWrite(folder.In("cube.db")))
        {
            cube.Seek((page - 1) * size, SeekOrigin.Begin);
            await cube.WriteAsync(Enumerable.Repeat((byte)0x5A, (int)size).ToArray());
        }

        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        using var taken = await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Body());
        Assert.True(taken.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, await taken.Content.ReadAsStringAsync());
        await InProcessService.EventuallyAsync(async () =>
        {
            using var health = await client.GetAsync("/health/ready");
            return (string?)JsonNode.Parse(await health.Content.ReadAsStringAsync())!["checks"]!["cube"]!["description"] is { } words
                && words.Contains("移走 cube.db", StringComparison.Ordinal) && words.Contains("move cube.db away", StringComparison.Ordinal);
        });
        program.Terminate();
        Assert.Equal(0, await program.ExitAsync());
    }

    [Fact]
    public async Task Ends_the_service_where_another_one_has_taken_the_cube_over()
    {
        using var folder = await FolderWithARowAsync();
        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        await InProcessService.EventuallyAsync(async () =>
        {
            using var health = await client.GetAsync("/health/ready");
            return health.StatusCode == HttpStatusCode.OK;
        });

        // As a second aggregator does that was given the claim. It is noticed though nothing comes in.
        using (var cube = new SqliteConnection($"Data Source={folder.In("cube.db")};Pooling=False"))
        {
            Assert.Equal(1, cube.Execute("UPDATE cube_state SET epoch = epoch + 1"));
        }

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("Another aggregator has taken", program.Errors, StringComparison.Ordinal);
    }

    private static (long Page, long Size) PageOf(string file, string table)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();

        // What is still in the log beside the file would be read in the page's place.
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return connection.QuerySingle<(long, long)>(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = @Table", new { Table = table });
    }

    private static async Task<TestFolder> FolderWithARowAsync()
    {
        var folder = new TestFolder();
        await using var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, folder);
        await service.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission());
        return folder;
    }

    private static async Task<string> FailedStartAsync(TestFolder folder)
    {
        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        Assert.Equal(1, await program.ExitAsync());
        Starting_and_stopping.AssertNoStackTrace(program);
        return program.Errors;
    }
}
