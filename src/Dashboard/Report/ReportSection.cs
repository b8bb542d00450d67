using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Report;

/// <summary>A part of the report, such as 一、主要指标完成情况.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Heading">Its numbered heading.</param>
/// <param name="Sections">Its sections.</param>
internal sealed record ReportPart(int Number, string Heading, IReadOnlyList<ReportSection> Sections);

/// <summary>A section of the report, which is edited as a whole.</summary>
/// <param name="Key">The section, as the services name it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Heading">The words in front of its first paragraph, which are not edited; empty: there are none.</param>
/// <param name="Computed">Its paragraphs as computed.</param>
/// <param name="Shared">The computed text as every reader may see it, a paragraph per line: what an edit begins with.</param>
public sealed record ReportSection(
    string Key, string Name, string Heading, IReadOnlyList<ReportPassage> Computed, string Shared)
{
    /// <summary>The newest version of its text in the reader's language; null: it was never edited.</summary>
    public ReportSectionText? Newest { get; init; }

    /// <summary>Whether its text is edited in the other language.</summary>
    public bool IsEditedInOtherLanguage { get; init; }

    public bool IsEdited => Newest?.Text is not null;

    /// <summary>The number of its newest version; 0: it was never edited.</summary>
    public int ShownVersion => Newest?.Version ?? 0;

    /// <summary>Whether there is nothing to compute a text of any more, and only the edited one is left.</summary>
    public bool HasNoFigures => Computed.Count == 0;

    /// <summary>Whether the computed text is no longer the one that its editor had before them.</summary>
    public bool HasChangedSince => IsEdited && Newest!.Computed != Shared;

    /// <summary>What the report says: the edited text, or the computed paragraphs.</summary>
    public IReadOnlyList<ReportPassage> Paragraphs => Newest?.Text is { } text
        ? [.. text.Split('\n').Select((line, at) => new ReportPassage(at == 0 ? Heading : "", [new(line)]))] : Computed;

    internal ReportSection With(IReadOnlyList<ReportSectionText> texts, Lang lang)
    {
        var language = lang.T("zh", "en");
        var own = texts.Where(text => text.Section == Key).ToLookup(text => text.Language == language);
        return this with
        {
            Newest = own[true].SingleOrDefault(),
            IsEditedInOtherLanguage = own[false].Any(text => text.Text is not null),
        };
    }

    /// <summary>Paragraphs as a text, a paragraph per line.</summary>
    public static string TextOf(IEnumerable<ReportPassage> paragraphs) =>
        string.Join('\n', paragraphs.Select(paragraph => (paragraph.Heading + paragraph.Text).Trim()));
}

/// <summary>A paragraph of the report.</summary>
/// <param name="Heading">The words in front of it, such as （一）经济运行。; empty: there are none.</param>
/// <param name="Pieces">The text in pieces.</param>
public sealed record ReportPassage(string Heading, IReadOnlyList<ReportPiece> Pieces)
{
    public string Text => string.Concat(Pieces.Select(piece => piece.Text));
}

/// <summary>A piece of a paragraph.</summary>
/// <param name="Text">The text.</param>
/// <param name="Indicator">The indicator whose figure it states, for a link; null: it states none.</param>
public sealed record ReportPiece(string Text, string? Indicator = null);
