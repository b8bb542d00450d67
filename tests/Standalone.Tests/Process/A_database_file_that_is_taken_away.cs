using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace XilinIngest.Standalone.Tests;

/// <summary>
/// While the service runs: a process that has a file open goes on writing to it, wherever it is, and what it writes there is lost.
/// </summary>
public sealed class A_database_file_that_is_taken_away(ITestOutputHelper output)
{
    [LinuxTheory, InlineData("ledger.db", "ledger", "intake"), InlineData("cube.db", "cube", "results")]
    public async Task Is_said_in_health_and_nothing_is_acknowledged_until_it_is_back(string file, string check, string stands)
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        await AnsweredAsync(client, HttpStatusCode.UnprocessableEntity, 1);
        File.Move(folder.In(file), folder.In("elsewhere.db"));
        var since = Stopwatch.StartNew();
        if (stands == "intake")
        {
            // At once, before anything has looked.
            await UnavailableAsync(client, "was removed while the service ran");
        }

        await HealthAsync(client, check, "was removed while the service ran");
        output.WriteLine($"{since.Elapsed.TotalSeconds:0.0} s  {check} says that {file} was removed");
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), $"It took {since.Elapsed}.");
        Assert.False(File.Exists(folder.In(file)), "An empty database was made in its place.");

        File.Move(folder.In("elsewhere.db"), folder.In(file));
        await InProcessService.EventuallyAsync(async () => (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK);
        await AnsweredAsync(client, HttpStatusCode.UnprocessableEntity, 2);
        await EndAsync(program, folder);
    }

    [LinuxTheory, Trait("suite", "long"), InlineData("ledger.db", "ledger"), InlineData("cube.db", "cube")]
    public async Task And_replaced_by_a_copy_of_itself_is_not_gone_on_with(string file, string check)
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        await AnsweredAsync(client, HttpStatusCode.UnprocessableEntity, 1);
        using (var source = new SqliteConnection($"Data Source={folder.In(file)};Pooling=False"))
        using (var copy = new SqliteConnection($"Data Source={folder.In("backup.db")};Pooling=False"))
        {
            source.Open();
            copy.Open();
            source.BackupDatabase(copy);
        }

        File.Move(folder.In("backup.db"), folder.In(file), overwrite: true);
        var before = File.ReadAllBytes(folder.In(file));
        if (check == "ledger")
        {
            await UnavailableAsync(client, "Another file was put in place of the database");
        }

        var health = await HealthAsync(client, check, "Another file was put in place of the database");
        Assert.Contains("被换成了另一个文件", health, StringComparison.Ordinal);

        // The remedy that it names. Once the program has ended, nothing can be written any more.
        program.Terminate();
        Assert.Equal(0, await program.ExitAsync());
        Assert.Equal(before, File.ReadAllBytes(folder.In(file)));
        File.Delete(folder.In($"{file}-wal"));
        File.Delete(folder.In($"{file}-shm"));
        using var again = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        using var other = new HttpClient { BaseAddress = await again.ServingAsync() };
        await AnsweredAsync(other, HttpStatusCode.UnprocessableEntity, 2);
        await EndAsync(again, folder);
    }

    [LinuxFact, Trait("suite", "long")]
    public async Task With_the_whole_folder_leaves_one_service_that_works_where_a_second_is_started()
    {
        using var folder = new TestFolder();
        var data = folder.In("data");
        using var first = new StandaloneProcess("--data", data, "--port", "0", "--lang", "en");
        using var old = new HttpClient { BaseAddress = await first.ServingAsync() };
        await AnsweredAsync(old, HttpStatusCode.UnprocessableEntity, 1);
        Directory.Move(data, folder.In("away"));
        using var second = new StandaloneProcess("--data", data, "--port", "0", "--lang", "en");
        using var client = new HttpClient { BaseAddress = await second.ServingAsync() };
        await AnsweredAsync(client, HttpStatusCode.UnprocessableEntity, 1);
        await UnavailableAsync(old, "Another file was put in place of the database");
        await HealthAsync(old, "cube", "Another file was put in place of the database");
        await InProcessService.EventuallyAsync(async () => (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK);
        await EndAsync(second, folder, "data");
    }

    private static async Task AnsweredAsync(HttpClient client, HttpStatusCode status, long sequence)
    {
        // Of a month that is closed: refused, and recorded as that.
        using var answer =
            await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Set("revision", (int)sequence).Body());
        var receipt = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, receipt);
        Assert.Equal(sequence, (long)JsonNode.Parse(receipt)!["sequence"]!);
    }

    private static async Task UnavailableAsync(HttpClient client, string because)
    {
        using var answer = await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Set("revision", 9).Body());
        await ProblemAssertions.AssertAsync(answer, HttpStatusCode.ServiceUnavailable, because);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    private static async Task<string> HealthAsync(HttpClient client, string check, string says)
    {
        var found = "";
        await InProcessService.EventuallyAsync(async () =>
        {
            using var answer = await client.GetAsync("/health/ready");
            var state = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["checks"]![check]!;
            found = $"{state["status"]}: {state["description"]}";
            return found.StartsWith("Unhealthy", StringComparison.Ordinal) && found.Contains(says, StringComparison.Ordinal);
        });
        return found;
    }

    private static async Task EndAsync(StandaloneProcess program, TestFolder folder, string data = "")
    {
        program.Terminate();
        Assert.Equal(0, await program.ExitAsync());
        Starting_and_stopping.AssertNoStackTrace(program);
        using var verify = new StandaloneProcess("verify", "--data", folder.In(data), "--lang", "en");
        Assert.True(await verify.ExitAsync() == 0, verify.Output + verify.Errors);
    }
}
