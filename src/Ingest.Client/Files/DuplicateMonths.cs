using System.Text.Json.Nodes;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Client.Files;

/// <summary>Finds a month that one unit submits twice at once. Without revisions it is unknown which of the two applies.</summary>
internal static class DuplicateMonths
{
    private const int MaxListed = 3;
    private static readonly string[] FigureFields = ["value", "yearToDate", "lastYear", "numerator", "denominator", "date"];

    /// <summary>A finding for every such unit and month, which names all positions, unless each has a revision of its own.</summary>
    public static IEnumerable<LocatedFinding> Find(IEnumerable<SubmissionDraft> drafts) => drafts
        .Where(draft => draft.Unit.Length > 0 && draft.Period.Length > 0)
        .GroupBy(draft => (draft.Unit, draft.Period))
        .Select(same => same.ToList())
        .Where(same => same.Count > 1 && !HaveDistinctRevisions(same))
        .Select(same => new LocatedFinding(same[0].Location, FileFindings.SameMonthTwice(
            $"{same[0].Unit} {same[0].Period}",
            (string.Join('、', same.Skip(1).Select(other => other.Location.Description.Zh)),
                string.Join(", ", same.Skip(1).Select(other => other.Location.Description.En))),
            same.Skip(1).Select(other => Differences(same[0], other)).FirstOrDefault(differs => differs.Zh.Length > 0, (Zh: "", En: "")))));

    private static bool HaveDistinctRevisions(List<SubmissionDraft> same)
    {
        var revisions =
            same.Select(draft => draft.Body["revision"] is JsonValue value && value.TryGetValue<int>(out var revision) ? revision : 0)
            .ToList();
        return !revisions.Contains(0) && revisions.Distinct().Count() == same.Count;
    }

    private static (string Zh, string En) Differences(SubmissionDraft one, SubmissionDraft other)
    {
        var differing =
            ValuesOf(one)
            .Join(ValuesOf(other), value => value.Key, value => value.Key,
                (first, second) => (Indicator: first.Key, First: first.Value, Second: second.Value))
            .Where(pair => Figures(pair.First) != Figures(pair.Second)).Take(MaxListed + 1).ToList();
        var shown = differing.Take(MaxListed)
            .Select(pair =>
                (pair.Indicator, First: RowOf(one, pair.Indicator), FirstFigures: Figures(pair.First), Second: RowOf(other, pair.Indicator),
                    SecondFigures: Figures(pair.Second))).ToList();
        var more = differing.Count > MaxListed ? "…" : "";
        return shown.Count == 0 ? ("", "") : (
            "；数不同：" + string.Join('，',
                shown.Select(pair => $"{pair.Indicator} {pair.First.Zh}{pair.FirstFigures} 和 {pair.Second.Zh}{pair.SecondFigures}")) + more,
            "; they differ: "
                + string.Join(", ",
                    shown.Select(pair => $"{pair.Indicator} {pair.First.En}{pair.FirstFigures} and {pair.Second.En}{pair.SecondFigures}"))
                    + more);
    }

    private static IEnumerable<KeyValuePair<string, JsonObject>> ValuesOf(SubmissionDraft draft) =>
        (draft.Body["values"] as JsonArray ?? []).OfType<JsonObject>()
        .Where(value => value["indicator"] is JsonValue name && name.TryGetValue<string>(out _))
        .DistinctBy(value => value["indicator"]!.GetValue<string>())
        .Select(value => KeyValuePair.Create(value["indicator"]!.GetValue<string>(), value));

    private static string Figures(JsonObject value) => string.Join('/', FigureFields
        .Where(value.ContainsKey).Select(field => value[field]?.ToJsonString() ?? "null"));

    private static (string Zh, string En) RowOf(SubmissionDraft draft, string indicator) =>
        draft.IndicatorLocations.TryGetValue(indicator, out var place) && place.Row is { } row ? ($"第 {row} 行 ", $"row {row}: ") : ("", "");
}
