using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Lineage;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Partitions;

/// <summary>
/// Queries on cubes whose answer has a part in each partition below a unit. The unit's own partition answers; the others add what their
/// ledgers have.
/// </summary>
internal static class PartitionedQueries
{
    private const int MaxNamed = 50;

    /// <summary>Who has reported a month; null: the catalogue does not know the unit.</summary>
    public static MonthCompleteness? Completeness(this ResultPartitions partitions, string unit, Period period) =>
        partitions.Merge(
            unit, period, (cube, found, now) => CompletenessQuery.ForMonth(cube, found, period, now),
            (catalogue, parts) => parts[0] with
            {
                Reported = parts.Sum(part => part.Reported),
                Expected = parts.Sum(part => part.Expected),
                Approved = parts.Sum(part => part.Approved),
                ToApprove = parts.Sum(part => part.ToApprove),
                Missing = InOrder(catalogue, parts.SelectMany(part => part.Missing), missing => missing.Unit),
                Units = InOrder(catalogue, parts.SelectMany(part => part.Units), code => code),
                Returned = InOrder(catalogue, parts.SelectMany(part => part.Returned), code => code),
            });

    /// <summary>The reports of a month that are reviewed; null: the catalogue does not know the unit.</summary>
    public static MonthReviews? Reviews(this ResultPartitions partitions, string unit, Period period, Caller caller) =>
        partitions.Merge(
            unit, period, (cube, found, now) => ReviewsQuery.ForMonth(cube, found, period, caller, now),
            (catalogue, parts) => parts[0] with
            {
                Approved = parts.Sum(part => part.Approved),
                ToApprove = parts.Sum(part => part.ToApprove),
                Reports = InOrder(catalogue, parts.SelectMany(part => part.Reports), report => report.Unit),
            });

    /// <summary>The submissions that a number is made of, each with the partition whose ledger has it.</summary>
    public static FigureLineage? Lineage(
        this ResultPartitions partitions, string unit, string indicator, Period period, (int Skip, int Take) page, Caller caller)
    {
        // Of several partitions all parts are merged first, and then the page is taken.
        var (skip, take) = partitions.Below(unit, period).Count > 1 ? (0, int.MaxValue) : page;
        return partitions.Merge(
            unit, period,
            (cube, found, now) => LineageQuery.ForFigure(
                cube, found, cube.Catalogue.Indicators.First(each => each.Code.Value == indicator), period, skip, take, caller,
                now),
            (catalogue, parts) => parts[0] with
            {
                Count = parts.Sum(part => part.Count),
                Parts = [.. InOrder(catalogue, parts.SelectMany(part => part.Parts), part => part.Unit).Skip(page.Skip).Take(page.Take)],
                Returned = [.. InOrder(catalogue, parts.SelectMany(part => part.Returned), review => review.Unit)
                    .Take(LineageQuery.MaxReturned)],
            });
    }

    /// <summary>The months of the calendar with their states.</summary>
    public static IReadOnlyList<MonthStatus> Months(this ResultPartitions partitions, int? year, bool showsNames)
    {
        var top = partitions.Top;
        var months = partitions.All.OrderBy(each => each != top)
            .Select(each => each.Host.Read((cube, now) => (cube.Catalogue, List: MonthsQuery.List(cube, year, showsNames, now)))).ToList();
        return months is [var only] ? only.List
        : [
            .. months.SelectMany(each => each.List).GroupBy(month => month.Period).Select(parts => parts.First() with
            {
                IsFinal = parts.All(part => part.IsFinal),
                WaitsForCount = parts.Sum(part => part.WaitsForCount),
                WaitsFor = [.. InOrder(months[0].Catalogue, parts.SelectMany(part => part.WaitsFor), report => report.Unit).Take(MaxNamed)],
            }),
        ];
    }

    // The unit's home first.
    private static T? Merge<T>(
        this ResultPartitions partitions, string unit, Period period, Func<IndicatorCube, Unit, DateTimeOffset, T> ask,
        Func<Catalogue, IReadOnlyList<T>, T> merge)
        where T : class
    {
        if (partitions.Below(unit, period) is not { Count: > 0 } homes)
        {
            return null;
        }

        var (catalogue, parts) = ((Catalogue?)null, new List<T>());
        foreach (var home in homes)
        {
            home.Host.Read((cube, now) =>
            {
                catalogue ??= cube.Catalogue;
                if (cube.Catalogue.Units.TryFind(unit, out var found))
                {
                    parts.Add(ask(cube, found, now));
                }

                return true;
            });
        }

        return parts.Count == 0 ? null : homes.Count == 1 ? parts[0] : merge(catalogue!, parts);
    }

    private static List<T> InOrder<T>(Catalogue catalogue, IEnumerable<T> all, Func<T, string> unit) =>
        [.. all.OrderBy(each => catalogue.Units.TryFind(unit(each), out var found) ? found.Index : int.MaxValue)];
}
