using System.Text;
using System.Xml;

namespace XilinIngest.TabularFiles.Workbooks;

internal static class XmlText
{
    /// <summary>Removes control characters and unpaired surrogates, which XML cannot contain.</summary>
    public static string RemoveInvalid(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                kept.Append(text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                kept.Append(text[i]).Append(text[++i]);
            }
        }

        return kept.ToString();
    }
}
