using System.Text;
using System.Text.Json;
using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Lineage;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>All that a cube and its published model answer.</summary>
internal static class CubeAnswers
{
    public static void AssertSame(CubeHost expected, CubeHost actual)
    {
        Assert.Equal(expected.AppliedThrough, actual.AppliedThrough);
        AssertEqual(Of(expected.Model.Current), Of(actual.Model.Current));
        AssertEqual(expected.Read((cube, now) => Of(cube, now).ToList()), actual.Read((cube, now) => Of(cube, now).ToList()));
        expected.Read((one, _) => actual.Read((other, _) => AssertSameSums(one, other)));
    }

    private static IEnumerable<string> Of(PublishedSnapshot published) =>
        published.Totals.All.Select(total => $"total {total.Key} {(total.Value.Json is { } json ? Text(json) : Text(total.Value.Total))}")
            .Concat(published.Rankings.All.Select(ranking => $"ranking {ranking.Key} {Text(ranking.Value.Json)}"))
            .Concat(published.Alerts.Select(alert => $"alert {alert.Key} {alert.Value}"))
            .Concat(published.Horizons.Select(last => $"horizon {last}"))
            .Concat(published.Releases.All.Select(release => $"release {release}"))
            .Concat(
                from reported in published.ReportedYears
                from indicator in published.Catalogue.Indicators
                from month in Enumerable.Range(1, 12)
                let figures = reported.Value.FiguresOf(indicator.Order, month)
                where figures != default
                select $"reported {reported.Key} {indicator.Code} {month} {figures}")
            .Append($"through {published.Through} {string.Join(' ', published.ThroughOf)}");

    private static IEnumerable<string> Of(IndicatorCube cube, DateTimeOffset now)
    {
        var caller = Caller.LocalTrusted;
        foreach (var unit in cube.Catalogue.Units.All)
        {
            foreach (var period in cube.Years.SelectMany(year => Enumerable.Range(1, 12).Select(month => new Period(year, month))))
            {
                yield return "completeness " + Text(CompletenessQuery.ForMonth(cube, unit, period, now));
                yield return "form " + Text(FormQuery.ForMonth(cube, unit, period, 0));
                yield return "reviews " + Text(ReviewsQuery.ForMonth(cube, unit, period, caller, now));
                foreach (var indicator in cube.Catalogue.Indicators.Where(_ => period.Month % 4 == 2))
                {
                    yield return "why " + Text(LineageQuery.ForFigure(cube, unit, indicator, period, 0, 99, caller, now));
                }
            }
        }

        foreach (var month in MonthsQuery.List(cube, year: null, showsNames: true, now))
        {
            yield return "month " + Text(month);
        }
    }

    private static bool AssertSameSums(IndicatorCube expected, IndicatorCube actual)
    {
        Assert.Equal(expected.Years, actual.Years);
        for (var node = 0; node < expected.Nodes.Nodes.Count; node++)
        {
            foreach (var indicator in expected.Catalogue.Indicators)
            {
                foreach (var period in expected.Years.SelectMany(year => Enumerable.Range(1, 12).Select(month => new Period(year, month))))
                {
                    Assert.Equal(expected.SumsOf(node, indicator, period), actual.SumsOf(node, indicator, period));
                    Assert.Equal(expected.ApprovalsOf(node, indicator, period), actual.ApprovalsOf(node, indicator, period));
                }
            }
        }

        return true;
    }

    private static void AssertEqual(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (one, other) = (expected.ToHashSet(), actual.ToHashSet());
        var (missing, surplus) = (one.Except(other).Take(6).ToList(), other.Except(one).Take(6).ToList());
        Assert.True(missing.Count == 0 && surplus.Count == 0, $"Missing:\n{string.Join('\n', missing)}\n{string.Join('\n', surplus)}");
    }

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);

    private static string Text<T>(T answer) => JsonSerializer.Serialize(answer, ApiJson.Options);
}
