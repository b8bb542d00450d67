using System.Globalization;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>
/// Protects entries of the catalogue that have figures. Such an entry may be ended, but not removed or redefined, because submissions and
/// published results refer to it. The check runs at start and at every reload.
/// </summary>
public static class HistoryGuard
{
    private const string ExemptFrom = "january_exempt_from";
    private const string ExemptTo = "january_exempt_to";
    private static readonly string Indicators = IndicatorRows.Shape.File;
    private static readonly string Units = UnitRows.Shape.File;
    private static readonly string Partitions = PartitionRows.Shape.File;

    /// <summary>
    /// All facts that must not change once there are figures. Names, targets, rules, the calendar, and parents for months without figures
    /// may change.
    /// </summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="units">The units whose facts are of interest; null: all.</param>
    public static IEnumerable<RecordedFact> FactsOf(Catalogue catalogue, IEnumerable<Unit>? units = null)
    {
        foreach (var indicator in catalogue.Indicators)
        {
            var code = indicator.Code.Value;
            yield return new(Indicators, code, "unit", indicator.CanonicalUnit);
            yield return new(Indicators, code, "kind", indicator.Kind.CatalogueWord);
            yield return new(Indicators, code, "reported_by",
                CatalogueVocabulary.WordFor(CatalogueVocabulary.Levels, indicator.ReportedBy));
            yield return new(Indicators, code, "register", indicator.Register ?? "");
            if (indicator.Stages.Count > 0)
            {
                yield return new(Indicators, code, "stages_zh", $"{indicator.Stages.Count}");
            }

            yield return new(Indicators, code, ExemptFrom, Year(indicator.JanuaryExempt?.FromYear));
            yield return new(Indicators, code, ExemptTo, Year(indicator.JanuaryExempt?.ToYear));
        }

        foreach (var unit in units ?? catalogue.Units.All)
        {
            if (unit.Kind != UnitKind.Enterprise)
            {
                // The code already determines whether a unit is an enterprise.
                yield return new(Units, unit.Code.Value, "kind", CatalogueVocabulary.WordFor(CatalogueVocabulary.UnitKinds, unit.Kind));
            }

            yield return new(Units, unit.Code.Value, "reports_whole", unit.ReportsWhole ? "yes" : "no");
            foreach (var parent in ParentHistory.FactsOf(unit))
            {
                yield return parent;
            }
        }

        foreach (var partition in catalogue.Partitions.AreSeveral ? catalogue.Partitions.All : [])
        {
            yield return new(Partitions, partition.Path, "path", "");
        }
    }

    /// <summary>The faults of a catalogue against the figures that were recorded before it.</summary>
    /// <param name="recorded">The facts in force when the figures were stored. Other facts are taken from the catalogue.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="now">The catalogue.</param>
    /// <param name="units">The units whose facts may be recorded; null: all.</param>
    public static IReadOnlyList<CatalogueFault> Check(
        IReadOnlyCollection<RecordedFact> recorded, RecordedFigures figures, Catalogue now, IEnumerable<Unit>? units = null)
    {
        var facts = FactsOf(now, units).ToDictionary(KeyOf);
        var changed = recorded.Where(before => !facts.TryGetValue(KeyOf(before), out var same) || same.Value != before.Value)
            .ToLookup(before => (before.File, before.Code));
        return
        [
            .. changed.Where(row => row.Key.File == Indicators).SelectMany(row => OfIndicator(row.Key.Code, [.. row], figures, now)),
            .. changed.Where(row => row.Key.File == Partitions && figures.Units.Count > 0).Select(row => RemovedPartition(row.Key.Code)),
            .. figures.Units.Where(unit => !Has(now, unit)).Select(RemovedUnit),
            .. ParentHistory.Check(recorded, figures, now),
            .. changed.Where(row => row.Key.File == Units && figures.Units.Contains(row.Key.Code) && Has(now, row.Key.Code))
                .SelectMany(row => row.Where(before => !ParentHistory.IsParent(before))
                    .Select(before => ChangedUnit(before, ValueOf(facts, before)))),
        ];

        IEnumerable<CatalogueFault> OfIndicator(string code, List<RecordedFact> before, RecordedFigures figures, Catalogue now)
        {
            var years = figures.YearsOf(code);
            if (years.Count == 0)
            {
                // An entry without figures may change, for example to correct it before its first report.
                return [];
            }

            if (!now.TryFind(code, out var indicator))
            {
                return [RemovedIndicator(code)];
            }

            var january = before.Where(IsJanuary).ToList();
            return before.Where(fact => !IsJanuary(fact)).Select(fact => ChangedIndicator(fact, ValueOf(facts, fact)))
                .Concat(january.Count == 0 ? [] : JanuaryFaults(code, january, Exemption(recorded, code), indicator.JanuaryExempt, years));
        }
    }

    /// <summary>Checks against all facts of a catalogue, for the case that the existing figures are unknown.</summary>
    internal static IReadOnlyList<CatalogueFault> Check(Catalogue before, Catalogue now, DateTimeOffset at) => Check(
        [.. FactsOf(before)],
        new RecordedFigures(before.Units.All.Select(unit => unit.Code.Value).ToHashSet(),
            _ => [.. before.Calendar.Select(window => window.Period.Year).Distinct()],
            () => before.Calendar.Where(window => window.Opens <= at)
            .SelectMany(window => before.Units.All.Where(unit => unit.SpanIn(window.Period) is not null)
                .Select(unit => (unit.Code.Value, window.Period)))),
        now);

    // The exemption of a year without figures may change. A year with figures was reported with or without January.
    private static IEnumerable<CatalogueFault> JanuaryFaults(
        string code, List<RecordedFact> before, JanuaryExemption? was, JanuaryExemption? now, IReadOnlyCollection<int> years)
    {
        var moved = years.Where(year => (was?.Covers(year) ?? false) != (now?.Covers(year) ?? false)).Order().ToList();
        if (moved.Count == 0)
        {
            return [];
        }

        var (zh, en) = (string.Join('、', moved), string.Join(", ", moved));
        return
        [
            new(Indicators, null, before[0].Column,
                new($"指标 {code} 在 {zh} 年是否1月免报被改动，而这些年已有数据，按 {Describe(was).Zh} 记录",
                    $"whether indicator {code} is exempt in January was changed for {en}, of which there are figures, recorded "
                    + $"with {Describe(was).En}"),
                new("请恢复这些年份，没有数据的年份可以改动；另立新代码作为新指标",
                    "put it back for these years, years without figures may change; and give what is new a code of its own"))
            { Code = code },
        ];
    }

    private static CatalogueFault ChangedIndicator(RecordedFact before, string now) => Changed(
        before, now, "指标", "indicator", new("请恢复原值；另立新代码作为新指标", "put it back, and give what is new a code of its own"));

    private static CatalogueFault ChangedUnit(RecordedFact before, string now) => Changed(
        before, now, "单位", "unit",
        new("请恢复原值；以 valid_to 结束它，另立新单位", "put it back, end the unit with valid_to, and give what is new a code of its own"));

    private static CatalogueFault Changed(RecordedFact before, string now, string zh, string en, Bilingual remedy) => new(
        before.File, null, before.Column,
        new($"{zh} {before.Code} 由 {TextOrNothing(before.Value, "空")} 改为 {TextOrNothing(now, "空")}，"
            + $"而历史数据按 {TextOrNothing(before.Value, "空")} 记录",
            $"{en} {before.Code} was changed from {TextOrNothing(before.Value, "nothing")} to {TextOrNothing(now, "nothing")}, but "
            + $"history is recorded as {TextOrNothing(before.Value, "nothing")}"),
        remedy)
    { Code = before.Code };

    private static CatalogueFault RemovedIndicator(string code) => new(
        Indicators, null, "code",
        new($"指标 {code} 被删除，而历史数据引用它", $"indicator {code} was removed, but history refers to it"),
        new("请恢复该行", "put its row back"));

    private static CatalogueFault RemovedUnit(string code) => new(
        Units, null, "code",
        new($"单位 {code} 被删除，而历史数据引用它", $"unit {code} was removed, but history refers to it"),
        new("请恢复该行，并以 valid_to 结束它", "put its row back and set valid_to instead"));

    private static CatalogueFault RemovedPartition(string path) => new(
        Partitions, null, "path",
        new($"分区 {path} 被删除，而它有自己的台账", $"partition {path} was removed, and it has a ledger of its own"),
        new("请恢复该行；要另行划分的，停止各服务后运行 xilin-admin partition",
            "put its row back; to split the tree in another way, stop the services and run xilin-admin partition"));

    private static (string, string, string) KeyOf(RecordedFact fact) => (fact.File, fact.Code, fact.Column);

    // A fact is missing only if an enterprise's code belonged to another kind, which no reader accepts.
    private static string ValueOf(Dictionary<(string, string, string), RecordedFact> facts, RecordedFact before) =>
        facts.GetValueOrDefault(KeyOf(before))?.Value ?? "";

    private static bool Has(Catalogue catalogue, string unit) =>
        catalogue.Units.TryFind(unit, out _);

    private static bool IsJanuary(RecordedFact fact) => fact.Column is ExemptFrom or ExemptTo;

    private static JanuaryExemption? Exemption(IEnumerable<RecordedFact> recorded, string code)
    {
        var cells = recorded.Where(fact => fact.File == Indicators && fact.Code == code && fact.Value.Length > 0)
            .ToDictionary(fact => fact.Column, fact => fact.Value);
        return cells.TryGetValue(ExemptFrom, out var from) && cells.TryGetValue(ExemptTo, out var to)
            ? new(int.Parse(from, CultureInfo.InvariantCulture), int.Parse(to, CultureInfo.InvariantCulture))
            : null;
    }

    private static Bilingual Describe(JanuaryExemption? exemption) => exemption is { } years
        ? new($"{years.FromYear} 至 {years.ToYear} 年免报", $"{years.FromYear} to {years.ToYear} exempt")
        : new("1月须报", "January due");

    private static string TextOrNothing(string value, string nothing) => value.Length == 0 ? nothing : value;

    private static string Year(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? "";
}
