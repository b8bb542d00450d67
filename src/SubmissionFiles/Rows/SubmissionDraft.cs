using System.Text.Json.Nodes;

namespace XilinIngest.SubmissionFiles.Rows;

/// <summary>
/// A submission as read from a file: its fields, and the position of each value. Id, revision and time may still be unset.
/// </summary>
internal sealed class SubmissionDraft(SourceLocation place, JsonObject body, DateTimeOffset savedAt)
{
    public SourceLocation Location { get; } = place;

    public JsonObject Body { get; } = body;

    /// <summary>When the file was last saved: the submission's time if the file does not give one.</summary>
    public DateTimeOffset SavedAt { get; } = savedAt;

    /// <summary>The positions by indicator.</summary>
    public Dictionary<string, SourceLocation> IndicatorLocations { get; } = [];

    /// <summary>By indicator: the clerk's text for the case that a check asks a question about it.</summary>
    public Dictionary<string, string> PreparedExplanations { get; } = [];

    public List<LocatedFinding> Findings { get; } = [];

    /// <summary>Whether the unit in the file already has a finding, which the service's check would repeat.</summary>
    public bool HasBadUnit { get; set; }

    /// <summary>The same for the month.</summary>
    public bool HasBadPeriod { get; set; }

    public string Unit => TextOf("unit");

    public string Period => TextOf("period");

    private string TextOf(string field) => Body[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}

/// <summary>The content of a file.</summary>
/// <param name="Drafts">Its submissions, including those with findings.</param>
/// <param name="Findings">The faults of the file itself.</param>
internal sealed record FileContent(IReadOnlyList<SubmissionDraft> Drafts, IReadOnlyList<LocatedFinding> Findings)
{
    /// <summary>Hints that are not faults but that the user should know before sending.</summary>
    public IReadOnlyList<LocatedFinding> Notices { get; init; } = [];

    public static FileContent Invalid(SourceLocation place, Contracts.Finding finding) => new([], [new(place, finding)]);
}
