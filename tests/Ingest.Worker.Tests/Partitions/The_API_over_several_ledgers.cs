using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Worker.Tests.Partitions;

/// <summary>A worker as its own service, with three ledgers.</summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class The_API_over_several_ledgers : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Wuxing = "320404001000";
    private const string Village2 = "320404007202";
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-api-").FullName;
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly CatalogueFolder _catalogue = Catalogue()
        .Write("partitions.csv", $"path,connection\n{District},\n{Street},\n{FirstVillage},\n");

    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        var builder = ServiceHost.CreateBuilder().ListenOn(new(IPAddress.Loopback, 0)).AddAccess(new AccessOptions());
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddCatalogue(_catalogue.Path);
        builder.Services.AddIngestWorker(
            new PartitionDatabases(new Database(Path.Combine(_folder, "ledger.db"))), new SigningKey(
                Path.Combine(_folder, "ledger-key.pem"), "stats.example/xilin"));
        builder.Services.AddInMemoryBus(WorkerRegistration.WorkerQueues);
        builder.Services.AddHealthChecks().AddIngestWorkerCheck();
        _app = builder.BuildService();
        _app.MapIngestWorker();
        await _app.StartAsync();
        _http = new HttpClient
        {
            BaseAddress = new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _catalogue.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Lists_all_rows_page_by_page_and_tells_what_concerns_one_by_partition()
    {
        await SendAsync(Report(Village), Report(Village2), Report(Wuxing), Report(Village2, 2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(Report(Wuxing, 2), Report(Village, 2));
        var all = await RowsAsync("api/submissions?limit=50");
        Assert.Equal(6, all.Count);
        var paged = await RowsAsync("api/submissions?limit=4");
        paged.AddRange(await RowsAsync($"api/submissions?limit=4&before={paged[^1].Sequence}&beforePartition={paged[^1].Partition}"));
        Assert.Equal(all.Select(row => (row.Partition, row.Sequence)), paged.Select(row => (row.Partition, row.Sequence)));
        Assert.Equal([2L, 1], (await RowsAsync($"api/submissions?partition={Street}")).Select(row => row.Sequence));
        Assert.Equal([1L], (await RowsAsync($"api/submissions?partition={Street}&before=2")).Select(row => row.Sequence));
        Assert.Equal(Village2, (await RowsAsync($"api/submissions/some?sequences=2&partition={Street}"))[0].Unit);

        var row = await GetAsync<SubmissionDetail>($"api/submissions/1?partition={Street}");
        Assert.Equal((Village2, Street), (row.Receipt.Unit, row.Receipt.Partition));
        Assert.Equal(Village2, (await GetAsync<SubmissionDetail>($"api/submissions/1?unit={Village2}")).Receipt.Unit);
        Assert.Equal(Wuxing, (await GetAsync<SubmissionDetail>($"api/submissions/1?unit={Wuxing}")).Receipt.Unit);
    }

    [Theory]
    [InlineData("api/submissions?before=3", HttpStatusCode.BadRequest)]
    [InlineData("api/submissions?before=3&beforePartition=32.04.05", HttpStatusCode.NotFound)]
    [InlineData("api/submissions/1", HttpStatusCode.BadRequest)]
    [InlineData("api/submissions/1?partition=32.04.05", HttpStatusCode.NotFound)]
    [InlineData("api/submissions/some?sequences=1", HttpStatusCode.BadRequest)]
    [InlineData("api/ledger/checkpoint", HttpStatusCode.BadRequest)]
    [InlineData("api/ledger/inclusion?sequence=1", HttpStatusCode.BadRequest)]
    [InlineData("api/ledger/consistency?first=1&partition=32", HttpStatusCode.NotFound)]
    public async Task Refuses_what_concerns_one_ledger_and_names_none(string question, HttpStatusCode expected)
    {
        using var answer = await _http.GetAsync(question);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Contains(Street, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proves_a_row_of_each_ledger_with_one_key()
    {
        var receipts = await SendAsync(Report(Village), Report(Village2), Report(Wuxing), Report(Village2, 2));
        var keys = (await _http.GetStringAsync("api/ledger/key")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => NoteVerifier.TryParse(line, out var key) ? key : throw new FormatException(line)).ToList();
        Assert.Equal(
            [.. new[] { District, Street, FirstVillage }.Select(path => $"stats.example/xilin/{path}"), "stats.example/xilin/time"],
            keys.Select(key => key.Name));
        Assert.Single(keys.Take(3).Select(key => Convert.ToHexString(key.PublicKey)).Distinct());
        foreach (var receipt in receipts)
        {
            var newest = await GetAsync<Checkpoint>($"api/ledger/checkpoint?partition={receipt.Partition}");
            var note = CheckpointNote.Compose(newest.Origin, newest.TreeSize, newest.Root, newest.Signatures)!;
            Assert.Equal([$"stats.example/xilin/{receipt.Partition}", "stats.example/xilin/time"],
                note.Verify(keys).Valid.Select(signature => signature.Key.Name));
            var proof = await GetAsync<InclusionProof>(
                $"api/ledger/inclusion?sequence={receipt.Sequence}&treeSize={newest.TreeSize}&partition={receipt.Partition}");
            Assert.Equal(receipt.LeafHash, proof.LeafHash);
            await GetAsync<ConsistencyProof>(
                $"api/ledger/consistency?first={receipt.Checkpoint.TreeSize}&second={newest.TreeSize}&partition={receipt.Partition}");
        }
    }

    [Fact]
    public async Task Serves_the_hashes_of_each_ledger_below_its_path()
    {
        var receipts = await SendAsync(Report(Village), Report(Village2), Report(Wuxing));
        foreach (var receipt in receipts)
        {
            var note = await _http.GetStringAsync($"log/{receipt.Partition}/checkpoint");
            Assert.StartsWith($"stats.example/xilin/{receipt.Partition}\n1\n", note, StringComparison.Ordinal);
            Assert.Equal(
                receipt.LeafHash, Convert.ToHexStringLower(await _http.GetByteArrayAsync($"log/{receipt.Partition}/tile/0/000.p/1")));
        }

        using var answer = await _http.GetAsync("checkpoint");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(Street, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merges_timeliness_and_records_reviews_and_closings_in_their_ledgers()
    {
        await SendAsync(NewSubmission(Firm, "2022-07", Sales(3)), Report(Village2));
        var year = await GetAsync<YearTimeliness>("api/timeliness?unit=320404000000&year=2022");
        Assert.Equal(ReportTiming.OnTime, year.Units.Single(unit => unit.Unit == Firm).Months[6].State);
        using var closed = await _http.PostAsync("api/months/2022-07/close",
            Body(new JsonObject { ["messageId"] = Guid.NewGuid().ToString(), ["reason"] = MonthMessages.Reason }));
        var receipt = (await closed.Content.ReadFromJsonAsync<SubmissionReceipt>(WireFormat.Options))!;
        Assert.Equal((HttpStatusCode.OK, District), (closed.StatusCode, receipt.Partition));
        using var late = await _http.PostAsync("api/submissions", Body(Report(Village2, 2)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
    }

    private async Task<IReadOnlyList<SubmissionReceipt>> SendAsync(params JsonObject[] reports)
    {
        using var answer = await _http.PostAsync("api/submissions", Body(new() { ["submissions"] = new JsonArray([.. reports]) }));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<SubmissionReceiptPack>(WireFormat.Options))!.Receipts;
    }

    private async Task<List<SubmissionRow>> RowsAsync(string question) => await GetAsync<List<SubmissionRow>>(question);

    private async Task<T> GetAsync<T>(string question)
    {
        using var answer = await _http.GetAsync(question);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonSerializer.Deserialize<T>(await answer.Content.ReadAsByteArrayAsync(), ApiJson.Options)!;
    }

    private static StringContent Body(JsonObject message) => new(message.ToJsonString(), Encoding.UTF8, "application/json");

    private static JsonObject Report(string unit, int revision = 1) =>
        NewSubmission(unit, "2022-07", Petitions(revision)).Set("revision", revision);
}
