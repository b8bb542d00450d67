using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;
using static XilinIngest.Aggregator.Tests.Publishing.RequestPacks;

namespace XilinIngest.Aggregator.Tests.Publishing;

public sealed class A_closed_month_that_waits_for_approvals
{
    private const string December = "2022-12";

    [Fact]
    public void Is_released_with_the_last_approval_and_once_more_after_a_return()
    {
        var catalogue = TestDistrict.Reviewed(UniformDistrict.Catalogue, new ReviewRule(UnitKind.Village, null, true, null, new(2022, 12)));
        using var disk = new RestartableCubeHost(catalogue);
        var year = UniformDistrict.Pack(UniformDistrict.Year(2022).ToList());
        disk.Clock.SetUtcNow(new DateTimeOffset(2023, 2, 1, 0, 0, 0, TimeSpan.Zero));
        disk.Step(year);
        var close = Change(year.ToSequence + 1, December, MonthTransition.Closed);
        disk.Step(PackOf(close));
        Assert.Empty(ReleasesAfterAStep(disk));
        var due = year.Submissions.Where(each =>
            each.Period == December && catalogue.ReviewerOf(catalogue.Units[new(each.Unit)], new(2022, 12)) is not null).ToList();
        var month = MonthOf(disk);
        Assert.Equal((false, due.Count), (month.IsFinal, month.WaitsForCount));
        Assert.Equal(due.Select(each => $"{each.Unit} {December} waiting").Order(),
            month.WaitsFor.Select(report => $"{report.Unit} {report.Period} {report.State.ToWireName()}").Order());
        var next = close.Sequence + 1;
        foreach (var report in due)
        {
            Assert.Empty(ReleasesAfterAStep(disk));
            disk.Step(PackOf(Review(next++, report.Sequence, report.Unit, ReviewDecision.Approve)));
        }

        Assert.Equal([1], ReleasesAfterAStep(disk));
        Assert.Equal((true, 0), (MonthOf(disk).IsFinal, MonthOf(disk).WaitsForCount));

        // Returned after the release, and approved after all.
        disk.Step(PackOf(Review(next++, due[0].Sequence, due[0].Unit, ReviewDecision.Return)));
        Assert.Equal([1], ReleasesAfterAStep(disk));
        Assert.Equal(ReviewStateName.Returned, Assert.Single(MonthOf(disk).WaitsFor).State);
        disk.Restart(catalogue);
        disk.Step(PackOf(Review(next, due[0].Sequence, due[0].Unit, ReviewDecision.Approve)));
        Assert.Equal([1, 2], ReleasesAfterAStep(disk));
        Assert.Equal([1, 2], ReleasesAfterAStep(disk));
        Assert.Equal(next, disk.Host.Model.Current.Releases.LastOf(new(2022, 12))!.LedgerThrough);
    }

    private static int[] ReleasesAfterAStep(RestartableCubeHost disk)
    {
        disk.Step();
        return [.. disk.Host.Model.Current.Releases.All.Where(release => release.Period == new Period(2022, 12))
            .Select(release => release.Number)];
    }

    private static MonthStatus MonthOf(RestartableCubeHost disk) =>
        disk.Host.Read((cube, now) => MonthsQuery.List(cube, 2022, showsNames: true, now))[^1];
}
