using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Messaging;
using XilinIngest.SignedNotes;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Witnessing;

namespace XilinIngest.Client.Tests.Witnessing;

/// <summary>Each worker of a ledger asks its witnesses, and none knows what the others do.</summary>
public sealed class Workers_that_ask_at_once
{
    [Fact]
    public async Task Bring_the_witness_up_to_date_and_report_no_fault()
    {
        using var data = new TestFolder();
        await using var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, data);
        var ledger = Assert.Single(service.Services.GetRequiredService<Ledgers>().All);
        using var witness = new WitnessProcess("district.example.org/witness", $"{ledger.Signer.Keys.Newest}\n");
        await witness.StartAsync();
        var policy = TrustPolicyReader.Read(
            Encoding.UTF8.GetBytes($"witness district {witness.Key} {witness.Address}\nquorum district\n")).Policy!;
        using var client = new WitnessClient();
        var workers = Enumerable.Range(0, 4).Select(_ => new LedgerWitnesses(
            ledger, policy, client, TimeProvider.System, new LogThrottle(), NullLogger.Instance)).ToList();
        for (var revision = 1; revision <= 20; revision++)
        {
            await service.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission().Set("revision", revision));
            await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.AskAsync(CancellationToken.None))));
            Assert.All(workers, worker => Assert.False(
                worker.Witnesses[0].Fault is { Kind: not WitnessFaultKind.Away }, worker.Witnesses[0].Fault?.En));
            Assert.StartsWith($"{ledger.Signer.Origin}\n{revision}\n", await witness.GetAsync("checkpoint"));
        }

        await Eventually.IsTrueAsync(async () => (await Task.WhenAll(
            workers.Select(worker => worker.AskAsync(CancellationToken.None)))).All(isDone => isDone));
        Assert.All(workers, worker => Assert.Null(worker.Witnesses[0].Fault));
        var note = workers[0].FindCheckpoint()!;
        Assert.True(policy.Check(note).IsMet);
        Assert.Equal("20", note.Text.Split('\n')[1]);
    }
}
