using System.Diagnostics;
using System.Net;
using XilinIngest.SignedNotes;
using static XilinIngest.TestServices.WitnessedLedger;

namespace XilinIngest.Standalone.Tests.Witnesses;

/// <summary>The one-process service and <c>xilin witness</c>, each a process of its own.</summary>
public sealed class A_ledger_with_witnesses
{
    [Fact]
    public async Task Shows_the_newest_checkpoint_that_all_of_them_cosigned()
    {
        await using var ledger = new WitnessedLedger("district", "audit");
        await ledger.StartWitnessesAsync();
        var service = await ledger.StartServiceAsync();
        for (var revision = 1; revision <= 3; revision++)
        {
            await SubmitAsync(service, revision);
            await ledger.WaitUntilWitnessedAsync(service, revision);
        }

        var (whole, witness) = await ReportAsync(service, "audit");
        Assert.Equal((3L, 3L), ((long)whole["treeSize"]!, (long)whole["witnessedSize"]!));
        Assert.Equal((3L, 0L, null), ((long)witness["cosignedSize"]!, (long)witness["behind"]!, (string?)witness["fault"]));
        Assert.Equal(ledger.Witnesses[1].Key.Text, (string?)witness["key"]);
        Assert.NotNull(witness["time"]);
        Assert.StartsWith("Healthy", await service.HealthAsync("witnesses"));
    }

    [Fact]
    public async Task Goes_on_while_one_of_two_is_away_and_brings_it_up_to_date_when_it_is_back()
    {
        await using var ledger = new WitnessedLedger("district", "audit");
        await ledger.StartWitnessesAsync("any");
        ledger.Witnesses[1].Kill();
        var service = await ledger.StartServiceAsync();
        for (var revision = 1; revision <= 3; revision++)
        {
            await SubmitAsync(service, revision);
        }

        await ledger.WaitUntilWitnessedAsync(service, 3);
        Assert.Contains("does not answer", (string?)(await ReportAsync(service, "audit")).Witness["fault"], StringComparison.Ordinal);
        Assert.StartsWith("Healthy", await service.HealthAsync("witnesses"));

        await ledger.Witnesses[1].StartAsync();
        await Eventually.IsTrueAsync(async () => (await ReportAsync(service, "audit")).Witness is var audit
            && (long)audit["cosignedSize"]! == 3 && audit["fault"] is null, () => service.Output, seconds: 60);
        Assert.Equal(2, ledger.ReadPolicy().Check(await CheckpointAsync(service)).Cosigned.Count);
    }

    [Fact]
    public async Task Is_not_delayed_by_a_witness_that_hangs()
    {
        await using var ledger = new WitnessedLedger("district", "audit");
        await ledger.StartWitnessesAsync("any");
        var service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 1);
        await ledger.WaitUntilWitnessedAsync(service, 1);
        ledger.Witnesses[1].Freeze();
        var slowest = TimeSpan.Zero;
        for (var (revision, clock) = (2, Stopwatch.StartNew()); clock.Elapsed < TimeSpan.FromSeconds(8); revision++)
        {
            var one = Stopwatch.StartNew();
            await SubmitAsync(service, revision);
            slowest = one.Elapsed > slowest ? one.Elapsed : slowest;
            await Task.Delay(50);
        }

        ledger.Witnesses[1].Thaw();
        Assert.True(slowest < TimeSpan.FromSeconds(2), $"A submission took {slowest}.");
        var newest = (long)(await service.GetAsync("/api/ledger/checkpoint")).Answer!["treeSize"]!;
        await ledger.WaitUntilWitnessedAsync(service, newest);
        await Eventually.IsTrueAsync(
            async () => (long)(await ReportAsync(service, "audit")).Witness["cosignedSize"]! == newest, () => service.Output, seconds: 60);
    }

    [Fact, Trait("suite", "long")]
    public async Task Is_cosigned_further_after_witnesses_and_service_were_killed()
    {
        await using var ledger = new WitnessedLedger("district", "audit");
        await ledger.StartWitnessesAsync();
        var service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 1);
        await ledger.WaitUntilWitnessedAsync(service, 1);
        ledger.Witnesses[0].Kill();
        ledger.Witnesses[1].Kill();
        await SubmitAsync(service, 2);
        service.Kill();

        // The cosigned checkpoint is kept; the newer one is shown to who asks for it, without cosignatures.
        service = await ledger.StartServiceAsync();
        await ledger.WaitUntilWitnessedAsync(service, 1);
        Assert.Equal(2, (long)(await service.GetAsync("/api/ledger/checkpoint")).Answer!["treeSize"]!);
        await ledger.Witnesses[0].StartAsync();
        await ledger.Witnesses[1].StartAsync();
        await ledger.WaitUntilWitnessedAsync(service, 2, seconds: 60);
    }

    [Fact, Trait("suite", "long")]
    public async Task Is_caught_when_it_was_restored_from_a_backup_that_lacks_cosigned_rows()
    {
        await using var ledger = new WitnessedLedger("district");
        await ledger.StartWitnessesAsync();
        var service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 1);
        await ledger.WaitUntilWitnessedAsync(service, 1);
        await StopAsync(service);
        var older = ledger.CopyData("older");
        service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 2);
        await SubmitAsync(service, 3);
        await ledger.WaitUntilWitnessedAsync(service, 3);
        await StopAsync(service);

        // It says so before anything is submitted.
        var restored = await ledger.StartServiceAsync(older);
        await WaitForFaultAsync(restored, "It cosigned 3 rows, and this ledger has 1");
        await SubmitAsync(restored, 9);
        await WaitForFaultAsync(restored, "It cosigned 3 rows, and this ledger has 2");
        await SubmitAsync(restored, 10);
        await SubmitAsync(restored, 11);
        await WaitForFaultAsync(restored, "The 3 rows that it cosigned are not the first 3 of this ledger");
        Assert.Equal(1, SizeOf(await CheckpointAsync(restored)));
    }

    [Fact]
    public async Task Is_cosigned_for_each_partition_under_its_name()
    {
        await using var ledger = new WitnessedLedger(["32.04.04", "32.04.04.004", "32.04.04.005"], ["district", "audit"]);
        await ledger.StartWitnessesAsync();
        var service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 1);
        await SubmitAsync(service, 2);
        await ledger.WaitUntilWitnessedAsync(service, 2, path: "/log/32.04.04.004/checkpoint");
        Assert.Equal(
            [$"{Origin}/32.04.04: 0 0", $"{Origin}/32.04.04.004: 2 2", $"{Origin}/32.04.04.005: 0 0"],
            (await service.GetAsync("/api/ledger/witnesses")).Answer!.AsArray()
                .Select(each => $"{each!["origin"]}: {each["treeSize"]} {each["witnessedSize"]}").Order());
        Assert.StartsWith("Healthy", await service.HealthAsync("witnesses"));
    }

    [Theory]
    [InlineData("quorum none\n", "It has no line witness")]
    [InlineData("witness a {0}\nquorum a\n", "The witness a has no address")]
    [InlineData("witness a {0} ftp://x\nquorum a\n", "The witness a has no address")]
    [InlineData("witness a {0} http://127.0.0.1:1\nquorum b\n", "Line 2 of the policy: No line before this one")]
    public async Task Does_not_start_with_a_policy_that_cannot_be_used(string policy, string reason)
    {
        await using var ledger = new WitnessedLedger();
        var key = NoteSigner.FromPem(NoteSigner.CreatePem(), "audit.example.org/w", NoteAlgorithm.Cosignature).Verifier;
        File.WriteAllText(ledger.PolicyFile, policy.Replace("{0}", key.Text, StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.StartServiceAsync());
        Assert.Contains("Setting Ledger__WitnessPolicy", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_witness_does_not_know_it()
    {
        await using var ledger = new WitnessedLedger("district");
        ledger.Witnesses[0].SetLogs($"{NoteSigner.FromPem(NoteSigner.CreatePem(), "other.example/log").Verifier}\n");
        await ledger.StartWitnessesAsync();
        var service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 1);
        await WaitForFaultAsync(service, "The witness district of stats.example.cn/xilin: It does not know the log");
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/health/ready")).Status);
    }

    internal static Task WaitForFaultAsync(ServiceProcess service, string fault) => Eventually.IsTrueAsync(
        async () => await service.HealthAsync("witnesses") is var health && health.StartsWith("Degraded", StringComparison.Ordinal)
            && health.Contains(fault, StringComparison.Ordinal),
        () => service.Output, seconds: 60);
}
