using XilinIngest.Contracts.Responses;

namespace XilinIngest.Client.Commands;

/// <summary>Prints reminders, a paragraph each.</summary>
internal static class ReminderPrinter
{
    public static void Print(PreviewedReminder reminder, ConsoleOutput output)
    {
        var channels = string.Join(' ', reminder.Channels.Select(channel => Line(channel.Name)));
        var (byZh, byEn) = channels.Length == 0 ? ("没有联系渠道", "no channel") : ($"渠道 {channels}", $"by {channels}");
        var (lastZh, lastEn) = reminder.LastAt is { } at
            ? ($"，上次催报 {ChaseCommand.Time(at)}", $", last reminded {ChaseCommand.Time(at)}") : ("", "");
        output.WriteLine(
            $"{Line(reminder.Unit)} {Line(reminder.NameZh)}：缺 {reminder.Missing.Count} 项，{byZh}{lastZh}",
            $"{Line(reminder.Unit)} {Line(reminder.NameEn)}: {reminder.Missing.Count} missing, {byEn}{lastEn}");
        foreach (var line in reminder.Text.Split('\n').Prepend(reminder.Title).Select(line => $"  {Line(line)}"))
        {
            output.WriteLine(line, line);
        }
    }

    public static void Print(ReminderEntry reminder, ConsoleOutput output)
    {
        var channel = reminder.Channel is { } name ? Line(name) : "";
        var (stateZh, stateEn) = reminder.State switch
        {
            ReminderState.Unreachable => ("没有联系渠道", "no channel"),
            ReminderState.Withdrawn => ($"{channel} 已报齐，未发送", $"{channel} had reported, not sent"),
            ReminderState.Refused => ($"{channel} 被拒收", $"{channel} refused"),
            ReminderState.Sent => ($"{channel} 已发送", $"{channel} sent"),
            _ => ($"{channel} 待发送", $"{channel} to be sent"),
        };
        var (fromZh, fromEn) = reminder switch
        {
            { Rule: { } rule } => ($"规则 {Line(rule)}", $"rule {Line(rule)}"),
            { By: { } by } => ($"人工（{Line(by)}）", $"by hand ({Line(by)})"),
            _ => ("人工", "by hand"),
        };
        var (sinceZh, sinceEn) = reminder.HasReported switch
        {
            true => ("，现已报齐", ", has reported since"),
            false => ("，仍未报齐", ", has not reported"),
            _ => ("", ""),
        };
        output.WriteLine(
            $"{ChaseCommand.Time(reminder.At)} {Line(reminder.Unit)} {Line(reminder.NameZh)}：{fromZh}，{stateZh}{sinceZh}",
            $"{ChaseCommand.Time(reminder.At)} {Line(reminder.Unit)} {Line(reminder.NameEn)}: {fromEn}, {stateEn}{sinceEn}");
    }

    private static string Line(string text) => TerminalText.ToSingleLine(text);
}
