using Microsoft.Data.Sqlite;
using XilinIngest.Client.Proofs;

namespace XilinIngest.Client.Tests.Witnessing;

/// <summary><c>xilin verify --policy</c> against a service whose ledger witnesses cosign.</summary>
public sealed class An_office_with_a_policy_of_witnesses : IDisposable
{
    private readonly XilinProcess _xilin = new();

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task Takes_a_ledger_that_they_cosigned_and_refuses_one_that_too_few_did()
    {
        await using var ledger = new WitnessedLedger("district", "audit");
        await ledger.StartWitnessesAsync();
        var service = await ledger.StartServiceAsync();
        await WitnessedLedger.SubmitAsync(service, 1);
        await ledger.WaitUntilWitnessedAsync(service, 1);
        Assert.Contains("见证人 district audit 已联署至 1 行。", (await VerifyAsync(service, ledger.PolicyFile)).AssertExitCode(0).Output);

        // A reader's policy may demand more than the service's does.
        var strict = _xilin.File("policy", File.ReadAllText(ledger.PolicyFile).Replace(
            ledger.Witnesses[1].Key.Text, OtherKey(), StringComparison.Ordinal));
        Assert.Contains(
            "1 行的检查点没有足够的见证人联署（策略列有 2 个，联署的：district）", (await VerifyAsync(service, strict)).AssertExitCode(1).Errors);
    }

    [Fact, Trait("suite", "long")]
    public async Task Refuses_a_second_history_that_they_did_not_see_and_one_beside_the_checkpoint_of_the_first()
    {
        await using var ledger = new WitnessedLedger("district");
        await ledger.StartWitnessesAsync();
        ledger.Witnesses[0].Kill();
        var service = await ledger.StartServiceAsync();
        await WitnessedLedger.SubmitAsync(service, 1);
        await WitnessedLedger.StopAsync(service);
        var copy = ledger.CopyData("second");
        await ledger.Witnesses[0].StartAsync();
        var first = await ledger.StartServiceAsync();
        await WitnessedLedger.SubmitAsync(first, 2);
        await ledger.WaitUntilWitnessedAsync(first, 2);

        var second = await ledger.StartServiceAsync(copy);
        await WitnessedLedger.SubmitAsync(second, 3);
        await WitnessedLedger.SubmitAsync(second, 4);
        Assert.Contains("没有足够的见证人联署", (await VerifyAsync(second, ledger.PolicyFile)).AssertExitCode(1).Errors);

        // The second one is given what the witness signed of the first.
        await WitnessedLedger.StopAsync(first);
        await WitnessedLedger.StopAsync(second);
        using (var database = new SqliteConnection($"Data Source={Path.Combine(copy, "ledger.db")};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText =
                $"""
                ATTACH '{Path.Combine(ledger.Data, "ledger.db")}' AS first;
                DELETE FROM ledger_checkpoint WHERE tree_size = 2;
                INSERT INTO ledger_checkpoint SELECT * FROM first.ledger_checkpoint WHERE tree_size = 2;
                INSERT INTO ledger_cosignature SELECT * FROM first.ledger_cosignature WHERE tree_size = 2;
                """;
            command.ExecuteNonQuery();
        }

        second = await ledger.StartServiceAsync(copy);
        await ledger.WaitUntilWitnessedAsync(second, 2);
        Assert.Contains("见证人看到的是另一套账", (await VerifyAsync(second, ledger.PolicyFile)).AssertExitCode(1).Errors);
    }

    [Fact]
    public async Task Keeps_a_receipt_with_their_cosignatures_which_needs_no_service()
    {
        await using var ledger = new WitnessedLedger("district", "audit");
        await ledger.StartWitnessesAsync();
        var service = await ledger.StartServiceAsync();
        await WitnessedLedger.SubmitAsync(service, 1);
        await ledger.WaitUntilWitnessedAsync(service, 1);
        var (server, folder) = ((await service.ServingAsync()).ToString(), _xilin.In("receipts"));
        (await _xilin.RunAsync("receipt", "save", "1", "--out", folder, "--server", server)).AssertExitCode(0);
        (await _xilin.RunAsync("receipt", "save", "1", "--newest", "--out", folder, "--server", server)).AssertExitCode(0);
        await WitnessedLedger.StopAsync(service);

        var witnessed = Assert.Single(Directory.GetFiles(folder, "*-at-1.tlog-proof"));
        Assert.Contains("✓", (await _xilin.RunAsync("verify", witnessed, "--policy", ledger.PolicyFile)).AssertExitCode(0).Output);
        var own = Assert.Single(Directory.GetFiles(folder), file => file != witnessed);
        (await _xilin.RunAsync("verify", own)).AssertExitCode(0);
        Assert.Contains("xilin receipt save --newest",
            (await _xilin.RunAsync("verify", own, "--policy", ledger.PolicyFile)).AssertExitCode(1).Output);
    }

    [Theory]
    [InlineData("quorum x\n", "策略文件第 1 行：前面没有名为 x 的见证人或组")]
    [InlineData("", "没有 quorum 行")]
    public async Task Is_told_which_line_cannot_be_used(string policy, string reason)
    {
        var result = await _xilin.RunAsync("verify", "--server", "http://127.0.0.1:9", "--policy", _xilin.File("policy", policy));
        Assert.Contains(reason, result.AssertExitCode(2).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(25, true)]
    public void Expects_a_row_to_be_cosigned_within_a_day(int hours, bool isOverdue)
    {
        var received = new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(isOverdue, WitnessedCheckpoint.IsOverdue(received, received.AddHours(hours)));
    }

    private static string OtherKey() => XilinIngest.SignedNotes.NoteSigner.FromPem(
        XilinIngest.SignedNotes.NoteSigner.CreatePem(), "audit.example.org/witness", XilinIngest.SignedNotes.NoteAlgorithm.Cosignature)
        .Verifier.Text;

    private async Task<XilinResult> VerifyAsync(ServiceProcess service, string policy) => await _xilin.RunAsync(
        "verify", "--server", (await service.ServingAsync()).ToString(), "--policy", policy);
}
