using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Lineage;

internal static class LineageQuery
{
    internal const int MaxReturned = 100;

    public static FigureLineage ForFigure(
        Cube.IndicatorCube cube, Unit unit, Indicator indicator, Period period, int skip, int take, Caller caller, DateTimeOffset now)
    {
        var parts = Parts(cube, unit, indicator, period).ToList();
        var total = cube.Nodes.NodeOf(unit) is >= 0 and var node
            ? cube.TotalOf(node, indicator, period, now)?.Ytd : OwnYearToDate(cube, unit, indicator, period);
        return new FigureLineage(unit.Code.Value, indicator.Code.Value, period.ToString(), Totals.TotalBuilder.Normalize(total),
            parts.Count, [.. parts.Skip(skip).Take(take)])
        {
            Returned = [.. Reporters(cube, unit, indicator, period)
                .SelectMany(reporter => ReturnedReports.In(cube, reporter, indicator, period))
                .Take(MaxReturned).Select(review => ReturnedReports.Describe(review, cube.Catalogue, caller))],
        };
    }

    private static IEnumerable<LineagePart> Parts(Cube.IndicatorCube cube, Unit unit, Indicator indicator, Period period)
    {
        foreach (var reporter in Reporters(cube, unit, indicator, period))
        {
            var (year, last) = (new Figures[12], new Figures[12]);
            cube.FiguresOf(reporter, period.Year)?.CopyTo(indicator.Order, year);
            cube.FiguresOf(reporter, period.Year - 1)?.CopyTo(indicator.Order, last);
            var months = new ReportedMonths(indicator, reporter, period, year, last);
            var (current, @base) = (indicator.Kind.SourceMonthsOf(months), indicator.Kind.BaseMonthsOf(months));
            foreach (var part in current.SelectMany(month => PartsOf(cube, reporter, indicator, month, LineageRole.Current))
                .Concat(@base.SelectMany(month => PartsOf(cube, reporter, indicator, month, LineageRole.Base))))
            {
                yield return part;
            }
        }
    }

    // Each submission with the figures that it set. A revision keeps the source of the figures that it does not name.
    private static IEnumerable<LineagePart> PartsOf(
        Cube.IndicatorCube cube, Unit reporter, Indicator indicator, Period month, LineageRole role)
    {
        if (cube.FiguresOf(reporter, month.Year) is not { } reported)
        {
            yield break;
        }

        var effective = reported.FiguresOf(indicator.Order, month.Month);
        foreach (var (source, fields) in reported.ProvenanceOf(indicator.Order, month.Month).All)
        {
            var figures = default(Figures).With(effective, fields);
            if (figures.PresentFields != FigureFields.None)
            {
                yield return new LineagePart(
                    reporter.Code.Value, reporter.NameZh, month.ToString(), role, figures.Value, figures.YearToDate, figures.LastYear,
                    figures.Numerator, figures.Denominator, source.Sequence, source.Key.SubmissionId, source.Key.Revision)
                {
                    Date = figures.Date,
                    Partition = cube.Scope?.Own.Path,
                    IsBackfilled = cube.Catalogue.WindowOf(month) is { IsHistory: true },
                };
            }
        }
    }

    private static IEnumerable<Unit> Reporters(Cube.IndicatorCube cube, Unit unit, Indicator indicator, Period period) =>
        cube.Catalogue.Units.All.Where(reporter => IsIn(cube, reporter, unit, indicator, period));

    private static bool IsIn(Cube.IndicatorCube cube, Unit reporter, Unit unit, Indicator indicator, Period period) =>
        reporter == unit
        || (indicator.Kind.IsSummedByParents && UnitTree.EffectiveSpanIn(reporter, period) is not null
            && cube.Catalogue.Units.AncestorsOf(reporter, period).Contains(unit));

    private static decimal? OwnYearToDate(Cube.IndicatorCube cube, Unit unit, Indicator indicator, Period period)
    {
        var (year, last) = (new Figures[12], new Figures[12]);
        cube.FiguresOf(unit, period.Year)?.CopyTo(indicator.Order, year);
        cube.FiguresOf(unit, period.Year - 1)?.CopyTo(indicator.Order, last);
        return Contribution.YearToDate(indicator, unit, period, year, last).Ytd;
    }
}
