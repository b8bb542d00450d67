using XilinIngest.Standalone.Tests.Api;

namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>
/// A data folder is copied, and both copies go on with the same keys: the server shows one history to some and another one to others.
/// </summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
[Collection(SampleYearsCollection.Name)]
public sealed class A_log_with_two_histories(GoVerifier go) : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly TestFolder _first = new();
    private readonly TestFolder _second = new();
    private readonly TestFolder _saved = new();

    private string Keys => _saved.In("keys");

    private string Common => _saved.In("common");

    public async Task InitializeAsync()
    {
        await using (var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _first))
        {
            await SubmitAsync(service, visits: 1, revision: 1);
            await SubmitAsync(service, visits: 2, revision: 2);
            using var files = new LogFiles(service);
            File.Copy(await files.SaveKeysAsync(), Keys);
            File.Copy(await files.SaveCheckpointAsync(), Common);
        }

        foreach (var file in Directory.EnumerateFiles(_first.Path))
        {
            File.Copy(file, _second.In(Path.GetFileName(file)));
        }
    }

    [Fact]
    public async Task Is_found_by_who_compares_two_checkpoints_of_one_size()
    {
        var (one, two) = (await GoOnAsync(_first, 3), await GoOnAsync(_second, 4));
        Assert.Equal(LogFiles.SizeOf(one.Checkpoint), LogFiles.SizeOf(two.Checkpoint));
        await go.AcceptAsync("checkpoint", Keys, one.Checkpoint);
        await go.AcceptAsync("checkpoint", Keys, two.Checkpoint);
        Assert.Equal(
            "two different logs of 3 rows are signed",
            await go.RefuseAsync("consistency", Keys, one.Checkpoint, two.Checkpoint, two.Proof));
    }

    [Fact]
    public async Task Is_found_by_who_asks_the_one_whether_it_goes_on_from_the_others_checkpoint()
    {
        // Each goes on from what was before they parted.
        var (one, two) = (await GoOnAsync(_first, 3), await GoOnAsync(_second, 4, 5));
        await go.AcceptAsync("consistency", Keys, Common, one.Checkpoint, one.Proof);
        await go.AcceptAsync("consistency", Keys, Common, two.Checkpoint, two.Proof);

        await using var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _second);
        using var files = new LogFiles(service);
        var proof = await files.SaveConsistencyAsync(one.Checkpoint, two.Checkpoint);
        await go.RefuseAsync("consistency", Keys, one.Checkpoint, two.Checkpoint, proof);
        await go.AcceptAsync("tree", Keys, two.Checkpoint, service.Client.BaseAddress!.ToString());
        await go.RefuseAsync("tree", Keys, one.Checkpoint, service.Client.BaseAddress!.ToString());
    }

    public Task DisposeAsync()
    {
        _first.Dispose();
        _second.Dispose();
        _saved.Dispose();
        return Task.CompletedTask;
    }

    /// <returns>The new checkpoint, and the proof that it goes on from the common one.</returns>
    private async Task<(string Checkpoint, string Proof)> GoOnAsync(TestFolder data, params int[] visits)
    {
        await using var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, data);
        foreach (var count in visits)
        {
            await SubmitAsync(service, count, revision: count);
        }

        using var files = new LogFiles(service);
        var checkpoint = await files.SaveCheckpointAsync();
        var name = $"{Path.GetFileName(data.Path)}-{LogFiles.SizeOf(checkpoint)}";
        File.Copy(checkpoint, _saved.In(name));
        File.Copy(await files.SaveConsistencyAsync(Common, checkpoint), _saved.In(name + "-proof"));
        return (_saved.In(name), _saved.In(name + "-proof"));
    }

    private static Task<long> SubmitAsync(InProcessService service, int visits, int revision) => service.SubmitAndApplyAsync(
        TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(visits)).Set("revision", revision));
}
