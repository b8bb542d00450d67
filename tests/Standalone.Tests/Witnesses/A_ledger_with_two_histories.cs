using XilinIngest.SignedNotes;
using static XilinIngest.TestServices.WitnessedLedger;

namespace XilinIngest.Standalone.Tests.Witnesses;

/// <summary>
/// A data folder is copied, and both copies go on with the same keys. The witness sees the one; the other is shown to somebody else.
/// </summary>
public sealed class A_ledger_with_two_histories
{
    [Fact]
    public async Task Is_cosigned_once_and_the_service_with_the_other_one_says_so()
    {
        await using var ledger = new WitnessedLedger("district", "audit");
        await ledger.StartWitnessesAsync("2");
        var (first, second) = await ForkAsync(ledger);

        // The other one, with as many rows: both witnesses refuse.
        await SubmitAsync(second, 4);
        await A_ledger_with_witnesses.WaitForFaultAsync(second, "The 3 rows that it cosigned are not the first 3 of this ledger");
        Assert.Contains("two histories", ledger.Witnesses[0].Output, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(ledger.Witnesses[0].Data, "two-histories-*"));

        // And with more.
        await SubmitAsync(second, 5);
        await Eventually.IsTrueAsync(
            async () => (long)(await ReportAsync(second, "audit")).Ledger["treeSize"]! == 4, () => second.Output);
        await A_ledger_with_witnesses.WaitForFaultAsync(second, "The 3 rows that it cosigned are not the first 3 of this ledger");
        Assert.Contains("The witness audit does not cosign stats.example.cn/xilin: The 3 rows", second.Output, StringComparison.Ordinal);

        // An auditor with the policy takes the one and refuses the other, though the same key signed both.
        var (seen, other) = (await CheckpointAsync(first), await NewestAsync(second));
        Assert.Equal((3L, 4L), (SizeOf(seen), SizeOf(other)));
        Assert.True(ledger.ReadPolicy().Check(seen).IsMet);
        Assert.False(ledger.ReadPolicy().Check(other).IsMet);
        Assert.True(other.Verify([ledger.LogKey]).IsTrusted);
    }

    /// <returns>The service with the history that the witnesses saw, three rows, and one that goes on from its first two.</returns>
    internal static async Task<(ServiceProcess First, ServiceProcess Second)> ForkAsync(WitnessedLedger ledger)
    {
        var service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 1);
        await SubmitAsync(service, 2);
        await ledger.WaitUntilWitnessedAsync(service, 2);
        await StopAsync(service);
        var copy = ledger.CopyData("second");
        var first = await ledger.StartServiceAsync();
        await SubmitAsync(first, 3);
        await ledger.WaitUntilWitnessedAsync(first, 3);
        return (first, await ledger.StartServiceAsync(copy));
    }

    private static async Task<SignedNote> NewestAsync(ServiceProcess service)
    {
        var newest = (await service.GetAsync("/api/ledger/checkpoint")).Answer!;
        return CheckpointNote.Compose(
            (string)newest["origin"]!, (long)newest["treeSize"]!, (string)newest["root"]!,
            [.. newest["signatures"]!.AsArray().Select(line => (string)line!)])!;
    }
}
