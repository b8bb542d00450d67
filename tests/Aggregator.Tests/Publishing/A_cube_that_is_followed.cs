using CsCheck;
using Dapper;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using Xunit.Abstractions;
using static XilinIngest.Aggregator.Tests.Publishing.RandomRequests;
using static XilinIngest.Aggregator.Tests.Publishing.RequestPacks;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>One process steps a cube, another follows it in its store.</summary>
public sealed class A_cube_that_is_followed(ITestOutputHelper output)
{
    private static readonly Period May = new(2022, 5);

    [Fact]
    public void Is_the_same_step_by_step_as_loaded_whole_after_any_history() =>
        Gen.Select(SubmissionHistory.Any, AnyWorkflow, AnyReview.Array[0, 40], Gen.UInt, Gen.Int[1, 5], Gen.Int[0, 2]).Sample(
            (history, workflow, drawn, seed, size, restarts) =>
            {
                var catalogue = TestDistrict.Reviewed(history.Catalogue, workflow);
                using var disk = new RestartableCubeHost(catalogue);
                using var follower = new FollowingCube(disk, catalogue);
                Assert.True(follower.Host.Follow());
                var loaded = follower.Cube;
                var (rows, months, reviews) = Interleave(history.Accepted, drawn);
                var steps = RandomDelivery.Packs(rows, seed).Select(pack => WithRequests(pack, months, reviews)).Chunk(size).ToList();
                for (var i = 0; i < steps.Count; i++)
                {
                    disk.Step(steps[i]);
                    if ((seed >> (i % 32) & 1) == 1)
                    {
                        follower.Host.Follow();
                    }

                    if (restarts > 0 && (i + 1) % (1 + (steps.Count / (restarts + 1))) == 0)
                    {
                        disk.Restart(catalogue);
                        follower.AssertIsAsLoaded();
                    }
                }

                disk.Step(WithRequests(UniformDistrict.Pack(rows), months, reviews));
                follower.AssertIsAsLoaded();

                // Months lock meanwhile; in a step without rows they are released.
                disk.Clock.Advance(TimeSpan.FromDays(seed % 700));
                var close = Change(rows.Count + 1, "2021-03", MonthTransition.Closed);
                disk.Step(PackOf(close));
                follower.AssertIsAsLoaded();
                disk.Step(new SubmissionsAccepted { FromSequence = close.Sequence + 1, ToSequence = close.Sequence, Submissions = [] });
                disk.Step();
                follower.AssertIsAsLoaded();
                Assert.Same(loaded, follower.Cube);
                Assert.False(follower.Host.Follow());
            },
            time: PropertyTimeBudget.Seconds(8), writeLine: output.WriteLine);

    [Fact]
    public void Is_loaded_whole_with_another_catalogue_and_followed_again()
    {
        using var disk = new RestartableCubeHost(UniformDistrict.Catalogue);
        using var follower = new FollowingCube(disk, UniformDistrict.Catalogue);
        disk.Step(UniformDistrict.Pack(UniformDistrict.Year(2022)));
        follower.AssertIsAsLoaded();
        var loaded = follower.Cube;

        disk.Edit(UniformDistrict.With());
        follower.Edit(UniformDistrict.With());
        disk.Step();
        follower.AssertIsAsLoaded();
        Assert.NotSame(loaded, follower.Cube);
        loaded = follower.Cube;

        Revise(disk, 500);
        follower.AssertIsAsLoaded();
        Assert.Same(loaded, follower.Cube);
    }

    [Theory]
    [InlineData("UPDATE cube_state SET revision = revision - 1")]
    [InlineData("UPDATE publication SET published_at = '2021-01-01T00:00:00.000Z' WHERE id = (SELECT MAX(id) FROM publication)")]
    public void Is_loaded_whole_where_its_database_was_restored(string difference)
    {
        using var disk = new RestartableCubeHost(UniformDistrict.Catalogue);
        using var follower = new FollowingCube(disk, UniformDistrict.Catalogue);
        disk.Step(UniformDistrict.Pack(UniformDistrict.Year(2022)));
        Revise(disk, 300);
        follower.AssertIsAsLoaded();
        var loaded = follower.Cube;
        using (var connection = disk.Store.Open())
        {
            connection.Execute(difference);
        }

        disk.Restart(UniformDistrict.Catalogue);
        follower.Host.Follow();
        Revise(disk, 500);
        follower.AssertIsAsLoaded();
        Assert.NotSame(loaded, follower.Cube);
    }

    [Fact, Trait("suite", "long")]
    public void Costs_a_small_part_of_a_load_to_follow_by_one_submission()
    {
        const int Submissions = 20;
        var catalogue = TestDistrict.Large(3_000);
        var indicators = catalogue.Indicators.Where(indicator => indicator.ReportedBy == UnitLevel.Enterprise).ToList();
        using var disk = new RestartableCubeHost(catalogue);
        using var follower = new FollowingCube(disk, catalogue);
        var year = UniformDistrict.Pack(
            from month in Enumerable.Range(1, 12)
            from firm in Enumerable.Range(0, 3_000)
            select Report(TestDistrict.FirmCode(firm), new Period(2022, month), firm, revision: 1, indicators));
        disk.Step(year);
        follower.Host.Follow();

        var load = Measure(() =>
        {
            using var other = follower.CreateHost();
            other.Follow();
        });
        var following = TimeSpan.Zero;
        for (var i = 1; i <= Submissions; i++)
        {
            var revision = Report(TestDistrict.FirmCode(i), May, i, revision: 2, indicators) with { Sequence = year.ToSequence + i };
            disk.Step(OneRow(revision));
            following += Measure(() => follower.Host.Follow());
        }

        output.WriteLine(
            $"Processor time with {catalogue.Units.All.Count} units: {load.TotalMilliseconds:0} ms to load the cube, "
            + $"{following.TotalMilliseconds / Submissions:0.0} ms to follow one submission.");
        Assert.InRange(following / Submissions, TimeSpan.Zero, load / 10);
    }

    private static TimeSpan Measure(Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        return Environment.CpuUsage.TotalTime - before;
    }

    private static AcceptedSubmission Report(string unit, Period period, int id, int revision, IReadOnlyList<Indicator> indicators) =>
        SubmissionHistory.Submission(
            unit, period, revision, AggregatorFixture.Now.AddDays(revision),
            new Guid(id, (short)(period.Number % 10_000), (short)revision, 0, 0, 0, 0, 0, 0, 0, 1),
            [.. indicators.Select(indicator => new AcceptedValue { Indicator = indicator.Code.Value, Value = id + revision })]);

    private static void Revise(RestartableCubeHost disk, decimal value)
    {
        var row = disk.Host.AppliedThrough + 1;
        var revision = UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, May, value, (int)row) with
        {
            Sequence = row,
        };
        disk.Step(OneRow(revision));
    }

    private static SubmissionsAccepted OneRow(AcceptedSubmission submission) =>
        new() { FromSequence = submission.Sequence, ToSequence = submission.Sequence, Submissions = [submission] };
}
