using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Submissions.Reading;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Worker.Tests.Partitions;

/// <summary>The district, its street, and a village of the street, each a partition with a ledger of its own.</summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class A_tree_with_three_ledgers : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Wuxing = "320404001000";
    private const string Village2 = "320404007202";
    private static readonly string[] All = [District, Street, FirstVillage];
    private PartitionedLedgers _three = null!;

    public async Task InitializeAsync() => _three = await StartAsync(All);

    public async Task DisposeAsync() => await _three.DisposeAsync();

    [Fact]
    public async Task Answers_a_pack_for_all_of_them_in_its_order_and_names_the_partition_of_each_row()
    {
        var receipts = await _three.SendAsync(
            Report(Village2), Report(Village), Report(Wuxing), Report("320404999999"), Report(NewVillage), Report(Village2, revision: 2));
        Assert.Equal(
            [(Street, 1), (FirstVillage, 1), (District, 1), (District, 2), (Street, 2), (Street, 3)],
            receipts.Select(receipt => (receipt.Partition!, (int)receipt.Sequence)));
        Assert.Equal(
            [Verdict.Accepted, Verdict.Accepted, Verdict.Accepted, Verdict.Refused, Verdict.Refused, Verdict.Accepted],
            receipts.Select(receipt => receipt.Verdict));
        Assert.Equal([Village2, NewVillage, Village2], _three.Rows(Street).Select(row => row.Unit));
        Assert.All(receipts, receipt =>
        {
            using var json = JsonDocument.Parse(ReceiptJson.Write(receipt));
            Assert.Equal(receipt.Partition, json.RootElement.GetProperty("partition").GetString());
            Assert.Equal(Encoding.UTF8.GetString(WireFormat.Serialize(receipt)), Encoding.UTF8.GetString(ReceiptJson.Write(receipt).Span));
        });
        Assert.Empty(_three.Verify());
    }

    [Fact]
    public async Task Signs_checkpoints_of_which_none_passes_for_another_ledgers()
    {
        var receipts = await _three.SendAsync(Report(Village2), Report(Village), Report(Wuxing));
        foreach (var (receipt, ledger) in receipts.SelectMany(receipt => _three.Ledgers.All.Select(ledger => (receipt, ledger))))
        {
            Assert.Equal(receipt.Partition == ledger.Partition.Path, ledger.Signer.Verify(receipt.Checkpoint));
        }

        var (signed, signer) = (receipts[0].Checkpoint, _three.Of(Street).Signer);
        Assert.True(signer.Verify(signed));
        Assert.False(signer.Verify(signed with { Partition = District }));
        Assert.False(signer.Verify(signed with { Partition = null }));
        Assert.False(signer.Verify(signed with { Origin = _three.Of(District).Signer.Origin }));
        Assert.EndsWith($"/{Street}", signed.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishes_the_rows_of_each_ledger_to_its_own_exchange()
    {
        await _three.SendAsync(Report(Village2), Report(Village), Report(Village2, revision: 2));
        await UntilAsync(() => _three.Packs.All.Count == 2);
        Assert.Equal(
            [(FirstVillage, 1L, 1L), (Street, 1L, 2L)],
            _three.Packs.All.Select(pack => (Path: pack.Partition!, pack.FromSequence, pack.ToSequence))
                .OrderByDescending(pack => pack.Path.Length));
    }

    [Fact]
    public async Task Has_two_rows_for_one_id_that_came_for_units_of_two_partitions_and_one_for_what_is_sent_again()
    {
        var id = Guid.NewGuid().ToString();
        var (first, second) = (Report(Village).Set("submissionId", id), Report(Village2).Set("submissionId", id));
        Assert.All(await _three.SendAsync(Copy(first), Copy(second)), receipt => Assert.Equal(Verdict.Accepted, receipt.Verdict));
        var again = await _three.SendAsync(Copy(second), Copy(first));
        Assert.Equal([(Street, 1L), (FirstVillage, 1L)], again.Select(receipt => (receipt.Partition!, receipt.Sequence)));
        var reused = (await _three.SendAsync(Report(Village, revision: 2).Set("submissionId", id)))[0];
        Assert.Equal("F108", Assert.Single(reused.Findings).Rule);
        Assert.Equal((2, 1), (_three.Rows(FirstVillage).Count, _three.Rows(Street).Count));
    }

    [Fact]
    public async Task Keeps_a_firm_that_moved_in_the_ledger_of_its_first_place()
    {
        var receipt = Assert.Single(await _three.SendAsync(NewSubmission(Firm, "2022-07", Sales(7))));
        Assert.Equal((FirstVillage, Verdict.Accepted), (receipt.Partition, receipt.Verdict));
    }

    [Fact]
    public async Task Replays_the_ledger_that_is_named_and_no_other()
    {
        await _three.SendAsync(Report(Village2), Report(Village));
        await UntilAsync(() => _three.Packs.All.Count == 2);
        var replays = NewReplays();
        await replays.ConsumeAsync(Ask("""{"fromSequence": 1, "partition": "32.04.04.007"}"""), CancellationToken.None);
        await UntilAsync(() => _three.Packs.All.Count == 4);
        Assert.All(_three.Packs.All.Skip(2), pack => Assert.Equal(Street, pack.Partition));
        Assert.Equal((2, 1), (_three.Packs.All.Last().FromSequence, _three.Packs.All.Last().ToSequence));
        var unknown = await Assert.ThrowsAsync<UnreadableBodyException>(
            () => replays.ConsumeAsync(Ask("""{"fromSequence": 1}"""), CancellationToken.None));
        Assert.Contains(FirstVillage, unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_taking_the_reports_of_others_while_one_ledger_cannot_be_written()
    {
        JsonObject[] pack = [Report(Village2), Report(Village)];
        Rename("ledger_entry", "away");
        await Assert.ThrowsAnyAsync<Exception>(() => _three.SendAsync([.. pack.Select(Copy)]));
        Assert.Equal(Verdict.Accepted, (await _three.SendAsync(Report(Wuxing)))[0].Verdict);
        Assert.Single(_three.Rows(FirstVillage));
        var health = await new LedgerHealth(_three.Ledgers).CheckHealthAsync(new HealthCheckContext());
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.StartsWith($"分区 {Street}：", health.Description, StringComparison.Ordinal);
        Assert.Contains($"Partition {Street}: ", health.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(FirstVillage, health.Description, StringComparison.Ordinal);

        Rename("away", "ledger_entry");
        await UntilAsync(() => _three.Of(Street).Availability.WriteFault is null);

        // Sent again, it finds the row that one of the ledgers has of it.
        var receipts = await _three.SendAsync([.. pack.Select(Copy)]);
        Assert.Equal(
            [(Street, 1L, Verdict.Accepted), (FirstVillage, 1L, Verdict.Accepted)],
            receipts.Select(receipt => (receipt.Partition!, receipt.Sequence, receipt.Verdict)));
        Assert.Empty(_three.Verify());

        void Rename(string from, string to)
        {
            using var connection = _three.Of(Street).Store.Open();
            connection.Execute($"ALTER TABLE {from} RENAME TO {to}");
        }
    }

    [Fact]
    public async Task Goes_on_taking_the_reports_of_others_while_one_ledger_is_locked()
    {
        Task<IReadOnlyList<SubmissionReceipt>> waiting;
        await using (var connection = _three.Of(Street).Store.Open())
        {
            await using var held = Database.BeginWrite(connection);
            waiting = _three.SendAsync(Report(Village2), Report(Village));
            Assert.Equal(Verdict.Accepted, (await _three.SendAsync(Report(Wuxing)))[0].Verdict);
            await UntilAsync(() => _three.Rows(FirstVillage).Count == 1);
            Assert.False(waiting.IsCompleted);
        }

        Assert.All(await waiting, receipt => Assert.Equal(Verdict.Accepted, receipt.Verdict));
        Assert.Empty(_three.Verify());
    }

    private ReplayConsumer NewReplays() => new(
        _three.Ledgers, _three.Publisher, _three.Catalogues,
        new DeadLetterPublisher(
            new QueueSender(_three.Publisher), _three.Clock, new LogThrottle(), NullLogger<DeadLetterPublisher>.Instance),
        NullLogger<ReplayConsumer>.Instance);

    private static ReceivedMessage Ask(string request) => new(Encoding.UTF8.GetBytes(request), null);

    private static JsonObject Report(string unit, int revision = 1) =>
        NewSubmission(unit, "2022-07", Petitions(revision)).Set("revision", revision);

    private static JsonObject Copy(JsonObject message) => message.DeepClone().AsObject();

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 1_500 && !holds(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(holds());
    }
}
