using System.Text;
using System.Xml;
using XilinIngest.InputOutput;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>The texts that the cells of a workbook share, by number.</summary>
internal static class SharedStringReader
{
    private const int MaxCharacters = 24 * 1024 * 1024;

    /// <exception cref="PartTooLargeException">There are more texts than a form can need.</exception>
    public static string[] Read(XmlReader xml, string part)
    {
        var texts = new List<string>();
        var characters = 0L;
        xml.MoveToContent();
        xml.Read();
        while (!xml.EOF)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                var text = ReadText(xml);
                texts.Add(text);

                // Each string object uses about as much memory as twenty characters.
                characters += text.Length + 20;
                if (characters > MaxCharacters)
                {
                    throw new PartTooLargeException(part);
                }
            }
            else
            {
                xml.Read();
            }
        }

        return [.. texts];
    }

    /// <summary>
    /// The text of an element <c>si</c> or <c>is</c>, without the phonetic readings that an input method may add. The reader is then
    /// positioned after the element.
    /// </summary>
    public static string ReadText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }

        var (text, depth) = (new StringBuilder(), xml.Depth);
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "t" })
            {
                text.Append(xml.ReadElementContentAsString());
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" or "phoneticPr" or "rPr" })
            {
                xml.Skip();
            }
            else
            {
                xml.Read();
            }
        }

        xml.Read();
        return text.ToString();
    }
}
