using Spectre.Console;
using XilinIngest.SubmissionFiles.Maps;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.Client.Commands;

/// <summary>What becomes of each cell of a table, on the terminal and as a file.</summary>
internal static class CellFateTable
{
    private const int MaxPrinted = 500;
    private const int RedirectedWidth = 160;

    public static void Print(IReadOnlyList<CellFate> fates, ConsoleOutput output)
    {
        if (fates.Count == 0)
        {
            return;
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = RedirectedWidth;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in Headings(output))
        {
            table.AddColumn(heading);
        }

        foreach (var fate in fates.Take(MaxPrinted))
        {
            table.AddRow([.. Cells(fate, output).Select(cell => Markup.Escape(TerminalText.ToSingleLine(cell)))]);
        }

        AnsiConsole.Write(table);
        if (fates.Count > MaxPrinted)
        {
            output.WriteLine($"只列出前 {MaxPrinted} 个单元格，共 {fates.Count} 个；全部用 --out 写到文件。",
                $"The first {MaxPrinted} of {fates.Count} cells; --out writes all to a file.");
        }
    }

    public static byte[] ToCsv(IReadOnlyList<CellFate> fates, ConsoleOutput output) => CsvTableWriter.Write(
        new ExportTable("cells", Headings(output), [.. fates.Select(fate => Cells(fate, output))]));

    private static string[] Headings(ConsoleOutput output) =>
        [output.Text("工作表", "sheet"), output.Text("单元格", "cell"), output.Text("内容", "content"), output.Text("处理", "use"),
            output.Text("说明", "meaning")];

    private static string[] Cells(CellFate fate, ConsoleOutput output) =>
        [fate.Location.Sheet ?? "", fate.Location.Cell ?? "", fate.Text, Use(fate.Use, output), output.Text(fate.Zh, fate.En)];

    private static string Use(CellUse use, ConsoleOutput output) => use switch
    {
        CellUse.Taken => output.Text("取数", "taken"),
        CellUse.Key => output.Text("定位", "key"),
        CellUse.Heading => output.Text("表头", "heading"),
        CellUse.Ignored => output.Text("不取", "left out"),
        CellUse.Compared => output.Text("已核对", "compared"),
        _ => output.Text("问题", "finding"),
    };
}
