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
        Gen.Select(History.Any, Gen.UInt, Gen.Int[10, 400]).Sample(
            (history, seed, size) =>
            {
                var teller = new Teller(history.Catalogue);
                foreach (var step in Delivery.Shuffled(history.Accepted, seed).Chunk(size))
                {
                    teller.Step(step);
                }

                teller.ShouldBeRight(history.Accepted);
            },
            time: Effort.Seconds(12), writeLine: output.WriteLine);

    [Fact]
    public void Is_right_after_every_single_submission() =>
        Gen.Select(History.Short, Gen.UInt).Sample(
            (history, seed) =>
            {
                var teller = new Teller(history.Catalogue);
                var come = Delivery.Shuffled(history.Accepted, seed).Take(30).ToList();
                for (var i = 0; i < come.Count; i++)
                {
                    teller.Step(come[i]);
                    teller.ShouldBeRight(come.Take(i + 1));
                }
            },
            time: Effort.Seconds(8), writeLine: output.WriteLine);

    [Fact]
    public void Made_again_from_what_stands_is_the_same() =>
        Gen.Select(History.Any, Gen.UInt).Sample(
            (history, seed) =>
            {
                var teller = new Teller(history.Catalogue);
                teller.Step(Delivery.Shuffled(history.Accepted, seed));
                var again = new Cube.Cube(history.Catalogue);
                Copy(teller.Cube, again);
                Teller.Agree(CubeVerifier.Compare(again, Oracle.Of(history.Catalogue, history.Accepted, Teller.Now), Teller.Now));
                Assert.Equal(teller.Cube.Standing().Count(), again.Standing().Count());
            },
            time: Effort.Seconds(5), writeLine: output.WriteLine);

    [Fact]
    public void Made_again_with_another_catalogue_is_the_oracles_with_that_catalogue() =>
        Gen.Select(History.Any, World.Any).Where((history, other) => other.Units.All.Count >= history.Catalogue.Units.All.Count).Sample(
            (history, other) =>
            {
                var before = new Cube.Cube(history.Catalogue);
                history.Accepted.ToList().ForEach(before.Apply);
                var after = new Cube.Cube(other);
                Copy(before, after);
                Teller.Agree(CubeVerifier.Compare(after, Oracle.Of(other, history.Accepted, Teller.Now), Teller.Now));
            },
            time: Effort.Seconds(5), writeLine: output.WriteLine);

    private static void Copy(Cube.Cube from, Cube.Cube to)
    {
        foreach (var (unit, period, month) in from.Standing())
        {
            to.Restore(to.Catalogue.Units[unit.Code], period, month);
        }

        to.Recompute();
    }
}
