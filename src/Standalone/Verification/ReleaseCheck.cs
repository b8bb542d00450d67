using System.Data.Common;
using XilinIngest.Aggregator.Releases;
using XilinIngest.CatalogueFiles;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Standalone;

/// <summary>Holds what a release says of the ledger against the ledger, whose log is verified by then.</summary>
internal static class ReleaseCheck
{
    /// <summary>What is wrong with the checkpoint of a release; null: nothing.</summary>
    /// <param name="release">The release.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="signer">The ledger's keys.</param>
    /// <param name="partition">The path of its partition, which a release does not name; null: it has the whole tree.</param>
    public static string? FindFault(ReleasedMonth release, DbConnection ledger, CheckpointSigner signer, string? partition)
    {
        if (release.Checkpoint is not { } signed)
        {
            return null;
        }

        var head = $"Release {release.Number} of {release.Period}: its checkpoint {signed.TreeSize}";
        if (!signer.Verify(signed with { Partition = partition }))
        {
            return $"{head} does not carry this ledger's signature: it was altered by hand. Restore the cube from a backup.";
        }

        if (signed.TreeSize < release.LedgerThrough)
        {
            return $"{head} does not cover row {release.LedgerThrough}: the release was altered by hand. Restore the cube from a backup.";
        }

        // Another root with a valid signature is that of a former ledger.
        var isOfThisLedger = LedgerStore.ReadCheckpoint(ledger, partition: null, signed.TreeSize) is { } known
            && known.TreeSize == signed.TreeSize && known.Root == signed.Root;
        return isOfThisLedger && LedgerStore.ReadLeafHash(ledger, release.LedgerThrough) != release.LedgerHash
            ? $"{head} covers row {release.LedgerThrough} with another hash than the release says: the release was altered by hand. "
                + "Restore the cube from a backup."
            : null;
    }

    /// <summary>What is said of a release from a ledger that was since restored from an older backup; null: it is from this one.</summary>
    public static Bilingual? DescribeFormer(ReleasedMonth release, DbConnection ledger) =>
        release.LedgerHash is not { } hash || LedgerStore.ReadLeafHash(ledger, release.LedgerThrough) == hash ? null : new(
            $"  {release.Period} 第 {release.Number} 次发布依据的是原来台账的第 {release.LedgerThrough} 号，现在的台账没有这一行。",
            $"  Release {release.Number} of {release.Period} was made from row {release.LedgerThrough} of a former ledger, which this one "
            + "does not have.");
}
