using System.CommandLine;
using XilinIngest.Admin.NewCatalogue;
using XilinIngest.CatalogueFiles.Creation;
using XilinIngest.Hosting;
using XilinIngest.Indicators;

namespace XilinIngest.Admin;

/// <summary>Makes a catalogue for a street.</summary>
internal static class CatalogueCommand
{
    private const int LastDay = 28;
    private const int MaxMonths = 120;

    public static Command Create() => new("catalogue", "The catalogue of indicators and units. 目录。") { CreateNew() };

    private static Command CreateNew()
    {
        var folder = new Option<DirectoryInfo>("--out") { Required = true, Description = "The folder to make; it may not have files yet." };
        var units = new Option<FileInfo?>("--units")
        {
            Description = "A table of units (.xlsx or CSV): 名称, 代码, 类型, 上级, 名录, 整体报送. Without it, they are asked for."
        };
        var indicators = new Option<FileInfo?>("--indicators")
        {
            Description = "A table of indicators: 名称, 计量单位, 类别, 报送单位, 代码, 名录, 增幅口径, 1月免报, 可为负, 章节. Without it, they are "
                + "asked for."
        };
        var from = new Option<string?>("--from")
        {
            Description = "The first month to report, such as 2026-11 (default: the month just past)."
        };
        var history = new Option<string?>("--history-from")
        {
            Description = "The first month of history, such as 2025-01: months before --from that are backfilled, without a deadline. 补录。"
        };
        var months = new Option<int>("--months") { Description = "For how many months windows are made.", DefaultValueFactory = _ => 14 };
        var deadline = new Option<int>("--deadline")
        {
            Description = "The day of the next month on which reports are due.",
            DefaultValueFactory = _ => 8,
        };
        var closing = new Option<int>("--closing")
        {
            Description = "The day of the next month after which a correction needs a reason.",
            DefaultValueFactory = _ => 20,
        };
        var language =
            new Option<string>("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };
        language.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("new",
            """
            Make a catalogue folder for a street from its own tables of units and indicators, or by questions, with the windows of the
            coming months, and check it. It is made as a whole or not at all. 新建目录：由单位表、指标表或逐项询问生成，并检查。

            Examples:
              xilin-admin catalogue new --out ./my --units 单位.xlsx --indicators 指标.xlsx
              xilin-admin catalogue new --out ./my --from 2026-11 --deadline 5
              xilin-admin catalogue new --out ./my --units 单位.csv --indicators 指标.csv --from 2026-09 --history-from 2025-01
            """) { folder, units, indicators, from, history, months, deadline, closing, language };
        command.SetAction(result => Run(new ServiceConsole(result.GetValue(language) == "en"), result.GetRequiredValue(folder).FullName,
            result.GetValue(units)?.FullName, result.GetValue(indicators)?.FullName,
            (result.GetValue(from), result.GetValue(history)), new NewCalendar(
                default, result.GetValue(months), result.GetValue(deadline), result.GetValue(closing))));
        return command;
    }

    private static int Run(
        ServiceConsole console, string folder, string? units, string? indicators, (string? From, string? HistoryFrom) first,
        NewCalendar calendar)
    {
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                return console.Fail($"文件夹 {folder} 里已有文件；用 --out 另指一个，或先清空。",
                    $"The folder {folder} has files already; name another with --out, or empty it.");
            }

            var questions = new NewCatalogueQuestions(console, Console.In);
            var unitRows = NewCatalogueWords.Units(units is null ? questions.AskUnits()
                : NewCatalogueTable.Read(units, NewCatalogueWords.UnitColumns, ["名称", "代码", "类型", "上级"]), units ?? "单位");
            var indicatorRows = NewCatalogueWords.Indicators(indicators is null ? questions.AskIndicators()
                : NewCatalogueTable.Read(indicators, NewCatalogueWords.IndicatorColumns, ["名称", "计量单位"]), indicators ?? "指标");
            var checkedCalendar = Checked(calendar with
            {
                From = Month(first.From, "--from") ?? Period.Containing(TimeProvider.System.GetUtcNow()).Previous,
                HistoryFrom = Month(first.HistoryFrom, "--history-from"),
            });
            var result = CatalogueCreator.Create(folder, unitRows, indicatorRows, checkedCalendar);
            foreach (var fault in result.Faults)
            {
                Console.Error.WriteLine(console.Localize(fault.ToStringZh(), fault.ToString()));
            }

            if (!result.IsValid)
            {
                return console.Fail($"有 {result.Faults.Count} 处错误，请改正表后再试；什么都没有写入。",
                    $"There are {result.Faults.Count} faults; mend the tables and try again. Nothing was written.");
            }

            console.WriteLine(
                $"已生成 {folder}：{unitRows.Count} 个单位，{indicatorRows.Count} 项指标，{checkedCalendar.From} 起 {checkedCalendar.Months} 个月的报送日历。",
                $"Made {folder}: {unitRows.Count} units, {indicatorRows.Count} indicators, windows of {checkedCalendar.Months} months from "
                + $"{checkedCalendar.From}.");
            console.WriteLine("核对 units.csv、indicators.csv（英文名、排名、审核公式以后再补），然后启动服务。",
                "Look at units.csv and indicators.csv (English names, rankings and rules may follow), then start the service.");
            return 0;
        }
        catch (AdminCommandException exception)
        {
            return console.Fail(exception.MessageZh, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return console.Fail($"文件不能读写：{exception.Message}", $"A file cannot be read or written: {exception.Message}");
        }
    }

    private static Period? Month(string? text, string option) => text is null ? null
        : Period.TryParse(text, out var period) && period.Year is > 1 and < 9000 ? period
        : throw new AdminCommandException($"{option} {text} 应写成 2026-11。", $"Write {option} {text} as 2026-11.");

    private static NewCalendar Checked(NewCalendar calendar) =>
        calendar.HistoryMonths is < 0 or > MaxMonths ? throw new AdminCommandException(
            $"--history-from 须早于 --from（{calendar.From}），最多早 {MaxMonths} 个月。",
            $"--history-from must be before --from ({calendar.From}), by {MaxMonths} months at most.")
        : calendar is { Months: >= 1 and <= MaxMonths, DeadlineDay: >= 1 and <= LastDay, ClosingDay: <= LastDay }
        && calendar.ClosingDay >= calendar.DeadlineDay
            ? calendar
            : throw new AdminCommandException(
                $"--months 须为 1 至 {MaxMonths}；--deadline 和 --closing 须为 1 至 {LastDay}，--closing 不早于 --deadline。",
                $"--months must be from 1 to {MaxMonths}; --deadline and --closing from 1 to {LastDay}, --closing not before --deadline.");
}
