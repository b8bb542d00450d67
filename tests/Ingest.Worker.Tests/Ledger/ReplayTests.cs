using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary>Of a ledger of 450 rows, over the bus.</summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class A_replay : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly LedgerFixture _ledger = new();
    private readonly ServiceProvider _services;

    public A_replay() => _services = new ServiceCollection().AddLogging().AddSingleton<ReceivedPacks>()
        .AddSingleton(provider => new Ledgers(_ledger.Catalogues, [_ledger.Run(provider.GetRequiredService<MessagePublisher>())]))
        .AddSingleton(_ledger.Catalogues).AddSingleton(TimeProvider.System).AddSingleton<DeadLetterPublisher>()
        .AddInMemoryBus(new BusQueue<ReplayConsumer>("replay", Exchanges.Replay, 1),
            new BusQueue<ReplayedPackConsumer>("packs", Exchanges.Accepted, 1))
        .BuildServiceProvider();

    private ReceivedPacks Came => _services.GetRequiredService<ReceivedPacks>();

    public async Task InitializeAsync()
    {
        _ledger.Receipts(Enumerable.Range(1, 450).Select(revision => ValidSubmission().Set("revision", revision).Bytes()));
        await _services.GetRequiredService<IBusControl>().StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _services.GetRequiredService<IBusControl>().StopAsync();
        await _services.DisposeAsync();
        _ledger.Dispose();
    }

    [Fact]
    public async Task To_the_end_gives_every_row_what_it_follows_on_and_the_end()
    {
        var packs = await AskAsync(41, null, 4);
        Assert.Equal([(41, 240), (241, 440), (441, 450), (451, 450)], packs.Select(pack => (pack.FromSequence, pack.ToSequence)));
        AssertChained(packs);
        Assert.Null(packs[^1].LastLeafHash);
    }

    [Fact]
    public async Task Of_a_gap_gives_that_alone()
    {
        var pack = Assert.Single(await AskAsync(3, 5, 1));
        Assert.Equal((3, 5, 3), (pack.FromSequence, pack.ToSequence, pack.Submissions.Count));
        AssertChained([pack]);
    }

    [Fact]
    public async Task From_beyond_the_end_says_where_that_is()
    {
        var pack = Assert.Single(await AskAsync(600, null, 1));
        Assert.Equal((600, 450, 0), (pack.FromSequence, pack.ToSequence, pack.Submissions.Count));
    }

    [Fact]
    public void Follows_on_what_was_published_when_it_was_committed() => AssertChained(
        [.. _ledger.Commit(
            Enumerable.Range(451, 90).Select(revision => ValidSubmission().Set("revision", revision).Bytes())).AcceptedPacks]);

    [Fact]
    public async Task Of_a_row_that_names_what_the_catalogue_does_not_know_is_refused_in_words_and_comes_once_that_is_mended()
    {
        _ledger.Receipts(NewSubmission(Village, "2022-07", Value("FIRMS", 3, "家")).Set("revision", 500).Bytes());

        // As only a hand can: no edit of the catalogue may lose what has figures.
        _ledger.ExecuteSql("DELETE FROM ledger_effective_month; DELETE FROM recorded_fact");
        Assert.Empty(_ledger.Edit("indicators.csv", "FIRMS,", "SHOPS,"));
        await _services.GetRequiredService<MessagePublisher>()
            .PublishAsync(new ReplayAccepted { FromSequence = 450, ToSequence = 451 }, null, CancellationToken.None);
        var state = _services.GetRequiredService<Ledgers>().All[0].Replays;
        Assert.True(SpinWait.SpinUntil(() => state.Fault is not null, TimeSpan.FromSeconds(30)));
        Assert.Matches("^Ledger row 451: .*FIRMS.* is not in the catalogue. Put its row back into indicators.csv.$", state.Fault!.Message);
        Assert.Contains(state.Fault.Message, _ledger.Verify().Faults);

        Assert.Empty(_ledger.Edit("indicators.csv", "SHOPS,", "FIRMS,"));
        Assert.Single(await AskAsync(450, 451, 1));

        // Said once the last pack is out, a moment after it came.
        Assert.True(SpinWait.SpinUntil(() => state.Fault is null, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Of_a_row_whose_content_was_altered_names_it_and_gives_only_what_comes_before()
    {
        _ledger.ExecuteSql("UPDATE ledger_entry SET verdict = 'superseded' WHERE sequence = 90");
        var pack = Assert.Single(await AskAsync(81, null, 1));
        Assert.Equal((81, 89), (pack.FromSequence, pack.ToSequence));
        await FailsAsync(", 2022-07) was altered: its figures are not published.");
        Assert.Single(Came.All);

        // A replay behind that row goes through. Replays are answered in their order, so a pack with that row would have come before these.
        var packs = await AskAsync(441, null, 3);
        Assert.Equal([(81, 89), (441, 450), (451, 450)], packs.Select(later => (later.FromSequence, later.ToSequence)));
        await FailsAsync("Ledger row 90 ");
    }

    [Fact]
    public async Task Of_a_row_that_was_altered_together_with_its_hash_names_the_rows_that_were_signed_with_it_and_gives_none()
    {
        var row = _ledger.Rows()[89];
        var altered = (row with { Verdict = StoredVerdicts.Superseded }).WithLeafHash();
        _ledger.ExecuteSql(
            $"UPDATE ledger_entry SET verdict = 'superseded', leaf_hash = x'{Convert.ToHexStringLower(altered.LeafHash)}' WHERE "
            + "sequence = 90");
        await _services.GetRequiredService<MessagePublisher>()
            .PublishAsync(new ReplayAccepted { FromSequence = 81, ToSequence = null }, null, CancellationToken.None);
        await FailsAsync("Among ledger rows 1 to 450 one was altered together with its hash");
        Assert.Empty(Came.All);
    }

    [Fact]
    public async Task Of_rows_that_were_altered_together_with_the_tree_gives_none()
    {
        var row = _ledger.Rows()[89];
        var altered = (row with { Verdict = StoredVerdicts.Superseded }).WithLeafHash();
        _ledger.ExecuteSql(
            $"UPDATE ledger_entry SET verdict = 'superseded', leaf_hash = x'{Convert.ToHexStringLower(altered.LeafHash)}' WHERE "
            + "sequence = 90");
        _ledger.ExecuteSql($"UPDATE tree_node SET hash = x'{new string('7', 64)}' WHERE level = 8 AND number = 0");
        await _services.GetRequiredService<MessagePublisher>()
            .PublishAsync(new ReplayAccepted { FromSequence = 441, ToSequence = null }, null, CancellationToken.None);
        await FailsAsync("one was altered together with its hash");
        Assert.Empty(Came.All);
    }

    [Fact]
    public async Task Of_a_ledger_whose_newest_checkpoint_is_not_signed_by_it_gives_none()
    {
        _ledger.ExecuteSql($"UPDATE ledger_checkpoint SET root = '{new string('7', 64)}' WHERE tree_size = 450");
        await _services.GetRequiredService<MessagePublisher>()
            .PublishAsync(new ReplayAccepted { FromSequence = 441, ToSequence = null }, null, CancellationToken.None);
        await FailsAsync("The ledger's newest checkpoint (row 450) does not carry its signature");
        Assert.Empty(Came.All);
    }

    private async Task FailsAsync(string reason)
    {
        var state = _services.GetRequiredService<Ledgers>().All[0].Replays;
        for (var i = 0; i < 1_000 && state.Fault is null; i++)
        {
            await Task.Delay(20);
        }

        Assert.Contains(reason, state.Fault?.Message, StringComparison.Ordinal);
    }

    private async Task<List<SubmissionsAccepted>> AskAsync(long from, long? to, int count)
    {
        await _services.GetRequiredService<MessagePublisher>()
            .PublishAsync(new ReplayAccepted { FromSequence = from, ToSequence = to }, null, CancellationToken.None);
        Assert.True(SpinWait.SpinUntil(() => Came.All.Count >= count, TimeSpan.FromSeconds(30)));
        return [.. Came.All];
    }

    private void AssertChained(IReadOnlyList<SubmissionsAccepted> packs)
    {
        var rows = _ledger.Rows();
        string? Hash(long sequence) => sequence < 1 ? null : Convert.ToHexStringLower(rows[(int)sequence - 1].LeafHash);
        Assert.All(packs, pack => Assert.Equal(Hash(pack.FromSequence - 1), pack.PreviousLeafHash));
        Assert.All(packs.Where(pack => pack.ToSequence >= pack.FromSequence),
            pack => Assert.Equal(Hash(pack.ToSequence), pack.LastLeafHash));
    }

    public sealed class ReceivedPacks
    {
        public ConcurrentQueue<SubmissionsAccepted> All { get; } = [];
    }

    public sealed class ReplayedPackConsumer(ReceivedPacks packs) : IMessageConsumer
    {
        public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
        {
            packs.All.Enqueue(MessageJson.Read<SubmissionsAccepted>(message.Body));
            return Task.CompletedTask;
        }
    }
}
