using CsCheck;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Aggregator.Verification;
using Xunit.Abstractions;

namespace XilinIngest.Aggregator.Tests.Verification;

/// <summary>Whatever comes, however it comes, the cube and what it says are the oracle's.</summary>
public sealed class The_cube(ITestOutputHelper output)
{
    [Fact]
    public void In_any_order_and_with_any_repetition_comes_to_the_oracles_results() =>
        Gen.Select(SubmissionHistory.Any, Gen.UInt, Gen.Int[10, 400]).Sample(
            (history, seed, size) =>
            {
                var teller = new AggregatorFixture(history.Catalogue);
                foreach (var step in RandomDelivery.Shuffled(history.Accepted, seed).Chunk(size))
                {
                    teller.Step(step);
                }

                teller.AssertMatchesOracle(history.Accepted);
            },
            time: PropertyTimeBudget.Seconds(12), writeLine: output.WriteLine);

    [Fact]
    public void Is_right_after_every_single_submission() =>
        Gen.Select(SubmissionHistory.Short, Gen.UInt).Sample(
            (history, seed) =>
            {
                var teller = new AggregatorFixture(history.Catalogue);
                var come = RandomDelivery.Shuffled(history.Accepted, seed).Take(30).ToList();
                for (var i = 0; i < come.Count; i++)
                {
                    teller.Step(come[i]);
                    teller.AssertMatchesOracle(come.Take(i + 1));
                }
            },
            time: PropertyTimeBudget.Seconds(8), writeLine: output.WriteLine);

    [Fact]
    public void Made_again_from_what_stands_is_the_same() =>
        Gen.Select(SubmissionHistory.Any, Gen.UInt).Sample(
            (history, seed) =>
            {
                var teller = new AggregatorFixture(history.Catalogue);
                teller.Step(RandomDelivery.Shuffled(history.Accepted, seed));
                var again = new Cube.IndicatorCube(history.Catalogue);
                Copy(teller.Cube, again);
                AggregatorFixture.AssertNoDifferences(
                    CubeVerifier.Compare(again, Oracle.Compute(history.Catalogue, history.Accepted, AggregatorFixture.Now),
                        AggregatorFixture.Now));
                Assert.Equal(teller.Cube.EffectiveMonths().Count(), again.EffectiveMonths().Count());
            },
            time: PropertyTimeBudget.Seconds(5), writeLine: output.WriteLine);

    [Fact]
    public void Made_again_with_another_catalogue_is_the_oracles_with_that_catalogue() =>
        Gen.Select(SubmissionHistory.Any, TestDistrict.Any)
        .Where((history, other) => other.Units.All.Count >= history.Catalogue.Units.All.Count).Sample(
            (history, other) =>
            {
                var before = new Cube.IndicatorCube(history.Catalogue);
                history.Accepted.ToList().ForEach(before.Apply);
                var after = new Cube.IndicatorCube(other);
                Copy(before, after);
                AggregatorFixture.AssertNoDifferences(
                    CubeVerifier.Compare(after, Oracle.Compute(other, history.Accepted, AggregatorFixture.Now), AggregatorFixture.Now));
            },
            time: PropertyTimeBudget.Seconds(5), writeLine: output.WriteLine);

    private static void Copy(Cube.IndicatorCube from, Cube.IndicatorCube to)
    {
        foreach (var (unit, period, month) in from.EffectiveMonths())
        {
            to.Restore(to.Catalogue.Units[unit.Code], period, month);
        }

        to.Recompute();
    }
}
