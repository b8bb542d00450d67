using System.Globalization;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Status;

/// <summary>The words for the health of the processes.</summary>
internal static class StatusText
{
    /// <summary>One sentence about all processes.</summary>
    public static string Verdict(IReadOnlyList<ProcessHealth> all, Lang lang)
    {
        var parts = all.SelectMany(process => process.Report?.Checks.Values.Select(part => part.Status) ?? ["Unhealthy"]).ToList();
        var (broken, limited) = (parts.Count(status => status == "Unhealthy"), parts.Count(status => status == "Degraded"));
        return (broken, limited) switch
        {
            (0, 0) => lang.T($"全部正常：{parts.Count} 个部分。", $"All {parts.Count} parts are in order."),
            (0, _) => lang.T($"可以使用，{limited} 个部分需要留意。", $"In service; {limited} to be looked at."),
            _ => lang.T($"{broken} 个部分有故障{(limited > 0 ? $"，{limited} 个需要留意" : "")}。",
                $"{broken} broken{(limited > 0 ? $", {limited} to be looked at" : "")}."),
        };
    }

    /// <summary>The word for a status, with a shape: colour is not the only sign.</summary>
    public static (string Colour, string Text) Badge(string status, Lang lang) => status switch
    {
        "Healthy" => ("green", lang.T("● 正常", "● in order")),
        "Degraded" => ("amber", lang.T("◆ 需要留意", "◆ to be looked at")),
        _ => ("red", lang.T("■ 故障", "■ broken")),
    };

    /// <summary>The name of a part.</summary>
    public static string Part(string check, Lang lang) => check switch
    {
        "ledger" => lang.T("台账（接收报表）", "Ledger (takes submissions)"),
        "cube" => lang.T("结果（汇总、排名、预警）", "Results (totals, rankings, alerts)"),
        "notices" => lang.T("通知", "Notices"),
        "bus" => lang.T("消息总线", "Message bus"),
        "queues" => lang.T("消息队列", "Queues"),
        "backup" => lang.T("备份", "Backup"),
        "witnesses" => lang.T("见证人", "Witnesses"),
        _ => check,
    };

    /// <summary>What a process is for.</summary>
    public static string Roles(IReadOnlyList<ServiceRole> roles, Lang lang) =>
        string.Join(lang.T("、", ", "), roles.Select(role => role switch
        {
            ServiceRole.Intake => lang.T("接收", "intake"),
            ServiceRole.Notices => lang.T("通知", "notices"),
            _ => lang.T("结果", "results"),
        }));

    /// <summary>What is wrong, a problem per line; of queues and backups also what else there is to know.</summary>
    public static IEnumerable<string> Problems(string check, PartHealth part, Lang lang) =>
        (part.Status == "Healthy" && check is not ("queues" or "backup") ? "" : part.Description ?? "")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => ServiceProblem.Parse(line, 0)).Select(problem => lang.T(problem.Zh, problem.En));

    /// <summary>The figures that a part tells, in words.</summary>
    public static IEnumerable<(string Name, string Value)> Figures(PartHealth part, Lang lang) =>
        part.Data.Where(each => each.Key != $"consumers:{Queues.DeadLetters}")
            .Select(each => (NameOf(each.Key, lang), ValueOf(each.Key, each.Value)));

    private static string NameOf(string figure, Lang lang) => figure.Split(':') switch
    {
        ["appliedThrough"] => lang.T("结果已算到台账第几行", "Results through ledger row"),
        ["rowsBehind"] => lang.T("落后行数", "Rows behind"),
        ["secondsBehind"] => lang.T("落后秒数", "Seconds behind"),
        ["appliedThrough", var part] => lang.T($"{part} 的结果已算到台账第几行", $"Results of {part} through ledger row"),
        ["rowsBehind", var part] => lang.T($"{part} 落后行数", $"Rows behind, {part}"),
        ["secondsBehind", var part] => lang.T($"{part} 落后秒数", $"Seconds behind, {part}"),
        ["lastBackup"] => lang.T("最近一次备份", "Last backup"),
        ["hoursSinceBackup"] => lang.T("距今小时数", "Hours ago"),
        ["messages", Queues.DeadLetters] => lang.T("停放的消息", "Parked messages"),
        ["messages", var queue] => lang.T($"{queue} 等待的消息", $"Waiting in {queue}"),
        ["consumers", var queue] => lang.T($"{queue} 的读取者", $"Readers of {queue}"),
        _ => figure,
    };

    private static string ValueOf(string figure, JsonElement value) => figure == "lastBackup"
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var time) ? FigureFormat.Time(time)
        : value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            ? number.ToString("N0", CultureInfo.InvariantCulture) : value.ToString();
}
