using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace XilinIngest.TabularFiles.Documents;

/// <summary>The letterhead of an official document: the issuing office in red, above a red line across the type area.</summary>
internal static class OfficialLetterhead
{
    private const string Red = "FF0000";

    // The type area is 156 mm wide. A Chinese character is as wide as it is high.
    private const int WidthInHalfPoints = 156 * 1440 / 254;
    private const int LargestSize = 96;

    // Eighths of a point, and points.
    private const uint LineWidth = 12;
    private const uint SpaceAboveLine = 12;

    /// <param name="letterhead">The text.</param>
    /// <param name="run">The text in the typeface of titles.</param>
    public static Paragraph Build(string letterhead, Run run)
    {
        var properties = run.RunProperties!;
        properties.RemoveAllChildren<FontSize>();
        properties.Append(
            new Color { Val = Red },
            new FontSize
            {
                Val = Math.Min(LargestSize, WidthInHalfPoints / Math.Max(letterhead.Length, 1)).ToString(CultureInfo.InvariantCulture),
            });
        return new Paragraph(
            new ParagraphProperties(
                new ParagraphBorders(
                    new BottomBorder { Val = BorderValues.Single, Color = Red, Size = LineWidth, Space = SpaceAboveLine }),
                new Justification { Val = JustificationValues.Center }),
            run);
    }
}
