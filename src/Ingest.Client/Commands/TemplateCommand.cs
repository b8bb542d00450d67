using System.CommandLine;
using System.Text.Json;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Forms;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin template --unit … --period …</c></summary>
internal static class TemplateCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput say)
    {
        var units = new Option<string[]>("--unit")
        {
            Required = true,
            HelpName = "CODE",
            Description = say.Text("单位代码或名称；可给多个，每个一张工作表。", "The unit's code or name; several make a sheet each.")
        };
        var period = new Option<string>("--period")
        {
            Required = true,
            HelpName = "MONTH",
            Description = say.Text("报告期，如 2022-07。", "The month, such as 2022-07.")
        };
        var indicators = new Option<string[]>("--indicator")
        {
            HelpName = "CODE",
            Description =
            say.Text("只要这些指标；下面另有几行可从下拉列表选择。", "Only these indicators; a few rows below let one choose others from a list.")
        };
        var output = new Option<string?>("--output")
        {
            HelpName = "FILE",
            Description = say.Text("写到哪个文件（默认：单位-月份.xlsx）。", "The file to write (default: unit-month.xlsx).")
        };
        var force = new Option<bool>("--force") { Description = say.Text("覆盖已有的文件。", "Overwrite a file that is there.") };
        var command = new Command("template", say.Text(
            """
            生成 Excel 报表：只列本单位应报的指标，上月和上年的数在旁，锁定不填的单元格。填好后用 xilin submit 报送。
              例：xilin template --unit 320404004201 --period 2022-07 --server http://127.0.0.1:5080
            """,
            """
            Writes the Excel form: the unit's own indicators, last month's and last year's figures beside them, all cells
            locked but those to fill in. Send it with xilin submit.
              Example: xilin template --unit 320404004201 --period 2022-07 --server http://127.0.0.1:5080
            """)) { units, period, indicators, output, force };
        command.SetAction((result, cancellation) => RunAsync(
            options.Read(result, TransportMode.Server), result.GetValue(units)!, result.GetValue(period)!,
            result.GetValue(indicators) ?? [], result.GetValue(output), result.GetValue(force), say, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, string[] units, string month, string[] only, string? output, bool force, ConsoleOutput say,
        CancellationToken cancellationToken)
    {
        if (!Period.TryParse(month, out var period) || period.Year < 2)
        {
            throw new CommandException(ExitCodes.Usage, $"报告期 {month} 应写成 2022-07。", $"Write the month {month} as 2022-07.");
        }

        var known = await CommandSetup.RequireCatalogueAsync(settings, say, cancellationToken);
        var found = units.Select(text => FindUnit(known, text, period)).ToList();
        var path = output ?? $"{FileName(found[0])}-{period}.xlsx";
        if (File.Exists(path) && !force)
        {
            throw new CommandException(ExitCodes.Usage, $"{path} 已存在，可能已经填过。用 --output 另存，或用 --force 覆盖。",
                $"{path} is there already, perhaps filled in. Name another with --output, or overwrite it with --force.");
        }

        using var service = settings.Server is null ? null : settings.CreateHttpClient();
        var sheets = new List<FormSheet>();
        foreach (var unit in found)
        {
            var own = known.ReportedBy(unit, period).ToList();
            var figures = await FetchFiguresAsync(service, unit, period, say, cancellationToken);
            var rows = (only.Length == 0
                ? own : SelectIndicators(known, own, only, unit)).Select(
                indicator => figures.GetValueOrDefault(indicator.Code.Value)?.ToRow(indicator) ?? new FormRow(indicator)).ToList();
            sheets.Add(new FormSheet(unit, period, rows, only.Length == 0 ? [] : own));
        }

        Outbox.AtomicFile.Write(Path.GetFullPath(path), FormWriter.Write(sheets, TimeProvider.System.GetUtcNow()), isPrivate: false);
        say.WriteLine($"已生成 {path}：{string.Join('、', sheets.Select(sheet => $"{sheet.Unit.NameZh} {sheet.Rows.Count} 项"))}。",
            $"Wrote {path}: {string.Join(", ", sheets.Select(sheet => $"{sheet.Unit.NameEn}, {sheet.Rows.Count} indicators"))}.");
        return ExitCodes.Accepted;
    }

    // A unit's name may contain any character. It is converted to a file name that is valid on every system and names no folder.
    internal static string FileName(Unit unit)
    {
        const int most = 60;
        var name = string.Concat(
            unit.NameZh.Select(letter => char.IsControl(letter) || "/\\:*?\"<>|".Contains(letter, StringComparison.Ordinal) ? '_' : letter))
            .Trim(' ', '.');
        return name.Length > 0 ? name[..Math.Min(name.Length, most)] : unit.Code.Value;
    }

    // The effective and comparison figures beside the fields. The form also works without them.
    private static async Task<IReadOnlyDictionary<string, ReferenceFigures>> FetchFiguresAsync(
            HttpClient? service, Unit unit, Period period, ConsoleOutput output, CancellationToken cancellationToken)
    {
        try
        {
            return service is null
                ? new Dictionary<string, ReferenceFigures>() : await ReferenceFigures.FetchAsync(service, unit, period, cancellationToken);
        }
        catch (Exception exception)
        when (exception is HttpRequestException or JsonException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            output.WriteErrorLine($"{unit.NameZh}没有参考数：{exception.Message}",
                $"{unit.NameEn} has no figures to compare with: {exception.Message}");
            return new Dictionary<string, ReferenceFigures>();
        }
    }

    private static Unit FindUnit(ClientCatalogue known, string text, Period period)
    {
        var unit = known.Catalogue.Units.TryFind(known.Names.FindUnitCode(text) ?? text, out var found)
            ? found
            : throw new CommandException(ExitCodes.Usage, $"名录中没有单位 {text}（或同名不止一个）。",
                $"There is no unit {text} in the catalogue, or more than one of that name.");
        return known.ReportedBy(unit, period).Any()
            ? unit
            : throw new CommandException(ExitCodes.Usage, $"{unit.NameZh}在{period.NameZh}没有应报的指标。",
                $"{unit.NameEn} has nothing to report in {period}.");
    }

    private static IEnumerable<Indicator> SelectIndicators(
        ClientCatalogue known, List<Indicator> own, string[] only, Unit unit) => only.Select(text =>
        own.Find(indicator => indicator.Code.Value == (known.Names.FindIndicatorCode(text) ?? text))
        ?? throw new CommandException(ExitCodes.Usage, $"{unit.NameZh}不报指标 {text}。", $"{unit.NameEn} does not report {text}."));
}
