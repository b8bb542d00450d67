using System.Collections;
using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>
/// The findings of a submission with their JSON. They are written once, and the row, its hash and the receipt take the same bytes.
/// </summary>
public sealed class StoredFindings : IReadOnlyList<Finding>
{
    private readonly IReadOnlyList<Finding> _findings;

    private StoredFindings(IReadOnlyList<Finding> findings, byte[] json) => (_findings, Json) = (findings, json);

    /// <summary>No findings, and no JSON: the row has none.</summary>
    public static StoredFindings None { get; } = new([], []);

    /// <summary>A JSON array in UTF-8; empty if there are no findings.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    public int Count => _findings.Count;

    public Finding this[int index] => _findings[index];

    public static StoredFindings Create(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? None : new(findings, WireFormat.Serialize(findings));

    public IEnumerator<Finding> GetEnumerator() => _findings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
