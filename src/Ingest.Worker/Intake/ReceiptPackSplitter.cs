using XilinIngest.Contracts;

namespace XilinIngest.Worker.Intake;

/// <summary>Splits the receipts of a pack into messages that the broker accepts: one, unless there are very many findings.</summary>
internal static class ReceiptPackSplitter
{
    // A finding has up to a kilobyte; a broker takes eight mebibytes.
    private const int MaxFindingsPerPack = 4000;

    public static IEnumerable<SubmissionReceiptPack> Split(IReadOnlyList<SubmissionReceipt> receipts)
    {
        var (together, findings) = (new List<SubmissionReceipt>(), 0);
        foreach (var receipt in receipts)
        {
            if (together.Count > 0 && findings + receipt.Findings.Count > MaxFindingsPerPack)
            {
                yield return new SubmissionReceiptPack { Receipts = together };
                (together, findings) = ([], 0);
            }

            together.Add(receipt);
            findings += receipt.Findings.Count;
        }

        yield return new SubmissionReceiptPack { Receipts = together };
    }
}
