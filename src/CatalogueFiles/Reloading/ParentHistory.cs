using System.Globalization;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>
/// The parents of units at the time when figures were stored. A unit may move from a month without figures on. Another parent for months
/// with figures would move them from one published total to another.
/// </summary>
internal static class ParentHistory
{
    // There is one fact per span, named after its first month. Its value is the parent and, after a slash, the last month.
    private const string ColumnPrefix = "parent@";
    private const char Until = '/';
    private static readonly string Units = UnitRows.Shape.File;

    public static bool IsParent(RecordedFact fact) => fact.Column.StartsWith(ColumnPrefix, StringComparison.Ordinal);

    public static IEnumerable<RecordedFact> FactsOf(Unit unit) => unit.Spans
        .Where(span => span.Parent is not null)
        .Select(span =>
            new RecordedFact(Units, unit.Code.Value, $"{ColumnPrefix}{span.From}",
                $"{span.Parent}{(span.To is { } to ? $"{Until}{to}" : "")}"));

    /// <summary>The units that had another parent in a month with figures of their own or of a unit below.</summary>
    /// <param name="recorded">The facts in force when the figures were stored.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="now">The catalogue.</param>
    public static IEnumerable<CatalogueFault> Check(IReadOnlyCollection<RecordedFact> recorded, RecordedFigures figures, Catalogue now)
    {
        var before = recorded.Where(fact => fact.File == Units && IsParent(fact)).ToLookup(fact => fact.Code, Read);
        var edited = before.Where(unit => !unit.ToHashSet().SetEquals(SpansOf(now, unit.Key)))
            .Select(unit => unit.Key).ToHashSet(StringComparer.Ordinal);
        if (edited.Count == 0)
        {
            return [];
        }

        var moved = new SortedDictionary<string, SortedSet<Period>>(StringComparer.Ordinal);
        foreach (var (unit, month) in figures.Months())
        {
            // The loop follows the recorded parents upwards. The number of steps is limited, because facts that were edited by hand may
            // contain a cycle.
            var (at, steps) = (unit, 0);
            while (at is not null && steps++ < Enum.GetValues<UnitLevel>().Length)
            {
                var parent = ParentIn(before[at], month);
                if (edited.Contains(at) && parent is not null && parent != ParentIn(SpansOf(now, at), month))
                {
                    (moved.TryGetValue(at, out var months) ? months : moved[at] = []).Add(month);
                }

                at = parent;
            }
        }

        return moved.Select(unit => Fault(unit.Key, unit.Value, before[unit.Key], now));
    }

    private static CatalogueFault Fault(string code, SortedSet<Period> months, IEnumerable<ParentSpan> before, Catalogue now)
    {
        var (first, last) = (months.Min, months.Max);
        var (was, @is) = (ParentIn(before, first)!, ParentIn(SpansOf(now, code), first));
        return new(Units, null, "parent",
            new($"单位 {code} 在{first.NameZh}至{last.NameZh}的上级由 {was} 改为 {@is ?? "空"}，而其中 {months.Count} 个月已有数据，已发布的汇总会随之改变",
                $"the parent of unit {code} was changed from {was} to {@is ?? "nothing"} for {first} to {last}, of which {months.Count} "
                + "months have figures: published totals would change"),
            new("请恢复这些月份；隶属关系变更的，自没有数据的月份起另写一行（valid_from）",
                "put these months back; for a move write another row from a month without figures on (valid_from)"))
        { Code = code };
    }

    private static IEnumerable<ParentSpan> SpansOf(Catalogue catalogue, string unit) =>
        catalogue.Units.TryFind(unit, out var found) ? FactsOf(found).Select(Read) : [];

    private static string? ParentIn(IEnumerable<ParentSpan> spans, Period month) =>
        spans.FirstOrDefault(span => month >= span.From && (span.To is null || month <= span.To))?.Parent;

    private static ParentSpan Read(RecordedFact fact)
    {
        var parts = fact.Value.Split(Until);
        return new(Month(fact.Column[ColumnPrefix.Length..]), parts.Length > 1 ? Month(parts[1]) : null, parts[0]);
    }

    private static Period Month(string text) => Period.TryParse(text, out var month)
        ? month
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"recorded_fact holds {text}, which is no month."));

    private sealed record ParentSpan(Period From, Period? To, string Parent);
}
