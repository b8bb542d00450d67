using System.Text;
using System.Text.RegularExpressions;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.TabularFiles.Tests.Workbooks;

/// <summary>Needs LibreOffice Calc; where it is missing, the test says so and is skipped.</summary>
internal sealed class LibreOfficeCalcFactAttribute : FactAttribute
{
    public LibreOfficeCalcFactAttribute() => Skip = File.Exists("/usr/lib/libreoffice/program/libsclo.so")
        ? null : "LibreOffice Calc is missing: apt-get install libreoffice-calc";
}

public sealed class A_workbook_that_LibreOffice_prints : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-workbook-").FullName;

    /// <summary>Without the setup, twelve columns are three pages wide and A4 is upright.</summary>
    [LibreOfficeCalcFact]
    public async Task Is_one_page_of_A4_across_wide_and_as_long_as_it_needs()
    {
        var file = Path.Combine(_folder, "table.xlsx");
        await File.WriteAllBytesAsync(file, WorkbookTableWriter.Write(
            new("表", [.. Enumerable.Range(1, 12).Select(column => $"第{column}列")],
                [.. Enumerable.Range(1, 150).Select(row => (IReadOnlyList<object?>)[.. Enumerable.Repeat<object?>(row, 12)])])
            {
                Head = new("标题", ["时间：2022年12月", "计量单位：亿元"]),
            }));
        var pdf = Encoding.Latin1.GetString(await LibreOffice.PrintAsync(file, _folder));
        var pages = Regex.Count(pdf, "/Type/Page/");
        Assert.InRange(pages, 2, 5);
        Assert.Equal(pages, Regex.Count(pdf, @"/Page/[^>]*?/MediaBox\[0 0 84[12]\.?\d* 59[56]\.?\d*\]"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
