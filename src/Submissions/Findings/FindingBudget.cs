using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>
/// Limits the bytes of findings stored with a submission. A finding is much longer than its fault. Without a limit, a pack full of faults
/// would use twenty times its size on disk.
/// </summary>
public static class FindingBudget
{
    /// <summary>The minimum for each submission of a body: about six findings.</summary>
    private const int MinBytes = 4 * 1024;

    // A submission alone has space for one finding per value.
    private const int BaseBytes = 16 * 1024;
    private const int BytesPerBodyByte = 4;

    // Shared by all submissions of a body, in addition to the size of the body.
    private const int BytesPerBody = 256 * 1024;

    /// <param name="length">The bytes of the submission.</param>
    /// <param name="bodyLength">The bytes of the body that it came in.</param>
    /// <param name="count">The submissions in that body.</param>
    public static int BytesFor(int length, int bodyLength, int count) =>
        (int)Math.Clamp(((long)BytesPerBody + bodyLength) / count, MinBytes, BaseBytes + (long)BytesPerBodyByte * length);

    /// <summary>
    /// Serializes the findings for the ledger and the receipt: as many as the budget allows, and the number of those left out.
    /// </summary>
    /// <param name="findings">The findings.</param>
    /// <param name="budget">The maximum number of bytes.</param>
    /// <returns>The findings that were kept, and the finding that counts those left out.</returns>
    public static StoredFindings Serialize(IReadOnlyList<Finding> findings, int budget)
    {
        var all = StoredFindings.Create(findings);
        if (all.Json.Length <= budget)
        {
            return all;
        }

        var (fitting, room) = (new List<Finding>(), budget);
        foreach (var finding in findings)
        {
            room -= WireFormat.Serialize(finding).Length;
            if (room < 0 && fitting.Count > 0)
            {
                break;
            }

            fitting.Add(finding);
        }

        if (fitting.Count < findings.Count)
        {
            fitting.Add(BuiltInFindings.MoreFindings(findings.Count - fitting.Count, findings));
        }

        return StoredFindings.Create(fitting);
    }
}
