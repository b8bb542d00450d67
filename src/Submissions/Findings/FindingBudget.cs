using System.Text.Json;
using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>
/// Limits the bytes of findings stored with a submission. A finding is many times longer than its fault: without a limit, a pack full of
/// faults would fill the disk with twenty times its size.
/// </summary>
public static class FindingBudget
{
    /// <summary>The least for each submission of a body: about six findings.</summary>
    private const int MinBytes = 4 * 1024;

    // Alone, a submission has room for a finding to each of its values.
    private const int BaseBytes = 16 * 1024;
    private const int BytesPerBodyByte = 4;

    // For all submissions of a body together, in addition to the size of the body.
    private const int BytesPerBody = 256 * 1024;

    /// <param name="length">The bytes of the submission.</param>
    /// <param name="bodyLength">The bytes of the body that it came in.</param>
    /// <param name="count">The submissions in that body.</param>
    public static int BytesFor(int length, int bodyLength, int count) =>
        (int)Math.Clamp(((long)BytesPerBody + bodyLength) / count, MinBytes, BaseBytes + (long)BytesPerBodyByte * length);

    /// <summary>
    /// The findings as the ledger and the receipt have them: as many as the budget allows, and the number of those left out.
    /// </summary>
    /// <param name="findings">The findings.</param>
    /// <param name="budget">The most bytes.</param>
    /// <param name="kept">The findings that were kept, and the note of those left out.</param>
    /// <returns>Null: there are none.</returns>
    public static string? Serialize(IReadOnlyList<Finding> findings, int budget, out IReadOnlyList<Finding> kept)
    {
        kept = findings;
        if (findings.Count == 0)
        {
            return null;
        }

        var text = JsonSerializer.Serialize(findings, WireFormat.Options);
        if (text.Length <= budget / 3 || System.Text.Encoding.UTF8.GetByteCount(text) <= budget)
        {
            return text;
        }

        var (fitting, room) = (new List<Finding>(), budget);
        foreach (var finding in findings)
        {
            room -= JsonSerializer.SerializeToUtf8Bytes(finding, WireFormat.Options).Length;
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

        kept = fitting;
        return JsonSerializer.Serialize(kept, WireFormat.Options);
    }
}
