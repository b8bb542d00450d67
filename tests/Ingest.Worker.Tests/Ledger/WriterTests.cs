using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Tests.Ledger;

#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class The_writer : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private readonly LedgerFixture _ledger = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddInMemoryBus().BuildServiceProvider();
    private LedgerWriter _writer = null!;

    public async Task InitializeAsync()
    {
        await _services.GetRequiredService<IBusControl>().StartAsync();
        _writer = new LedgerWriter(_ledger.Committer, _ledger.Store, _services.GetRequiredService<MessagePublisher>(), _ledger.Catalogues,
            NullLogger<LedgerWriter>.Instance);
    }

    public async Task DisposeAsync()
    {
        _writer.Dispose();
        await _services.DisposeAsync();
        _ledger.Dispose();
    }

    private async Task<SubmissionReceipt> Append(byte[] body, string sender = "test") =>
        Assert.Single(await _writer.AppendAsync([_ledger.Prepare(body) with { Sender = sender }], CancellationToken.None).WaitAsync(Long));

    private static async Task WaitUntilAsync(Func<bool> holds)
    {
        for (var since = Stopwatch.StartNew(); !holds(); await Task.Delay(5))
        {
            Assert.True(since.Elapsed < Long, "The condition did not become true.");
        }
    }

    [Fact]
    public async Task Answers_everyone_once_all_is_on_disk()
    {
        var waiting = Enumerable.Range(1, 700).Select(i => Append(ValidSubmission().Set("revision", i).Bytes())).ToList();
        await _writer.StartAsync(CancellationToken.None);
        var receipts = await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(1, 700).Select(i => (long)i), receipts.Select(receipt => receipt.Sequence).Order());
        Assert.True(receipts.Select(receipt => receipt.Checkpoint.TreeSize).Distinct().Count() <= 3, "they are committed in groups");
        Assert.Equal(700, _ledger.Rows().Count);
        await _writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Keeps_the_others_of_a_group_where_one_cannot_be_committed()
    {
        var good = Enumerable.Range(1, 5).Select(i => Append(ValidSubmission().Set("revision", i).Bytes())).ToList();
        var bad = Append(ValidSubmission().Bytes(), sender: null!);
        var later = Append(ValidSubmission().Set("revision", 9).Bytes());
        await _writer.StartAsync(CancellationToken.None);

        await Assert.ThrowsAsync<ArgumentNullException>(() => bad);
        var receipts = await Task.WhenAll([.. good, later]);
        Assert.Equal([1L, 2, 3, 4, 5, 6], receipts.Select(receipt => receipt.Sequence));
        Assert.Null(_writer.Availability.LastCommitError);
        Assert.Empty(_ledger.Verify().Faults);
        await _writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Finishes_and_answers_the_group_in_hand_when_it_is_stopped_and_refuses_the_rest()
    {
        var waiting = Enumerable.Range(1, 700).Select(i => Append(ValidSubmission().Set("revision", i).Bytes())).ToList();
        Task stopping;
        await using (var connection = _ledger.Store.Open())
        {
            // Another worker has the lock, so the first batch is taken from the queue and cannot be committed.
            await using var held = Database.BeginWrite(connection);
            await _writer.StartAsync(CancellationToken.None);
            await WaitUntilAsync(() => _writer.WaitingCount == 200);
            stopping = _writer.StopAsync(CancellationToken.None);
            Assert.DoesNotContain(waiting, answer => answer.IsCompleted);
        }

        await stopping.WaitAsync(Long);
        var receipts = await Task.WhenAll(waiting[..500]);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), receipts.Select(receipt => receipt.Sequence).Order());
        foreach (var refused in waiting[500..])
        {
            Assert.True((await Assert.ThrowsAsync<LedgerUnavailableException>(() => refused)).IsStopping);
        }

        Assert.True((await Assert.ThrowsAsync<LedgerUnavailableException>(() => Append(ValidSubmission().Bytes()))).IsStopping);
        Assert.Equal(500, _ledger.Rows().Count);
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public async Task Answers_a_committed_group_that_a_stopped_bus_takes_no_more()
    {
        await _services.GetRequiredService<IBusControl>().StopAsync();
        var waiting = Append(ValidSubmission().Bytes());
        await _writer.StartAsync(CancellationToken.None);
        await WaitUntilAsync(() => _ledger.Rows().Count == 1);
        await _writer.StopAsync(CancellationToken.None).WaitAsync(Long);
        var answer = await Record.ExceptionAsync(() => waiting);
        Assert.True(answer is null or LedgerUnavailableException { IsStopping: true }, $"{answer}");
        Assert.Single(_ledger.Rows());
    }
}
