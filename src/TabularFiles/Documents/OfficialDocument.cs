namespace XilinIngest.TabularFiles.Documents;

/// <summary>A report in the form of an official document (公文).</summary>
/// <param name="Title">The title, centred.</param>
/// <param name="Paragraphs">The paragraphs in order.</param>
/// <param name="Table">The table after the signature, with its heading; null: there is none.</param>
/// <param name="Signature">Who issues it (署名).</param>
/// <param name="Date">The date below the signature, as text.</param>
/// <param name="Letterhead">The issuing office in red above a red line (发文机关标志); null: there is none.</param>
public sealed record OfficialDocument(
    string Title, IReadOnlyList<OfficialParagraph> Paragraphs, ExportTable? Table, string Signature, string Date,
    string? Letterhead = null);

/// <summary>A paragraph that may begin with a heading of its own.</summary>
/// <param name="Heading">Written in front in another typeface; empty: there is none.</param>
/// <param name="Text">The text.</param>
/// <param name="IsPart">Whether the heading opens a part (一、), not a section of it (（一）).</param>
public sealed record OfficialParagraph(string Heading, string Text, bool IsPart = false);
