using System.Globalization;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>The rules of <c>reminders.csv</c>: when units are reminded of their reports, and who gets the message.</summary>
internal static class ReminderRows
{
    // Beyond this the month after it is due.
    private const int MaxOffset = 31;

    internal static readonly CsvSchema Shape = new(
        "reminders.csv", "rule", "kind", "unit", "offset", "time", "to", "channel", "language", "quiet", "days");

    /// <returns>The rules of the lines without a fault.</returns>
    internal static List<ReminderRule> Read(CsvTable? table, Catalogue catalogue)
    {
        var rules = new Dictionary<string, ReminderRule>(StringComparer.Ordinal);
        foreach (var row in table?.Rows ?? [])
        {
            var rule = ReadRow(row, catalogue);
            if (row.IsValid && !rules.TryAdd(rule.Name, rule))
            {
                row.Fault("rule", new("该名称已用过", "another line has this name"), new("请另取一个名称", "give it a name of its own"));
            }
        }

        return [.. rules.Values];
    }

    private static ReminderRule ReadRow(CsvRow row, Catalogue catalogue)
    {
        var (roles, addresses) = RecipientCell.Read(row);
        var rule = new ReminderRule
        {
            Name = RoutingCells.Name(row, "rule"),
            Kind = row.IsEmpty("kind") ? ReminderKind.Unit : row.Word("kind", CatalogueVocabulary.ReminderKinds),
            Unit = RoutingCells.Unit(row, catalogue),
            Offset = Offset(row),
            Time = Time(row),
            Roles = roles,
            Addresses = addresses,
            Channel = row.IsEmpty("channel") ? null : RoutingCells.Name(row, "channel"),
            English = !row.IsEmpty("language") && row.Word("language", CatalogueVocabulary.Languages),
            Hours = RoutingCells.Hours(row),
        };
        CheckRecipients(row, rule);
        return rule;
    }

    private static void CheckRecipients(CsvRow row, ReminderRule rule)
    {
        if (rule is { Kind: ReminderKind.Digest, Unit: null })
        {
            row.Fault(
                "unit", new("汇总要写明是哪个单位的", "a digest is of one unit"),
                new("请填写单位代码，如街道", "write the code of a unit, such as the street"));
        }

        if (row.IsEmpty("to"))
        {
            row.Fault(
                "to", new("不能为空", "it is empty"),
                new("请填写角色，如 reporter（填报人）", "write a role, such as reporter"));
        }

        if (rule.Addresses.Count > 0 && rule.Kind == ReminderKind.Unit)
        {
            row.Fault(
                "to", new("给各单位的提醒只发给该单位的联系人", "a reminder of a unit goes to the people of this unit alone"),
                new("请只填角色；邮箱地址用于 digest", "write roles alone; addresses are for a digest"));
        }

        if (rule is { Addresses.Count: > 0, Channel: null })
        {
            row.Fault(
                "channel", new("有邮箱地址时须写明邮件渠道", "addresses need the channel that sends mail"),
                new("请填写设置 Channels 中的邮件渠道", "write a channel of the settings that sends mail"));
        }
    }

    private static int Offset(CsvRow row) =>
        int.TryParse(row.Text("offset"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days)
        && days is >= -MaxOffset and <= MaxOffset
            ? days
            : row.Fault(
                "offset", new($"“{row.Text("offset")}”不是 -{MaxOffset} 到 {MaxOffset} 的整数",
                    $"'{row.Text("offset")}' is not a whole number from -{MaxOffset} to {MaxOffset}"),
                new("请填写截止日之后的天数；-3 为截止日前三天，0 为当天",
                    "write the days after the day of the deadline: -3 is three days before it, 0 that day"), 0);

    private static TimeOnly Time(CsvRow row) =>
        TimeOnly.TryParseExact(row.Text("time"), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : row.Fault(
                "time", new($"“{row.Text("time")}”不是时刻", $"'{row.Text("time")}' is not a time of day"),
                new("请写成 09:00（北京时间）", "write it as 09:00, in China's time"), default(TimeOnly));
}
