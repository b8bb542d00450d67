using System.Text.Json;

namespace XilinIngest.Standalone;

/// <summary>A sample submission in wire format, and the time at which it was written.</summary>
internal sealed record SampleSubmission(DateTimeOffset SubmittedAt, byte[] Body)
{
    /// <summary>All sample submissions, in the order of sending.</summary>
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
