using System.CommandLine;
using XilinIngest.Client.Files;
using XilinIngest.Client.Sending;
using XilinIngest.SubmissionFiles.Maps;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin export TEMPLATE.xlsx --map MAP.csv --out FILE.xlsx</c></summary>
internal static class ExportCommand
{
    private const int MaxListed = 200;

    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var template = new Argument<string>("TEMPLATE")
        {
            Description = output.Text("上级规定的空表（.xlsx）。", "The empty table that an upper level prescribes (.xlsx).")
        };
        var map = new Option<string>("--map")
        {
            Required = true,
            HelpName = "MAP.csv",
            Description = output.Text("对照表，写法同 xilin import。", "The map, written as for xilin import.")
        };
        var period = new Option<string?>("--period")
        {
            HelpName = "MONTH",
            Description = output.Text("表中没有写的月份或年份，如 2022-07 或 2022。", "The month or year that the table does not say: 2022-07 or 2022.")
        };
        var outFile = new Option<string>("--out")
        {
            Required = true,
            HelpName = "FILE.xlsx",
            Description = output.Text("填好的表写到哪个文件。", "Where to write the filled table.")
        };
        var force = new Option<bool>("--force") { Description = output.Text("覆盖已有的文件。", "Overwrite a file that is there.") };
        var command = new Command("export", output.Text(
            """
            按对照表把服务里的数填进上级规定的空表：街道和村（社区）填已发布的汇总数，企业填其报的数；格式、公式不动。
            没有数的单元格空着并列出；表里已有内容的单元格不动并列出。
              例：xilin export 上报表.xlsx --map 对照表.csv --period 2022-12 --out 上报表-填好.xlsx --server http://127.0.0.1:5080
            """,
            """
            Fills a table that an upper level prescribes with the service's figures, by a map: published totals for streets and
            villages, reported figures for enterprises. Formats and formulas stay. A cell without a figure stays empty and is
            listed; so is one that holds something already.
              Example: xilin export upper.xlsx --map map.csv --period 2022-12 --out filled.xlsx --server http://127.0.0.1:5080
            """)) { template, map, period, outFile, force };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(() => RunAsync(
            options.Read(result, TransportMode.Server), result.GetValue(template)!, result.GetValue(map)!,
            ImportCommand.ReadPeriod(result.GetValue(period)), result.GetValue(outFile)!, result.GetValue(force), output, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, string template, string mapFile, GivenMonth? period, string path, bool force, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        var report = new SubmissionReport(output);
        var map = ImportCommand.ReadMap(mapFile, report);
        var (bytes, savedAt) = SubmissionFileReader.Load(template);
        var catalogue = await CommandSetup.RequireCatalogueAsync(settings, output, cancellationToken);
        using var service = settings.CreateHttpClient();
        if (!UnsupportedFiles.IsZip(bytes))
        {
            throw new CommandException(ExitCodes.Usage, $"{template} 不是 Excel 工作簿（.xlsx）。", $"{template} is no Excel workbook (.xlsx).");
        }

        var file = TableFile.Read(bytes, new SourceLocation(template), savedAt);
        var reading = file.Findings.Count > 0 ? new TableReading(new([], file.Findings), [], [])
            : TableReader.Read(file, map, catalogue.Catalogue, period, withEmpty: true);
        foreach (var finding in reading.Content.Findings)
        {
            report.AddFault(finding);
        }

        if (reading.Content.Findings.Count > 0)
        {
            return output.WriteFailure(ExitCodes.Refused, "表和对照表还有对不上的地方，没有生成文件。",
                "The table and the map do not agree yet; no file was written.");
        }

        var figures = new PublishedFigures(service);
        var (filled, empty, kept) = (new Dictionary<(string Sheet, int Row, int Column), object>(), new List<TableFigure>(),
            new List<TableFigure>());
        foreach (var figure in reading.Figures)
        {
            if (figure.Cell is not null)
            {
                kept.Add(figure);
            }
            else if (await figures.FindAsync(figure, cancellationToken) is { } value)
            {
                var (row, column) = NameKey.Cell(figure.Location.Cell!)!.Value;
                filled[(figure.Location.Sheet!, row, column)] = value;
            }
            else
            {
                empty.Add(figure);
            }
        }

        ImportCommand.WriteFile(path, Fill(template, bytes, filled), force, template, mapFile);
        Print(empty, "没有数，空着", "no figure, left empty", output);
        Print(kept, "已有内容，没有动", "holds something, left alone", output);
        output.WriteLine(
            $"已生成 {path}：填了 {filled.Count} 格，空着 {empty.Count} 格，已有内容没有动的 {kept.Count} 格；其中 {figures.Provisional} 个数还没有报齐。",
            $"Wrote {path}: {filled.Count} cells filled, {empty.Count} left empty, {kept.Count} held something; "
            + $"{figures.Provisional} of the figures are provisional.");
        return ExitCodes.Accepted;
    }

    /// <exception cref="CommandException">Excel would have to repair the workbook.</exception>
    private static byte[] Fill(string template, byte[] bytes, Dictionary<(string Sheet, int Row, int Column), object> filled)
    {
        try
        {
            return WorkbookTemplateFiller.Fill(bytes, filled);
        }
        catch (InvalidDataException exception)
        {
            throw new CommandException(ExitCodes.Usage, $"{template} 不能填写：{exception.Message} 请在 Excel 或 WPS 中打开，另存为 .xlsx。",
                $"{template} cannot be filled: {exception.Message} Open it in Excel or WPS and save it as .xlsx.");
        }
    }

    private static void Print(List<TableFigure> figures, string zh, string en, ConsoleOutput output)
    {
        foreach (var figure in figures.Take(MaxListed))
        {
            var (what, where) = ($"{figure.Unit.Code} {figure.Period} {figure.Indicator.Code}", figure.Location);
            output.WriteLine($"! {where.Describe(english: false)}：{zh}（{what} {FormColumns.ChineseName(figure.Field)}）",
                $"! {where.Describe(english: true)}: {en} ({what} {FormColumns.EnglishName(figure.Field)})");
        }

        if (figures.Count > MaxListed)
        {
            output.WriteLine($"…… 另有 {figures.Count - MaxListed} 格：{zh}。", $"… {figures.Count - MaxListed} more: {en}.");
        }
    }
}
