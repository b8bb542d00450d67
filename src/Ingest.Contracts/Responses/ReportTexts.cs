namespace XilinIngest.Contracts.Responses;

/// <summary>The sections of a unit's report of a month whose text was edited, as of now or as released.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Period">The month up to which the report is.</param>
/// <param name="Sections">The newest version of each section that was ever edited.</param>
/// <param name="IsOpen">Whether sections may be edited now: the month is not released, or it was reopened since.</param>
public sealed record ReportTexts(string Unit, string Period, IReadOnlyList<ReportSectionText> Sections, bool IsOpen)
{
    /// <summary>When the release that was asked for was made; null: the present texts.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }
}

/// <summary>A version of a section's text.</summary>
/// <param name="Section">
/// The section: <c>ranks</c>, <c>shortfalls</c>, or chapter and section of its indicators, such as <c>发展/经济运行</c>.
/// </param>
/// <param name="Language">The language of the text: <c>zh</c> or <c>en</c>.</param>
/// <param name="Version">From 1 for each section and language.</param>
/// <param name="Text">The text, a paragraph per line; null: the section was put back to the computed text.</param>
/// <param name="Computed">The computed text as the editor had it before them.</param>
/// <param name="Replaced">The text that it replaced: that of the version before, or the computed one.</param>
/// <param name="EditedAt">When; UTC.</param>
/// <param name="EditedBy">By whom; null: the caller may not read it.</param>
public sealed record ReportSectionText(
    string Section, string Language, int Version, string? Text, string Computed, string Replaced, DateTimeOffset EditedAt,
    string? EditedBy);

/// <summary>The body of a request to edit a section of a report, or to put it back to the computed text.</summary>
public sealed record ReportTextRequest
{
    /// <summary>The most characters of a section's text.</summary>
    public const int MaxLength = 8_000;

    /// <summary>The unit's code.</summary>
    public required string Unit { get; init; }

    /// <summary>The month up to which the report is, as <c>2022-09</c>.</summary>
    public required string Period { get; init; }

    /// <summary>The section, as in <see cref="ReportSectionText"/>.</summary>
    public required string Section { get; init; }

    /// <summary>The language of the text: <c>zh</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The version that the editor had before them; 0: the section was never edited. Another one is refused with 409.</summary>
    public required int Version { get; init; }

    /// <summary>The text, a paragraph per line, at most <see cref="MaxLength"/> characters; null: back to the computed text.</summary>
    public string? Text { get; init; }

    /// <summary>The computed text that the editor had before them.</summary>
    public required string Computed { get; init; }
}
