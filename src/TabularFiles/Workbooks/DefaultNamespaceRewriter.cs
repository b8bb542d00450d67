using System.IO.Compression;
using System.Text;
using System.Xml;

namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>
/// Rewrites the parts of a workbook with the format's namespace as the default one, as Excel does. The library exceljs, and programs
/// built on it, find only elements without a prefix.
/// </summary>
internal static class DefaultNamespaceRewriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CloseOutput = true };

    public static byte[] Rewrite(byte[] workbook)
    {
        using var stream = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(workbook)))
        using (var to = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in from.Entries)
            {
                var entry = to.CreateEntry(part.FullName);
                entry.LastWriteTime = part.LastWriteTime;
                using var source = part.Open();
                if (part.FullName.EndsWith(".xml", StringComparison.Ordinal) && part.FullName.StartsWith("xl/", StringComparison.Ordinal))
                {
                    Copy(source, entry.Open());
                }
                else
                {
                    using var target = entry.Open();
                    source.CopyTo(target);
                }
            }
        }

        return stream.ToArray();
    }

    private static void Copy(Stream source, Stream target)
    {
        using var xml = XmlReader.Create(source);
        using var writer = XmlWriter.Create(target, Settings);
        writer.WriteStartDocument(standalone: true);
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    var isEmpty = xml.IsEmptyElement;
                    writer.WriteStartElement(xml.NamespaceURI == Main ? "" : xml.Prefix, xml.LocalName, xml.NamespaceURI);
                    Attributes(xml, writer);
                    if (isEmpty)
                    {
                        writer.WriteEndElement();
                    }

                    break;
                case XmlNodeType.EndElement:
                    writer.WriteEndElement();
                    break;
                case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    writer.WriteString(xml.Value);
                    break;
            }
        }
    }

    private static void Attributes(XmlReader xml, XmlWriter writer)
    {
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.Prefix != "xmlns" && xml.Name != "xmlns")
            {
                writer.WriteAttributeString(xml.Prefix, xml.LocalName, xml.NamespaceURI.Length == 0 ? null : xml.NamespaceURI, xml.Value);
            }
        }

        xml.MoveToElement();
    }
}
