using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Releases;

/// <summary>Compares the results of a month at two times, unit by unit, and finds the ledger rows that changed them.</summary>
internal static class ReleaseComparer
{
    private const int MaxChanges = 500;
    private const int MaxCauses = 20;

    /// <param name="partitions">The stores of the versions between the two.</param>
    /// <param name="top">The unit: it and all below it with totals are compared.</param>
    /// <param name="period">The month.</param>
    /// <param name="before">The earlier results.</param>
    /// <param name="after">The later results.</param>
    public static (int Count, IReadOnlyList<ReleaseChange> Changes) Compare(
        ResultPartitions partitions, Unit top, Period period, PublishedSnapshot before, PublishedSnapshot after)
    {
        var (count, changes) = (0, new List<ReleaseChange>());
        foreach (var unit in after.Nodes.Nodes.Where(
            unit => unit.Level <= UnitLevel.Village && IsBelow(after.Catalogue, unit, top, period)))
        {
            var differing = after.Catalogue.Indicators
                .Select(indicator => new Difference(
                    indicator, before.TotalOf(unit, indicator, period), after.TotalOf(unit, indicator, period),
                    ReportRowBuilder.Build(before, unit, indicator, period), ReportRowBuilder.Build(after, unit, indicator, period)))
                .Where(each => each.IsAny).ToList();
            count += differing.Count;
            if (differing.Count > 0 && changes.Count < MaxChanges)
            {
                var causes = CausesOf(partitions, unit, period, before, after);
                changes.AddRange(differing.Take(MaxChanges - changes.Count).Select(each => each.ToChange(unit, causes)));
            }
        }

        return (count, changes);
    }

    private static bool IsBelow(Catalogue catalogue, Unit unit, Unit top, Period period)
    {
        for (var at = unit; at is not null; at = catalogue.Units.ParentOf(at, period))
        {
            if (at == top)
            {
                return true;
            }
        }

        return false;
    }

    // The ledger rows behind each version that a total has had since, by indicator, newest first.
    private static ILookup<string, long> CausesOf(
        ResultPartitions partitions, Unit unit, Period period, PublishedSnapshot before, PublishedSnapshot after)
    {
        var (earlier, later) = (NewestPublication(before, unit, period), NewestPublication(after, unit, period));
        return (later > earlier ? partitions.HomeOf(after.Catalogue, unit).Store.ReadTotalsSince(later, earlier) : [])
            .SelectMany(version => PublicationReader.ParseTotal(version).Cause.Reverse().Select(row => (version.Indicator, row)))
            .Distinct().ToLookup(cause => cause.Indicator, cause => cause.row);
    }

    private static long NewestPublication(PublishedSnapshot published, Unit unit, Period period) =>
        published.Catalogue.Indicators.Max(indicator => published.PublishedTotalOf(unit, indicator, period)?.Publication) ?? 0;

    private sealed record Difference(Indicator Of, IndicatorTotal? Before, IndicatorTotal? After, ReportRow Earlier, ReportRow Later)
    {
        // The state is left out: a month that is reopened would differ in every row.
        public bool IsAny => Before?.YearToDate != After?.YearToDate || Before?.Month != After?.Month || Before?.Growth != After?.Growth
            || Before?.GrowthWords != After?.GrowthWords || Before?.GrowthAmount != After?.GrowthAmount
            || !(Before?.Stages ?? []).SequenceEqual(After?.Stages ?? []) || Before?.Since != After?.Since
            || Before?.Reported != After?.Reported || Earlier.Rank != Later.Rank || Earlier.Ranked != Later.Ranked;

        public ReleaseChange ToChange(Unit unit, ILookup<string, long> causes) => new(
            unit.Code.Value, unit.NameZh, unit.NameEn, Earlier, Later,
            After?.YearToDate is { } now && Before?.YearToDate is { } then ? TotalBuilder.Normalize(now - then) : null, Of.CanonicalUnit,
            [.. causes[Of.Code.Value].Take(MaxCauses)]);
    }
}
