using System.Text.Json;

namespace XilinIngest.Standalone;

/// <summary>One sample submission as it goes over the wire, and when it was written.</summary>
internal sealed record SampleSubmission(DateTimeOffset SubmittedAt, byte[] Body)
{
    /// <summary>All of them, in the order of sending.</summary>
    public static IReadOnlyList<SampleSubmission> ReadAll(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Select(Parse)
            .OrderBy(submission => submission.SubmittedAt),
    ];

    private static SampleSubmission Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return new(document.RootElement.GetProperty("submittedAt").GetDateTimeOffset(), System.Text.Encoding.UTF8.GetBytes(line));
    }
}
