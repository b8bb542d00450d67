using System.CommandLine;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Files;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin submit FILE…</c></summary>
internal static class SubmitCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = output.Text("报表文件：xilin template 生成的 Excel 表（.xlsx）、CSV（UTF-8 或 GBK）、JSON 或 JSON 行。",
                "The form that xilin template writes (.xlsx), CSV (UTF-8 or GBK), JSON or lines of JSON.")
        };
        var check = new Option<bool>("--check") { Description = output.Text("只检查，不报送。", "Check only, send nothing.") };
        var uncheckedToo = new Option<bool>("--unchecked")
        {
            Description =
            output.Text("本地检查不通过的也报送，由服务判定。", "Send what the local checks refuse as well, and let the service decide.")
        };
        var at = new Option<string?>("--at")
        {
            HelpName = "TIME",
            Description = output.Text("报送时间，如 2022-08-03T09:14:00+08:00（默认：文件保存的时间）。",
                "The submission's time, such as 2022-08-03T09:14:00+08:00 (default: when the file was saved).")
        };
        var command = new Command("submit", output.Text(
            """
            检查并报送报表，等待回执。没有送出的留在发件箱，下次先送。
              列：unit 单位代码，period 报告期，revision 修订号（可空），indicator 指标代码，value 本月，unit_of_measure 计量单位，year_to_date 累计，
              last_year 上年同期，numerator 分子，denominator 分母，withdraw 撤回，note 备注，explanation 说明，rule 审核公式，correction_reason 更正原因，
              submitted_by 填报人，submitted_at 报送时间。
              空着的数保持现有数不变；在数的单元格里写“撤回”撤回这一个数，“撤回”一栏填“是”撤回整项。文件名可用 * 和 ?。
              例：xilin submit 七月.xlsx --server http://127.0.0.1:5080
                  xilin submit *.csv --bus amqps://320404004201@mq.example.org/xilin --password-file 密码.txt
                  xilin submit 七月.csv --check
              退出码：0 全部接收；1 有退回或检查不通过；2 命令写法有误；3 有的没有送出，留在发件箱；4 发件箱不能用；5 有的已被更正取代（或不能确认仍有效),其余已接收。几种都有时，3 先于 1，1 先于 5。
            """,
            """
            Checks and sends submissions and waits for the receipts. What could not be sent stays in the outbox and goes first next time.
              Columns: unit, period, revision (may be empty), indicator, value, unit_of_measure, year_to_date, last_year, numerator,
              denominator,
              withdraw, note, explanation, rule, correction_reason, submitted_by, submitted_at.
              A blank figure leaves what stands; 'withdraw' in a figure's own cell takes it back, 'yes' in the column
              withdraw the whole indicator. Names may have * and ?.
              Examples: xilin submit july.xlsx --server http://127.0.0.1:5080
                        xilin submit *.csv --bus amqps://320404004201@mq.example.org/xilin --password-file password.txt
                        xilin submit july.csv --check
              Exit codes: 0 all accepted; 1 some refused, or faults found here; 2 wrong usage; 3 some not sent, kept in the
              outbox; 4 the outbox cannot be used; 5 some superseded (a later submission is in force) or not confirmed,
              the others accepted. Where several hold, 3 before 1 before 5.
            """)) { files, check, uncheckedToo, at };
        command.SetAction((result, cancellation) => RunAsync(
            options.Read(result, result.GetValue(check) ? TransportMode.Optional : TransportMode.Required), result.GetValue(files)!,
            result.GetValue(check), result.GetValue(uncheckedToo), Time(result.GetValue(at)), output, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, string[] paths, bool checkOnly, bool uncheckedToo, DateTimeOffset? at, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        if (!checkOnly)
        {
            // Fails before any work if no target is named.
            CommandSetup.RequireTarget(settings);
        }

        var (files, marks) = FilePatterns.Expand(paths);
        var catalogue = await CommandSetup.LoadCatalogueAsync(settings, output, cancellationToken);
        var report = new SubmissionReport(output);
        foreach (var mark in marks)
        {
            report.AddNotice(new(new SourceLocation(mark), FileFindings.FileInUse(FilePatterns.LockedFile(mark)!)));
        }

        if (files.Count == 0)
        {
            throw new CommandException(ExitCodes.Usage, "没有可以报送的文件。", "There is no file to submit.");
        }

        var (drafts, isTwice) = Read(files, catalogue, settings.Bus?.User, report, uncheckedToo && !checkOnly);
        if (checkOnly || isTwice)
        {
            report.PrintCheckSummary(drafts.Count, catalogue is not null);
            return report.FaultCount > 0 ? ExitCodes.Refused : ExitCodes.Accepted;
        }

        return await DraftSender.SendAsync(settings, catalogue, drafts, at, report, output, cancellationToken);
    }

    // The drafts that can be sent; faults of the others are printed. If a unit's month occurs twice, nothing is sent.
    private static (List<SubmissionDraft> Drafts, bool IsTwice) Read(
        IReadOnlyList<string> paths, ClientCatalogue? catalogue, string? user, SubmissionReport report, bool uncheckedToo)
    {
        var (drafts, all) = (new List<SubmissionDraft>(), new List<SubmissionDraft>());
        foreach (var content in paths.Select(path => SubmissionFileReader.Read(path, catalogue)))
        {
            foreach (var finding in content.Findings)
            {
                report.AddFault(finding);
            }

            foreach (var notice in content.Notices)
            {
                report.AddNotice(notice);
            }

            all.AddRange(content.Drafts);
            drafts.AddRange(content.Drafts.Where(draft => DraftSender.IsSendable(draft, catalogue, user, report, uncheckedToo)));
        }

        var twice = DuplicateMonths.Find(all).ToList();
        foreach (var finding in twice)
        {
            report.AddFault(finding);
        }

        return twice.Count > 0 ? ([], true) : (drafts, false);
    }

    internal static DateTimeOffset? Time(string? text) => text is null ? null
        : TimestampParser.TryParse(text, out var time) ? time
        : throw new CommandException(ExitCodes.Usage,
            $"--at {text} {(TimestampParser.LacksOffset(text) ? "没有写时区，" : "")}应写成 2022-08-03T09:14:00+08:00。",
            $"{(TimestampParser.LacksOffset(text) ? "It has no offset. " : "")}Write --at {text} as 2022-08-03T09:14:00+08:00.");
}
