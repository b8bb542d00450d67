using System.Text;
using System.Text.RegularExpressions;
using XilinIngest.TabularFiles.Documents;

namespace XilinIngest.TabularFiles.Tests.Documents;

/// <summary>Needs LibreOffice Writer; where it is missing, the test says so and is skipped.</summary>
internal sealed class LibreOfficeWriterFactAttribute : FactAttribute
{
    public LibreOfficeWriterFactAttribute() => Skip = File.Exists("/usr/lib/libreoffice/program/libswlo.so")
        ? null : "LibreOffice Writer is missing: apt-get install libreoffice-writer";
}

public sealed class A_document_that_LibreOffice_opens : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-document-").FullName;

    /// <summary>The title, an empty line, the paragraphs, an empty line, signature and date.</summary>
    [LibreOfficeWriterFact]
    public async Task Has_22_lines_on_each_page_of_A4()
    {
        var file = Path.Combine(_folder, "report.docx");
        await File.WriteAllBytesAsync(file, OfficialDocumentWriter.Write(new(
            "标题", [.. Enumerable.Range(1, 39).Select(line => new OfficialParagraph("", $"第{line}行。"))], null, "署名", "2023年1月12日")));
        var pdf = Encoding.Latin1.GetString(await LibreOffice.PrintAsync(file, _folder));
        Assert.Equal(2, Regex.Count(pdf, "/Type/Page/"));
        Assert.Equal(2, Regex.Count(pdf, @"/Page/[^>]*?/MediaBox\[0 0 595\.\d+ 841\.\d+\]"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
