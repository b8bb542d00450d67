using System.CommandLine;
using XilinIngest.Client.Files;
using XilinIngest.Client.Outbox;
using XilinIngest.SubmissionFiles.Maps;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin import FILE --map MAP.csv</c></summary>
internal static class ImportCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var file = new Argument<string>("FILE")
        {
            Description = output.Text("本单位自己的表（.xlsx 或 CSV）。", "The office's own table (.xlsx or CSV).")
        };
        var map = new Option<string?>("--map")
        {
            HelpName = "MAP.csv",
            Description = output.Text("对照表：哪个表头是哪个指标。", "The map: which heading is which indicator.")
        };
        var suggest = new Option<bool>("--suggest")
        {
            Description = output.Text("由表头生成对照表初稿，不读数。", "Write a first map from the headings; read no figures.")
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = output.Text("列出每个单元格怎样处理，不报送。", "Show what becomes of each cell, send nothing.")
        };
        var period = new Option<string?>("--period")
        {
            HelpName = "MONTH",
            Description = output.Text("表中没有写的月份或年份，如 2022-07 或 2022。", "The month or year that the table does not say: 2022-07 or 2022.")
        };
        var correction = new Option<string?>("--correction")
        {
            HelpName = "REASON",
            Description = output.Text("更正原因（关账后补报、更正必填）。", "The reason of a correction, where the month is closed.")
        };
        var outFile = new Option<string?>("--out")
        {
            HelpName = "FILE.csv",
            Description = output.Text("对照表初稿，或各单元格的处理，写到哪个文件。", "Where to write the first map, or what becomes of each cell.")
        };
        var force = new Option<bool>("--force") { Description = output.Text("覆盖已有的文件。", "Overwrite a file that is there.") };
        var at = new Option<string?>("--at")
        {
            HelpName = "TIME",
            Description = output.Text("报送时间（默认：文件保存的时间）。", "The submission's time (default: when the file was saved).")
        };
        var command = new Command("import", output.Text(
            """
            按对照表读取本单位自己的表并报送：一行一个单位、一列一个指标或一个月，多张工作表，合并表头，名称代替代码。
            不猜：对照表没有说明的表头、单位、文字、合计都会指出工作表和单元格；有一处没有说明，就什么也不报。
              例：xilin import 七月.xlsx --suggest --out 对照表.csv --server http://127.0.0.1:5080
                  xilin import 七月.xlsx --map 对照表.csv --dry-run --out 逐格.csv
                  xilin import 七月.xlsx --map 对照表.csv --period 2022-07
              退出码同 xilin submit。
            """,
            """
            Reads an office's own table by a map and submits it: a row for each unit, a column for each indicator or month,
            several sheets, merged headings, names in place of codes.
            Nothing is guessed: a heading, unit, text or total that the map does not explain is told by sheet and cell; where
            one is left, nothing is sent.
              Examples: xilin import july.xlsx --suggest --out map.csv --server http://127.0.0.1:5080
                        xilin import july.xlsx --map map.csv --dry-run --out cells.csv
                        xilin import july.xlsx --map map.csv --period 2022-07
              Exit codes as of xilin submit.
            """)) { file, map, suggest, dryRun, period, correction, outFile, force, at };
        command.SetAction((result, cancellation) =>
        {
            var request = new ImportRequest(
                result.GetValue(file)!, result.GetValue(map), result.GetValue(dryRun), ReadPeriod(result.GetValue(period)),
                result.GetValue(correction), result.GetValue(outFile), result.GetValue(force), SubmitCommand.Time(result.GetValue(at)));
            var sends = !request.DryRun && !result.GetValue(suggest);
            var settings = options.Read(result, sends ? TransportMode.Required : TransportMode.Optional);
            return result.GetValue(suggest)
                ? SuggestAsync(settings, request, output, cancellation) : RunAsync(settings, request, output, cancellation);
        });
        return command;
    }

    /// <exception cref="CommandException">The text is neither a month nor a year.</exception>
    internal static GivenMonth? ReadPeriod(string? text) => text is null ? null : GivenMonth.TryRead(text)
        ?? throw new CommandException(ExitCodes.Usage, $"--period {text} 应写成 2022-07 或 2022。",
            $"Write --period {text} as 2022-07 or 2022.");

    /// <summary>The map of a file.</summary>
    /// <exception cref="CommandException">No map is named, or it has findings, which are printed.</exception>
    internal static TableMap ReadMap(string? path, SubmissionReport report)
    {
        if (path is null)
        {
            throw new CommandException(ExitCodes.Usage, "请用 --map 指定对照表；没有的，先用 --suggest 生成初稿。",
                "Name the map with --map; let --suggest write a first one.");
        }

        var (map, findings) = TableMapFile.Read(SubmissionFileReader.Load(path).Bytes, new SourceLocation(path));
        foreach (var finding in findings)
        {
            report.AddFault(finding);
        }

        return map ?? throw new CommandException(ExitCodes.Refused, $"对照表 {path} 有 {findings.Count} 处要改。",
            $"The map {path} has {findings.Count} faults.");
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, ImportRequest request, ConsoleOutput output, CancellationToken cancellationToken)
    {
        if (!request.DryRun)
        {
            CommandSetup.RequireTarget(settings);
        }

        var report = new SubmissionReport(output);
        var map = ReadMap(request.Map, report);
        var (bytes, savedAt) = SubmissionFileReader.Load(request.File);
        var catalogue = await CommandSetup.RequireCatalogueAsync(settings, output, cancellationToken);
        var file = TableFile.Read(bytes, new SourceLocation(request.File), savedAt);
        var reading = file.Findings.Count > 0 ? new TableReading(new([], file.Findings), [], [])
            : TableReader.Read(file, map, catalogue.Catalogue, request.Period, request.Correction);
        if (request.DryRun)
        {
            CellFateTable.Print(reading.Fates, output);
        }

        if (request.Out is { } path)
        {
            WriteFile(path, CellFateTable.ToCsv(reading.Fates, output), request.Force, request.File, request.Map);
        }

        PrintFindings(reading.Content, report);
        if (reading.Content.Findings.Count > 0 || reading.Content.Drafts.Any(draft => draft.Findings.Count > 0))
        {
            report.PrintCheckSummary(0, withCatalogue: true);
            return output.WriteFailure(ExitCodes.Refused, "表和对照表还有对不上的地方，什么也没有报送。",
                "The table and the map do not agree yet; nothing was sent.");
        }

        var drafts = reading.Content.Drafts
            .Where(draft => DraftSender.IsSendable(draft, catalogue, settings.Bus?.User, report, uncheckedToo: false)).ToList();
        if (!request.DryRun)
        {
            return await DraftSender.SendAsync(settings, catalogue, drafts, request.At, report, output, cancellationToken);
        }

        report.PrintCheckSummary(drafts.Count, withCatalogue: true);
        return report.FaultCount > 0 ? ExitCodes.Refused : ExitCodes.Accepted;
    }

    private static async Task<int> SuggestAsync(
        ClientSettings settings, ImportRequest request, ConsoleOutput output, CancellationToken cancellationToken)
    {
        var (bytes, savedAt) = SubmissionFileReader.Load(request.File);
        var catalogue = await CommandSetup.RequireCatalogueAsync(settings, output, cancellationToken);
        var file = TableFile.Read(bytes, new SourceLocation(request.File), savedAt);
        if (file.Findings.Count > 0)
        {
            var report = new SubmissionReport(output);
            PrintFindings(new([], file.Findings), report);
            return ExitCodes.Refused;
        }

        var map = TableMapSuggestion.Suggest(file, catalogue.Catalogue, output.IsEnglish);
        var csv = TabularFiles.Csv.CsvTableWriter.Write(map.Table);
        var path = request.Out ?? Path.ChangeExtension(request.File, null) + output.Text("-对照表.csv", "-map.csv");
        WriteFile(path, csv, request.Force, request.File);
        output.WriteLine($"已生成 {path}：{map.Table.Rows.Count} 行，其中 {map.Unfinished} 行要补。请逐行核对后再用 --map。",
            $"Wrote {path}: {map.Table.Rows.Count} lines, {map.Unfinished} of them to be filled in. "
            + "Look at each before you use it as --map.");
        return ExitCodes.Accepted;
    }

    private static void PrintFindings(FileContent content, SubmissionReport report)
    {
        foreach (var finding in content.Findings.Concat(content.Drafts.SelectMany(draft => draft.Findings)))
        {
            report.AddFault(finding);
        }

        foreach (var notice in content.Notices)
        {
            report.AddNotice(notice);
        }
    }

    /// <exception cref="CommandException">The file is there, and is not to be overwritten.</exception>
    internal static void WriteFile(string path, byte[] bytes, bool force, params IEnumerable<string?> sources)
    {
        if (sources.OfType<string>().Any(source => Path.GetFullPath(source) == Path.GetFullPath(path)))
        {
            throw new CommandException(ExitCodes.Usage, $"--out {path} 就是要读的文件，不能覆盖。请另指定一个文件。",
                $"--out {path} is a file that is read, and is not written over. Name another.");
        }

        if (File.Exists(path) && !force)
        {
            throw new CommandException(ExitCodes.Usage, $"{path} 已存在。用 --out 另存，或用 --force 覆盖。",
                $"{path} is there already. Name another with --out, or overwrite it with --force.");
        }

        AtomicFile.Write(Path.GetFullPath(path), bytes, isPrivate: false);
    }

    private sealed record ImportRequest(
        string File, string? Map, bool DryRun, GivenMonth? Period, string? Correction, string? Out, bool Force, DateTimeOffset? At);
}
