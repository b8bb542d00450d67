using System.Globalization;
using Fluid.Values;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Templates;

/// <summary>What a template may write of a reminder (docs/notices.md).</summary>
/// <param name="English">The language.</param>
/// <param name="Reminder">What has not been reported.</param>
/// <param name="IsReturned">Whether a report of the unit was returned, and not replaced.</param>
/// <param name="Now">The time, by which the days are counted.</param>
internal sealed record ReminderTemplateData(bool English, NoticedReminder Reminder, bool IsReturned, DateTimeOffset Now)
    : TemplateInput(English)
{
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);
    private static readonly int[] SampleDays = [-3, 0, 2];
    private static readonly bool[] Either = [false, true];

    /// <summary>Reminders of every kind, with which a template is tried.</summary>
    public static IEnumerable<ReminderTemplateData> Samples =>
        from digest in Either
        from full in Either
        from days in SampleDays
        select Sample(digest, full, days);

    public override IEnumerable<(string Name, FluidValue Value)> ToValues() =>
    [
        ("kind", new StringValue(Reminder.IsDigest ? "digest" : "unit")),
        ("unit", new StringValue(Reminder.Unit)), ("unit_name", new StringValue(Reminder.UnitName)),
        ("period", new StringValue(Reminder.Period)), ("month", new StringValue(Month)),
        ("deadline", new StringValue(Reminder.Deadline is { } deadline ? TimeText(deadline) : "")),
        ("days_left", NumberValue.Create(DaysLeft)), ("days_late", NumberValue.Create(-DaysLeft)),
        ("late", BooleanValue.Create(Now > Reminder.Deadline)), ("returned", BooleanValue.Create(IsReturned)),
        ("count", NumberValue.Create(Reminder.Missing.Count)), ("link", new StringValue(Reminder.Link ?? "")),
        ("missing", new ArrayValue([.. Reminder.Missing.Select(missing => new DictionaryValue(FieldsOf(missing)))])),
    ];

    private string Month => !English && Period.TryParse(Reminder.Period, out var month) ? month.NameZh : Reminder.Period;

    // By days of the calendar, as people count; without a deadline 0.
    private int DaysLeft => Reminder.Deadline is { } deadline ? DayOf(deadline).DayNumber - DayOf(Now).DayNumber : 0;

    private static TemplateFields FieldsOf(NoticedMissing missing) => new(
        new("缺报项", "an item that is missing"),
        new(StringComparer.Ordinal)
        {
            ["code"] = new StringValue(missing.Code),
            ["name"] = new StringValue(missing.Name),
            ["count"] = NumberValue.Create(missing.Count),
        });

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(ChinaOffset).DateTime);

    private static string TimeText(DateTimeOffset time) =>
        time.ToOffset(ChinaOffset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static ReminderTemplateData Sample(bool isDigest, bool isFull, int days)
    {
        var deadline = new DateTimeOffset(2022, 8, 8, 18, 0, 0, ChinaOffset);
        return new(
            English: false,
            new NoticedReminder
            {
                Unit = "000000000000",
                UnitName = "示例 A",
                Period = "2022-07",
                Deadline = isFull ? deadline : null,
                IsDigest = isDigest,
                Missing = [.. Enumerable.Range(0, isFull ? 3 : 1).Select(_ => new NoticedMissing("SAMPLE", "示例 B", 2))],
                Link = isFull ? "https://xilin.example/enter" : null,
            },
            isFull, deadline.AddDays(days));
    }
}
