using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.TabularFiles.Documents;

/// <summary>
/// Writes Word documents in the layout of GB/T 9704—2012: A4 with a type area of 156 × 225 mm, 22 lines of 28 characters in 仿宋 of size 三号,
/// the title in size 二号, parts in 黑体 and their sections in 楷体, page numbers as — 1 — at the outer edge.
/// </summary>
public static class OfficialDocumentWriter
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // Half points: 二号, 三号, 四号, 五号.
    private const string TitleSize = "44";
    private const string TextSize = "32";
    private const string PageNumberSize = "28";
    private const string TableSize = "21";

    // 225 mm by 22 lines, in twentieths of a point.
    private const string LinePitch = "579";

    private const string TitleFont = "方正小标宋简体";
    private const string TextFont = "仿宋";
    private const string HeadingFont = "黑体";
    private const string SectionFont = "楷体";
    private const string NumberFont = "宋体";

    public static byte[] Write(OfficialDocument document)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = file.AddMainDocumentPart();
            var body = new Body();
            if (document.Letterhead is { } letterhead)
            {
                body.Append(OfficialLetterhead.Build(letterhead, Text(letterhead, TitleFont, TitleSize)), new Paragraph(Spacing()));
            }

            body.Append(Centred(Text(document.Title, TitleFont, TitleSize)), new Paragraph(Spacing()));
            body.Append(document.Paragraphs.Select(paragraph => Indented(paragraph)));
            body.Append(
                new Paragraph(Spacing()), Right(Text(document.Signature, TextFont, TextSize)),
                Right(Text(document.Date, TextFont, TextSize)));
            if (document.Table is { } table)
            {
                body.Append(
                    new Paragraph(new Run(new Break { Type = BreakValues.Page })), Centred(Text(table.Name, HeadingFont, TextSize)),
                    OfficialTable.Build(table, (text, isNumber) => Cell(text, isNumber)));
            }

            body.Append(Page(main));
            main.Document = new Document(body);
            main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(new EvenAndOddHeaders());
        }

        return stream.ToArray();
    }

    private static SectionProperties Page(MainDocumentPart main) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = AddFooter(main, JustificationValues.Right) },
        new FooterReference { Type = HeaderFooterValues.Even, Id = AddFooter(main, JustificationValues.Left) },
        new PageSize { Width = Millimetres(210), Height = Millimetres(297) },
        new PageMargin
        {
            Top = (int)Millimetres(37),
            Bottom = (int)Millimetres(35),
            Left = Millimetres(28),
            Right = Millimetres(26),
            Header = Millimetres(15),
            Footer = Millimetres(28),
            Gutter = 0,
        },
        new DocGrid { Type = DocGridValues.Lines, LinePitch = int.Parse(LinePitch, System.Globalization.CultureInfo.InvariantCulture) });

    private static string AddFooter(MainDocumentPart main, JustificationValues side)
    {
        var part = main.AddNewPart<FooterPart>();
        part.Footer = new Footer(new Paragraph(
            new ParagraphProperties(new Justification { Val = side }),
            Text("— ", NumberFont, PageNumberSize),
            new SimpleField(Text("1", NumberFont, PageNumberSize)) { Instruction = "PAGE" },
            Text(" —", NumberFont, PageNumberSize)));
        return main.GetIdOfPart(part);
    }

    private static Paragraph Centred(Run run) => new(
        new ParagraphProperties(Line(), new Justification { Val = JustificationValues.Center }), run);

    // Two characters before the first line, as in print.
    private static Paragraph Indented(OfficialParagraph paragraph) => new(
        new ParagraphProperties(Line(), new Indentation { FirstLineChars = 200 }, new Justification { Val = JustificationValues.Both }),
        Text(paragraph.Heading, paragraph.IsPart ? HeadingFont : SectionFont, TextSize), Text(paragraph.Text, TextFont, TextSize));

    // Four characters free at the right edge.
    private static Paragraph Right(Run run) => new(
        new ParagraphProperties(Line(), new Indentation { RightChars = 400 }, new Justification { Val = JustificationValues.Right }), run);

    // The rows of a table are closer than the lines of the text.
    private static Paragraph Cell(string text, bool isNumber) => new(
        new ParagraphProperties(
            new SnapToGrid { Val = false },
            new Justification { Val = isNumber ? JustificationValues.Right : JustificationValues.Left }),
        Text(text, TextFont, TableSize));

    private static ParagraphProperties Spacing() => new(Line());

    private static SpacingBetweenLines Line() => new() { Line = LinePitch, LineRule = LineSpacingRuleValues.Exact };

    private static Run Text(string text, string font, string size) => new(
        new RunProperties(
            new RunFonts { EastAsia = font, Ascii = "Times New Roman", HighAnsi = "Times New Roman" }, new FontSize { Val = size }),
        new Text(XmlText.RemoveInvalid(text)) { Space = SpaceProcessingModeValues.Preserve });

    // Twentieths of a point.
    private static uint Millimetres(int length) => (uint)(((length * 14400) + 127) / 254);
}
