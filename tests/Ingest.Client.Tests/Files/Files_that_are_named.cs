using System.IO.Compression;
using System.Text;
using XilinIngest.Client.Files;
using XilinIngest.Client.Tests.Forms;

namespace XilinIngest.Client.Tests.Files;

/// <summary>What stands on the command line: patterns, and files that are none of ours.</summary>
public sealed class Files_that_are_named : IDisposable
{
    private const string Csv = "unit,period,indicator,value,unit_of_measure\n320404004201,2022-07,ENTERPRISE_VISITS,35,家\n";
    private readonly XilinProcess _xilin = new();

    public static TheoryData<string, byte[], string> Others => new()
    {
        { "报表.xls", "<!DOCTYPE html>\n<html><body><table><tr><td>unit</td></tr></table></body></html>"u8.ToArray(), "网页" },
        { "报表.xls", [.. Encoding.UTF8.Preamble, .. "\r\n<table border=1>"u8], "网页" },
        { "报表.xls", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("<html><head>")], "网页" },
        { "报表.xls", "MIME-Version: 1.0\nContent-Type: multipart/related"u8.ToArray(), "网页存档" },
        {
            "报表.xml",
            [
                .. "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"u8,
                .. "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"u8,
            ],
            "XML 表格"
        },
        { "报表.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], ".xls" },
        { "报表.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "打开密码" },
        { "报表.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "旧格式" },
        { "报表.et", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], ".et" },
        { "报表.xlsx", [0xD0, 0xCF, 0x11, 0xE0, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "密码" },
        { "报表.xlsx", Zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ".ods" },
        { "报表.xlsx", Zip("xl/workbook.bin", ""), ".xlsb" },
        { "报表.docx", Zip("word/document.xml", ""), "Word" },
        { "报表.zip", Zip("报表.csv", Csv), "压缩包" },
        { "报表.xlsx", [.. new RawWorkbook().Sheet("a", "").Bytes()[..200]], "损坏" },
        { "报表.pdf", "%PDF-1.4"u8.ToArray(), "PDF" },
        { "报表.csv", "{\\rtf1\\ansi}"u8.ToArray(), "RTF" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Are_told_by_what_they_are_where_they_cannot_be_read(string name, byte[] bytes, string what)
    {
        var finding = SubmissionFileReader.Read(_xilin.File(name, bytes), null).Findings.Single().Finding;
        Assert.Equal("C101", finding.Rule);
        Assert.Contains(what, finding.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_a_pattern_are_found_by_the_program_itself_each_once_and_without_what_Excel_keeps_beside_them()
    {
        _xilin.File("a.csv", Csv);
        _xilin.File("b.csv", Csv.Replace("4201", "4202", StringComparison.Ordinal));
        _xilin.File("~$b.csv", [1, 0, 0, 2]);
        _xilin.File(".~lock.a.csv#", "someone");
        var told = (await _xilin.RunAsync("submit", "*.csv", _xilin.In("a.csv"), "?.csv", "--check", "--catalogue",
            RepositoryFiles.Catalogue)).AssertExitCode(0);
        Assert.Contains("2 份可以报送", told.Output, StringComparison.Ordinal);
        Assert.Contains("[C219 提示] 这是 Excel 或 WPS 打开“b.csv”时的临时文件", told.Output, StringComparison.Ordinal);
        Assert.Contains("没有符合 *.xlsx 的文件", (await _xilin.RunAsync("submit", "*.xlsx", "--check")).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
        Assert.Contains("没有可以报送的文件", (await _xilin.RunAsync("submit", "~$b.csv", "--check")).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
    }

    public void Dispose() => _xilin.Dispose();

    private static byte[] Zip(string name, string text)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }

        return stream.ToArray();
    }
}
