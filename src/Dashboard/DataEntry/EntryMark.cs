using XilinIngest.Contracts;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>The state of a row of the grid at a glance.</summary>
/// <param name="Key">error, question, withdrawn, changed, reported, missing or none.</param>
/// <param name="Sign">A sign that differs by its shape, not by its colour alone.</param>
/// <param name="Text">The state in words.</param>
internal sealed record EntryMark(string Key, string Sign, string Text)
{
    public static EntryMark Of(IndicatorFields line, IReadOnlyList<Finding> found, Lang lang) => line switch
    {
        _ when line.Faults.Any() || found.Any(finding => finding.Severity == FindingSeverity.Error) =>
            new("error", "✗", lang.T("错误", "error")),
        _ when found.Any(finding => finding.Severity == FindingSeverity.Question) => new("question", "?", lang.T("待说明", "question")),
        { IsWithdrawn: true } => new("withdrawn", "−", lang.T("撤回", "withdrawn")),
        { IsChanged: true, Entry.Now: not null } => new("changed", "✓", lang.T("更正", "changed")),
        { IsChanged: true } => new("changed", "✓", lang.T("已填", "filled in")),
        { Entry.Now: not null } => new("reported", "✓", lang.T("已报", "reported")),
        { Entry.IsDue: true } => new("missing", "○", lang.T("未填", "missing")),
        _ => new("none", "", ""),
    };
}
