namespace XilinIngest.TabularFiles.Documents;

/// <summary>A report in the form of an official document (公文).</summary>
/// <param name="Title">The title, centred.</param>
/// <param name="Paragraphs">The paragraphs in order.</param>
/// <param name="Table">The table after the signature, with its heading; null: there is none.</param>
/// <param name="Signature">Who issues it (署名).</param>
/// <param name="Date">The date below the signature, as text.</param>
public sealed record OfficialDocument(
    string Title, IReadOnlyList<OfficialParagraph> Paragraphs, ExportTable? Table, string Signature, string Date);

/// <summary>A paragraph that may begin with a heading of its own.</summary>
/// <param name="Heading">Written in front in another typeface; empty: there is none.</param>
/// <param name="Text">The text.</param>
public sealed record OfficialParagraph(string Heading, string Text);
