using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using XilinIngest.TabularFiles.Documents;

namespace XilinIngest.TabularFiles.Tests.Documents;

public sealed class An_official_document
{
    [Fact]
    public void Without_a_letterhead_begins_with_its_title() => Assert.Equal("标题", ParagraphsOf(null)[0].InnerText);

    [Theory]
    [InlineData("西林街道办事处文件", "96")]
    [InlineData("常州市钟楼区人民政府西林街道办事处经济发展局文件", "36")]
    public void Has_its_letterhead_in_red_on_one_line_above_a_red_line(string letterhead, string size)
    {
        var first = ParagraphsOf(letterhead)[0];
        Assert.Equal(letterhead, first.InnerText);
        var run = first.Elements<Run>().Single().RunProperties!;
        Assert.Equal(("FF0000", size), (run.Color!.Val!.Value, run.FontSize!.Val!.Value));
        Assert.Equal("FF0000", first.ParagraphProperties!.ParagraphBorders!.BottomBorder!.Color!.Value);
    }

    [Fact]
    public void Has_parts_and_their_sections_in_the_typefaces_of_the_standard()
    {
        var paragraphs = ParagraphsOf(null);
        Assert.Equal(["黑体", "楷体"], new[] { "一、情况", "（一）经济。增长。" }.Select(text =>
            paragraphs.Single(paragraph => paragraph.InnerText == text).Elements<Run>().First().RunProperties!.RunFonts!.EastAsia!.Value));
    }

    private static List<Paragraph> ParagraphsOf(string? letterhead)
    {
        var bytes = OfficialDocumentWriter.Write(new(
            "标题", [new OfficialParagraph("一、情况", "", IsPart: true), new OfficialParagraph("（一）经济。", "增长。")], null, "署名",
            "2023年1月12日", letterhead));
        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(fault => $"{fault.Path?.XPath} {fault.Description}"));
        return [.. document.MainDocumentPart!.Document!.Body!.Elements<Paragraph>()];
    }
}
