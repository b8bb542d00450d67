using System.Text.Json.Nodes;
using XilinIngest.Client.Catalogues;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Reading;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Client.Checking;

/// <summary>
/// Runs the service's own reading and form checks before anything is sent. The service alone checks what depends on its clock, the current
/// calendar and the unit's history.
/// </summary>
internal static class OfflineChecks
{
    // These findings depend on the service's clock (F109 to F111, F204 to F207), and id, revision and time are assigned later.
    private static readonly string[] ServiceOnlyRules = ["F110", "F111", "F204", "F205", "F206", "F207"];

    // These findings need the catalogue's rules.
    private static readonly string[] CompleteCatalogueRules = ["F403"];

    // These findings need a catalogue.
    private static readonly string[] CatalogueRules = ["F202", "F302", "F303", "F309", "F310", "F315"];

    /// <param name="draft">The submission.</param>
    /// <param name="known">The available catalogue.</param>
    /// <param name="user">The sender over a message queue, whose right to the unit the service checks; null: it is not checked.</param>
    public static IReadOnlyList<LocatedFinding> Check(SubmissionDraft draft, ClientCatalogue? known, string? user = null)
    {
        var body = (JsonObject)draft.Body.DeepClone();
        body.TryAdd("submissionId", Guid.Empty.ToString("D").Replace('0', '1'));
        body.TryAdd("revision", 1);
        body.TryAdd("submittedAt", "2000-01-01T00:00:00+08:00");
        var catalogue = known?.Catalogue ?? PlaceholderCatalogue(body);
        var submission = SubmissionReader.Read(SubmissionBody.ToBytes(body), catalogue).All[0];
        FormChecks.Check(submission, catalogue, DateTimeOffset.UnixEpoch);
        if (user is not null && known is not null)
        {
            SenderIdentity.OfOffice(user).Authorize(submission, catalogue);
        }

        var unknown = UnknownIndicators(body, catalogue);
        return [.. submission.Findings.Where(finding => Applies(finding, known) && !IsFoundInFile(finding, draft))
            .Select(finding =>
                new LocatedFinding(
                    LocationOf(draft, finding.Rule == BuiltInFindings.UnknownIndicatorRule ? unknown.Dequeue() : finding.Indicator),
                    finding))];
    }

    private static bool IsFoundInFile(Finding finding, SubmissionDraft draft) => finding.Rule switch
    {
        "F201" => draft.HasBadUnit,
        "F203" => draft.HasBadPeriod,
        _ => false,
    };

    // A finding about an unknown indicator names no indicator. It belongs to the value at the same position among the unknown ones.
    private static Queue<string?> UnknownIndicators(JsonObject body, Catalogue catalogue) => new(
        (body["values"] as JsonArray ?? []).OfType<JsonObject>().Select(value => StringField(value, "indicator"))
            .Where(name => !catalogue.TryFind(name, out _)));

    private static bool Applies(Finding finding, ClientCatalogue? known) =>
        !ServiceOnlyRules.Contains(finding.Rule)
        && (known is { IsComplete: true } || !CompleteCatalogueRules.Contains(finding.Rule))
        && (known is not null || !CatalogueRules.Contains(finding.Rule));

    private static SourceLocation LocationOf(SubmissionDraft draft, string? indicator) =>
        indicator is not null && draft.IndicatorLocations.TryGetValue(indicator, out var row) ? row : draft.Location;

    // Without a catalogue: a placeholder with everything well-formed that the submission names, so that the other checks can run.
    private static Catalogue PlaceholderCatalogue(JsonObject body)
    {
        var indicators = new Dictionary<IndicatorCode, Indicator>();
        foreach (var value in (body["values"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (IndicatorCode.TryParse(StringField(value, "indicator"), out var code) && !indicators.ContainsKey(code))
            {
                indicators[code] = new Indicator
                {
                    Code = code,
                    NameZh = code.Value,
                    NameEn = code.Value,
                    CanonicalUnit = StringField(value, "unit") ?? "?",
                    Kind = IndicatorKinds.ThatAllows(FieldsIn(value)),
                    ReportedBy = UnitLevel.Enterprise,
                    Basis = GrowthBasis.None,
                    RankBy = RankBy.None,
                    Direction = Direction.HigherIsBetter,
                    MayBeNegative = true,
                    Printing = new Printing("", "", 1, 0, false, "", "", ""),
                    Chapter = "",
                    Section = "",
                    Order = indicators.Count,
                };
            }
        }

        List<Unit> units = UnitCode.TryParse(StringField(body, "unit"), out var unit)
            ? [new Unit
            {
                Code = unit,
                NameZh = unit.Value,
                NameEn = unit.Value,
                Kind = UnitKind.Enterprise,
                Spans = [new UnitSpan(new Period(1, 1), null, null, new HashSet<string>())],
                Index = 0,
            }]
            : [];
        return new Catalogue([.. indicators.Values], new UnitTree(units), [], [], [], []);
    }

    private static FigureFields FieldsIn(JsonObject value) =>
        (value.ContainsKey(FigureNames.Numerator) ? FigureFields.Numerator : FigureFields.None)
        | (value.ContainsKey(FigureNames.Denominator) ? FigureFields.Denominator : FigureFields.None)
        | (value.ContainsKey(FigureNames.Date) ? FigureFields.Date : FigureFields.None);

    private static string? StringField(JsonObject element, string name) =>
        element[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
