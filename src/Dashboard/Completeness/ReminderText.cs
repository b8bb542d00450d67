using XilinIngest.Dashboard.Formatting;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Completeness;

/// <summary>Reminders in words.</summary>
internal static class ReminderText
{
    public static string Describe(ReminderPreview preview, Lang lang)
    {
        var (all, reached) = (preview.Reminders.Count, preview.Reminders.Count(unit => unit.Channels.Count > 0));
        var recent = preview.Reminders.Count(unit => unit.IsRecent);
        var without = all - reached;
        return lang.T(
            $"{all} 个单位未报齐，{reached} 个可以催报"
            + (without > 0 ? $"，{without} 个没有联系渠道，请打电话或复制名单" : "") + (recent > 0 ? $"，其中 {recent} 个 12 小时内已催过" : "") + "。",
            $"{all} units have not reported everything; {reached} can be reminded"
            + (without > 0 ? $"; no channel reaches {without}: call them, or copy the list" : "")
            + (recent > 0 ? $"; {recent} were reminded within twelve hours" : "") + ".");
    }

    public static string Describe(PreviewedReminder unit, Lang lang)
    {
        var channels = unit.Channels.Count == 0
            ? lang.T("没有联系渠道", "no channel")
            : string.Join(lang.T("、", ", "), unit.Channels.Select(channel => Describe(channel, lang)));
        var last = unit.LastAt is { } at
            ? lang.T($"，上次催报 {FigureFormat.Time(at)}", $", last reminded {FigureFormat.Time(at)}") : "";
        return lang.T($"缺 {unit.Missing.Count} 项，", $"{unit.Missing.Count} missing, ") + channels + last;
    }

    public static string Describe(ReminderResult result, Lang lang)
    {
        var sent = result.Reminders.Where(reminder => reminder.State != ReminderState.Unreachable)
            .Select(reminder => reminder.Unit).Distinct().Count();
        var unreachable = result.Reminders.Count(reminder => reminder.State == ReminderState.Unreachable);
        return lang.T(
            $"已催报 {sent} 个单位" + (unreachable > 0 ? $"，{unreachable} 个没有联系渠道" : "")
            + (result.Recent.Count > 0 ? $"，{result.Recent.Count} 个 12 小时内已催过，未再催" : "") + "。",
            $"{sent} units are reminded" + (unreachable > 0 ? $"; no channel reaches {unreachable}" : "")
            + (result.Recent.Count > 0 ? $"; {result.Recent.Count} were reminded within twelve hours, and not again" : "") + ".");
    }

    /// <summary>By which rule, or by whom.</summary>
    public static string Origin(ReminderEntry reminder, Lang lang) => reminder switch
    {
        { Rule: { } rule } => lang.T($"规则 {rule}", $"rule {rule}"),
        { By: { } by } => lang.T($"人工（{SenderText.Describe(by, lang)}）", $"by hand ({SenderText.Describe(by, lang)})"),
        _ => lang.T("人工", "by hand"),
    };

    public static string State(ReminderEntry reminder, Lang lang) =>
        reminder is { Channel: { } channel, State: not ReminderState.Unreachable }
            ? ChannelText.Name(channel, lang) + lang.T("：", ": ") + Delivery(reminder, lang)
            : lang.T("没有联系渠道，未送达", "no channel, not delivered");

    private static string Delivery(ReminderEntry reminder, Lang lang) => reminder.State switch
    {
        ReminderState.Withdrawn => lang.T("已报齐，未发送", "had reported, not sent"),
        ReminderState.Refused => lang.T($"被拒收（{reminder.Answer}）", $"refused ({reminder.Answer})"),
        ReminderState.Sent when reminder.SentAt is { } at => lang.T($"{FigureFormat.Time(at)} 已发送", $"sent {FigureFormat.Time(at)}"),
        ReminderState.Sent => lang.T("已发送", "sent"),
        _ => lang.T("待发送", "to be sent"),
    };

    public static string Reported(ReminderEntry reminder, Lang lang) => reminder.HasReported switch
    {
        true => lang.T("✓ 是", "✓ yes"),
        false => lang.T("✗ 否", "✗ no"),
        _ => "–",
    };

    private static string Describe(ReminderChannel channel, Lang lang)
    {
        var name = ChannelText.Name(channel.Name, lang);
        return channel switch
        {
            { People: { Count: > 0 } people } => name + lang.T("（", " (") + string.Join(lang.T("、", ", "), people) + lang.T("）", ")"),
            { Recipients: > 0 and var count } => lang.T($"{name}（{count} 人）", $"{name} ({EnglishNoun.Count(count, "people")})"),
            _ => name,
        };
    }
}
