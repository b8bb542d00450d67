using CsCheck;
using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Lineage;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using Xunit.Abstractions;
using static XilinIngest.Aggregator.Tests.Publishing.RandomRequests;
using static XilinIngest.Aggregator.Tests.Publishing.RequestPacks;

namespace XilinIngest.Aggregator.Tests.Publishing;

public sealed class A_report_that_is_approved_or_returned(ITestOutputHelper output)
{
    private const string December = "2022-12";

    [Fact]
    public void Counts_and_is_final_when_the_oracle_says_so_in_any_order_of_rows_and_after_any_restart() =>
        Gen.Select(SubmissionHistory.Any, AnyWorkflow, AnyReview.Array[0, 40], Gen.Bool, Gen.UInt, Gen.Int[1, 5], Gen.Int[0, 3]).Sample(
            (history, workflow, drawn, approvesAll, seed, size, restarts) =>
            {
                var catalogue = TestDistrict.Reviewed(history.Catalogue, workflow);
                using var disk = new RestartableCubeHost(catalogue);
                var all = approvesAll ? history.Accepted.Select((_, i) => (i, false, 0)) : [];
                var (rows, months, reviews) = Interleave(history.Accepted, [.. all, .. drawn]);
                var steps = RandomDelivery.Packs(rows, seed).Select(pack => WithRequests(pack, months, reviews)).Chunk(size).ToList();
                for (var i = 0; i < steps.Count; i++)
                {
                    disk.Step(steps[i]);
                    if (restarts > 0 && (i + 1) % (1 + (steps.Count / (restarts + 1))) == 0)
                    {
                        disk.Restart(catalogue);
                    }
                }

                // What a restart forgot of the packs beyond a gap comes again, as the replay it asks for.
                disk.Step(WithRequests(UniformDistrict.Pack(rows), months, reviews));
                var submissions = rows.Where(row => row.Values.Count > 0).ToList();
                disk.AssertMatchesOracle(submissions, months, reviews);
                disk.Restart(catalogue);
                Assert.Empty(disk.Step());
                disk.AssertReleasesAreOfFinalMonths(submissions, months, reviews);
                disk.AssertPublishesEachOnce(months, reviews);

                // Without the workflow nothing waits for a review; what was returned stays so.
                disk.Restart(history.Catalogue);
                disk.Step();
                disk.AssertMatchesOracle(submissions, months, reviews);
            },
            time: PropertyTimeBudget.Seconds(10), writeLine: output.WriteLine);

    [Fact]
    public void Is_the_cause_of_new_versions_and_counts_again_when_it_is_approved_or_replaced()
    {
        var catalogue = TestDistrict.Reviewed(UniformDistrict.Catalogue, new ReviewRule(UnitKind.Village, null, true, null, null));
        using var disk = new RestartableCubeHost(catalogue);
        var year = UniformDistrict.Pack(UniformDistrict.Year(2022).ToList());
        disk.Clock.SetUtcNow(new DateTimeOffset(2023, 2, 1, 0, 0, 0, TimeSpan.Zero));
        disk.Step(year);
        var (unit, row) = ReportOf(year);
        var before = TotalOf(disk, unit);
        Assert.Equal((ResultState.Complete, 0, 1), (before.State, before.Approved, before.ToApprove));

        var back = Review(year.ToSequence + 1, row, unit, ReviewDecision.Return);
        var messages = Totals(disk.Step(PackOf(back)));
        Assert.NotEmpty(messages);
        Assert.All(messages, total => Assert.Contains(back.Sequence, total.Cause));
        var returned = TotalOf(disk, unit);
        Assert.Equal((ResultState.Provisional, 0, null, null), (returned.State, returned.Reported, returned.Approved, returned.Month));
        var lineage = Lineage(disk, TestDistrict.District, Caller.LocalTrusted);
        Assert.DoesNotContain(lineage.Parts, part => part.Sequence == row);
        Assert.Equal(
            new(back.Sequence, row, unit, December, ReviewDecision.Return, back.At, "http", "台账不符"), Assert.Single(lineage.Returned));
        Assert.Equal((back.Sequence, null, null),
            Lineage(disk, TestDistrict.District, Caller.LocalTrusted with { Rights = Rights.Close }).Returned
                .Select(each => (each.Sequence, each.By, each.Reason)).Single());
        var list = Completeness(disk, unit);
        Assert.Equal((1, 2, 0, 1, unit), (list.Reported, list.Expected, list.Approved, list.ToApprove, Assert.Single(list.Returned)));
        Assert.Equal("returned: 台账不符", StateOf(disk, unit, Caller.LocalTrusted));
        Assert.Equal("returned: ", StateOf(disk, unit, Caller.LocalTrusted with { Rights = Rights.Close }));

        // The office sends it once more; its new row waits.
        disk.Restart(catalogue);
        var again = year.Submissions.Single(each => each.Sequence == row) with
        {
            Sequence = back.Sequence + 1,
            Revision = 2,
            SubmissionId = Guid.NewGuid(),
        };
        disk.Step(new SubmissionsAccepted { FromSequence = again.Sequence, ToSequence = again.Sequence, Submissions = [again] });
        Assert.Equal(before with { Version = 0, Cause = [] }, TotalOf(disk, unit) with { Version = 0, Cause = [] });
        Assert.Empty(Lineage(disk, TestDistrict.District, Caller.LocalTrusted).Returned);
        Assert.StartsWith("waiting", StateOf(disk, unit, Caller.LocalTrusted), StringComparison.Ordinal);
        disk.AssertMatchesOracle([.. year.Submissions, again], null, [back]);
    }

    [Fact]
    public void Lets_a_closed_month_become_final_when_all_reports_below_are_approved()
    {
        var catalogue = TestDistrict.Reviewed(UniformDistrict.Catalogue, new ReviewRule(UnitKind.Village, null, true, null, new(2022, 12)));
        using var disk = new RestartableCubeHost(catalogue);
        var year = UniformDistrict.Pack(UniformDistrict.Year(2022).ToList());
        disk.Clock.SetUtcNow(new DateTimeOffset(2023, 2, 1, 0, 0, 0, TimeSpan.Zero));
        disk.Step(year);
        var close = Change(year.ToSequence + 1, December, MonthTransition.Closed);
        disk.Step(PackOf(close));
        var due = year.Submissions.Where(each =>
            each.Period == December && catalogue.ReviewerOf(catalogue.Units[new(each.Unit)], new(2022, 12)) is not null).ToList();
        Assert.Equal((ResultState.Complete, 0), (TotalOf(disk, due[0].Unit).State, TotalOf(disk, TestDistrict.District).Approved));
        var reviews = due.Select((each, i) => Review(close.Sequence + 1 + i, each.Sequence, each.Unit, ReviewDecision.Approve)).ToList();
        foreach (var review in reviews)
        {
            Assert.NotEqual(ResultState.Final, TotalOf(disk, TestDistrict.District).State);
            disk.Step(PackOf(review));
            Assert.Equal(ResultState.Final, TotalOf(disk, review.Unit).State);
        }

        var top = TotalOf(disk, TestDistrict.District);
        Assert.Equal((ResultState.Final, due.Count, due.Count), (top.State, top.Approved, top.ToApprove));
        disk.AssertMatchesOracle(year.Submissions, [close], reviews);
    }

    private static (string Unit, long Row) ReportOf(SubmissionsAccepted year) => year.Submissions
        .Where(each => each.Period == December && each.Unit == TestDistrict.Village2).Select(each => (each.Unit, each.Sequence)).Single();

    private static Indicator Visits(Catalogue catalogue) =>
        catalogue.TryFind(TestDistrict.Visits, out var indicator) ? indicator : throw new InvalidOperationException();

    private static IndicatorTotal TotalOf(RestartableCubeHost disk, string unit) =>
        disk.Host.Model.Current.Totals.Find(new(unit, TestDistrict.Visits, Period.Parse(December).Number))!.Total;

    private static FigureLineage Lineage(RestartableCubeHost disk, string unit, Caller caller) => disk.Host.Read((cube, now) =>
        LineageQuery.ForFigure(
            cube, cube.Catalogue.Units[new(unit)], Visits(cube.Catalogue), Period.Parse(December), 0, 99, caller, now));

    private static MonthCompleteness Completeness(RestartableCubeHost disk, string unit) => disk.Host.Read((cube, now) =>
        CompletenessQuery.ForMonth(cube, cube.Catalogue.Units[new(unit)], Period.Parse(December), now));

    private static string StateOf(RestartableCubeHost disk, string unit, Caller caller)
    {
        var report = Assert.Single(disk.Host.Read((cube, now) =>
            ReviewsQuery.ForMonth(cube, cube.Catalogue.Units[new(unit)], Period.Parse(December), caller, now)).Reports);
        return $"{report.State.ToWireName()}: {report.Rows[^1].Review?.Reason}";
    }

    private static List<IndicatorTotal> Totals(IReadOnlyList<object> messages) =>
        [.. messages.OfType<TotalsPublished>().SelectMany(message => message.Totals)];
}
