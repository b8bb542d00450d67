using Fluid.Values;
using XilinIngest.Contracts;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Tasks;

namespace XilinIngest.Notifier.Templates;

/// <summary>What a template may write of a notice (docs/notices.md).</summary>
/// <param name="English">The language.</param>
/// <param name="Reason"><c>changed</c> or <c>repeated</c>.</param>
/// <param name="Route">The route.</param>
/// <param name="Group">The group; empty: all of the route.</param>
/// <param name="About">The unit or the indicator that all alerts have in common; empty: there is none.</param>
/// <param name="Alerts">The alerts.</param>
internal sealed record TemplateData(
    bool English, string Reason, string Route, string Group, string About, IReadOnlyList<NoticedAlert> Alerts) : TemplateInput(English)
{
    private static readonly string[] Reasons = ["changed", "repeated"];
    private static readonly string[] Subjects = ["", "示例 A"];
    private static readonly string[] Statuses = ["raised", "worse", "better", "cleared", "standing"];

    /// <summary>Notices of every kind, with which a template is tried.</summary>
    public static IEnumerable<TemplateData> Samples =>
        from reason in Reasons
        from about in Subjects
        from alerts in new IReadOnlyList<NoticedAlert>[] { [Sample("raised")], [.. Statuses.Select(Sample)] }
        select new TemplateData(English: false, reason, "sample", "", about, alerts);

    public override IEnumerable<(string Name, FluidValue Value)> ToValues() =>
    [
        ("reason", new StringValue(Reason)), ("count", NumberValue.Create(Alerts.Count)), ("about", new StringValue(About)),
        ("route", new StringValue(Route)), ("group", new StringValue(Group)),
        ("alerts", new ArrayValue([.. Alerts.Select(alert => new DictionaryValue(FieldsOf(alert)))])),
    ];

    private static NoticedAlert Sample(string status) => new()
    {
        Status = status,
        Unit = "000000000000",
        UnitName = "示例 A",
        Indicator = "SAMPLE",
        IndicatorName = "示例 B",
        Year = 2022,
        Period = "2022-08",
        Colour = status == "cleared" ? TargetColour.Green : TargetColour.Red,
        PreviousColour = status == "raised" ? TargetColour.Green : TargetColour.Amber,
        Since = "2022-06",
        Value = -3.2m,
        Target = 8,
        Gap = -11.2m,
        ReasonText = "示例。",
        Versions = [1],
        PublishedAt = DateTimeOffset.UnixEpoch,
        Task = status == "raised" ? null : new NoticedTask { Note = "示例", Due = new DateOnly(2022, 9, 1) },
    };

    private TemplateFields FieldsOf(NoticedAlert alert) => new(new("预警", "an alert"), new(StringComparer.Ordinal)
    {
        ["status"] = new StringValue(alert.Status),
        ["colour"] = new StringValue(WordOf(alert.Colour)),
        ["previous"] = new StringValue(WordOf(alert.PreviousColour)),
        ["unit"] = new StringValue(alert.Unit),
        ["unit_name"] = new StringValue(alert.UnitName),
        ["indicator"] = new StringValue(alert.Indicator),
        ["indicator_name"] = new StringValue(alert.IndicatorName),
        ["year"] = NumberValue.Create(alert.Year),
        ["period"] = new StringValue(alert.Period),
        ["since"] = new StringValue(alert.Since),
        ["value"] = NumberOrEmpty(alert.Value),
        ["target"] = NumberOrEmpty(alert.Target),
        ["gap"] = NumberOrEmpty(alert.Gap),
        ["text"] = new StringValue(alert.ReasonText),
        ["task"] = new StringValue(TaskText.After(alert.Task, English)),
    });

    private static FluidValue NumberOrEmpty(decimal? number) =>
        number is { } value ? NumberValue.Create(value) : new StringValue("");

    private string WordOf(TargetColour colour) =>
        English ? ColourText.En(ColourText.Of(colour)) : ColourText.Zh(ColourText.Of(colour));
}
