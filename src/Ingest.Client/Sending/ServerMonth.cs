using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using static System.FormattableString;

namespace XilinIngest.Client.Sending;

/// <summary>The effective figures of a unit's month according to the service, whoever submitted them.</summary>
internal sealed class ServerMonth(UnitForm form)
{
    private static readonly string[] Fields =
        [FigureNames.Value, FigureNames.YearToDate, FigureNames.LastYear, FigureNames.Numerator, FigureNames.Denominator, FigureNames.Date];

    public int NextRevision => form.NextRevision;

    /// <summary>Whether all figures of a submission are effective.</summary>
    public bool Matches(JsonObject submission)
    {
        var values = (submission["values"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return values.Count > 0 && values.TrueForAll(MatchesValue);
    }

    /// <summary>The ledger rows of the effective figures of the indicators that a submission names.</summary>
    public IReadOnlyList<long> RowsOf(JsonObject submission) =>
        [.. Values(submission).Select(value => EffectiveFigures(value)?.Sequence).OfType<long>().Distinct().Order()];

    /// <summary>The effective figures that differ from a submission, such as <c>ENTERPRISE_VISITS 721（第 8 号）</c>.</summary>
    public IReadOnlyList<(string Zh, string En)> Differences(
        JsonObject submission) => [.. Values(submission).Where(value => !MatchesValue(value)).Select(value =>
    {
        var indicator = (value["indicator"] as JsonValue)?.ToString() ?? "";
        return EffectiveFigures(value) is { } now
            ? ($"{indicator} {Format(now, "累计")}（台账第 {now.Sequence} 号）",
                $"{indicator} {Format(now, "year-to-date")} (ledger row {now.Sequence})")
            : ($"{indicator} 无", $"{indicator} none");
    })];

    private bool MatchesValue(JsonObject value)
    {
        var now = EffectiveFigures(value);
        var named = Fields.Where(field => value[field] is not null).ToList();
        var withdrawn = (value["withdraw"] as JsonArray ?? []).Select(field => field?.ToString()).ToList();
        if (withdrawn.Contains(FigureNames.Value) || (named.Count == 0 && withdrawn.Count == 0 && value.ContainsKey(FigureNames.Value)))
        {
            return now is null;
        }

        return now is not null && named.Count + withdrawn.Count > 0
            && named.TrueForAll(field => (field == FigureNames.Value && value[FigureNames.Numerator] is not null)
                || (field == FigureNames.Date ? IsDate(value[field], now.Date) : Equals(value[field], Figure(now, field))))
            && withdrawn.TrueForAll(field => Figure(now, field) is null);
    }

    private FormFigures? EffectiveFigures(JsonObject value) =>
        form.Entries.FirstOrDefault(entry => entry.Indicator == (value["indicator"] as JsonValue)?.ToString())?.Now;

    private static IEnumerable<JsonObject> Values(JsonObject submission) => (submission["values"] as JsonArray ?? []).OfType<JsonObject>();

    private static bool Equals(JsonNode? given, decimal? stands) =>
        given is JsonValue value && stands is { } figure
        && decimal.TryParse(value.ToJsonString(), System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture, out var number) && number == figure;

    private static bool IsDate(JsonNode? given, DateOnly? stands) =>
        given is JsonValue value && value.TryGetValue<string>(out var text) && stands is { } date
        && text == Submissions.Input.DateText.Format(date);

    private static decimal? Figure(FormFigures now, string? field) => field switch
    {
        FigureNames.Value => now.Value,
        FigureNames.YearToDate => now.YearToDate,
        FigureNames.LastYear => now.LastYear,
        FigureNames.Numerator => now.Numerator,
        FigureNames.Denominator => now.Denominator,
        _ => null,
    };

    // An opening position has a year-to-date without the month's value.
    private static string Format(FormFigures now, string yearToDate) => now switch
    {
        { Numerator: { } numerator } => Invariant($"{numerator}/{now.Denominator}"),
        { Value: null, YearToDate: { } opening } => Invariant($"{yearToDate} {opening}"),
        _ => Invariant($"{now.Value}"),
    };
}
