using System.Text.Json.Nodes;

namespace XilinIngest.Client.Files;

/// <summary>
/// A submission as it stands in a file: its fields, and where each value was written. Id, revision and time may still be open.
/// </summary>
internal sealed class SubmissionDraft(SourceLocation place, JsonObject body, DateTimeOffset savedAt)
{
    public SourceLocation Location { get; } = place;

    public JsonObject Body { get; } = body;

    /// <summary>When the file was last saved: the submission's time where it does not say one.</summary>
    public DateTimeOffset SavedAt { get; } = savedAt;

    /// <summary>By indicator.</summary>
    public Dictionary<string, SourceLocation> IndicatorLocations { get; } = [];

    /// <summary>By indicator: what the clerk says in case a question is asked about it.</summary>
    public Dictionary<string, string> PreparedExplanations { get; } = [];

    public List<LocatedFinding> Findings { get; } = [];

    /// <summary>Whether the unit in the file has a finding already: the service's check of it would repeat that.</summary>
    public bool HasBadUnit { get; set; }

    /// <summary>The same of the month.</summary>
    public bool HasBadPeriod { get; set; }

    public string Unit => TextOf("unit");

    public string Period => TextOf("period");

    private string TextOf(string field) => Body[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}

/// <summary>What a file holds.</summary>
/// <param name="Drafts">Its submissions, those with findings too.</param>
/// <param name="Findings">What is wrong with the file as such.</param>
internal sealed record FileContent(IReadOnlyList<SubmissionDraft> Drafts, IReadOnlyList<LocatedFinding> Findings)
{
    /// <summary>What is no fault, but had better be known before it is sent.</summary>
    public IReadOnlyList<LocatedFinding> Notices { get; init; } = [];

    public static FileContent Invalid(SourceLocation place, Contracts.Finding finding) => new([], [new(place, finding)]);
}
