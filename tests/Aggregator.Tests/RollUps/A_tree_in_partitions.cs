using CsCheck;
using XilinIngest.Aggregator.Tests.Histories;
using Xunit.Abstractions;

namespace XilinIngest.Aggregator.Tests.RollUps;

/// <summary>Whatever the partitions are, and however their messages come, the results are those of one cube.</summary>
public sealed class A_tree_in_partitions(ITestOutputHelper output)
{
    private const string Top = "32.04.04";

    private static readonly string[] Parts =
    [
        "32.04.04.001", "32.04.04.002", "32.04.04.003", "32.04.04.001.201", "32.04.04.001.202", "32.04.04.002.201", "32.04.04.002.202",
    ];

    private static readonly Gen<IReadOnlyList<string>> Any =
        Gen.Int[1, (1 << Parts.Length) - 1].Select(chosen => (IReadOnlyList<string>)
            [Top, .. Parts.Where((_, i) => (chosen >> i & 1) == 1)]);

    [Fact]
    public void Comes_to_the_oracles_results_though_messages_are_late_lost_repeated_and_in_any_order() =>
        Gen.Select(SubmissionHistory.Any, Any, Gen.UInt, Gen.Frequency((1, Gen.Const(0)), (2, Gen.Int[1, 40]))).Sample(
            (history, paths, seed, loss) =>
            {
                var district = new PartitionedDistrict(history, paths, loss, seed);
                foreach (var step in RandomDelivery.Shuffled(history.Accepted, seed).Chunk(60))
                {
                    district.Apply(step);
                }

                district.AssertMatchesOracle();
            },
            time: PropertyTimeBudget.Seconds(12), writeLine: output.WriteLine);

    [Fact]
    public void Comes_to_them_though_processes_end_and_others_take_their_partitions_over() =>
        Gen.Select(SubmissionHistory.Short, Any, Gen.UInt, Gen.Int[0, 30]).Sample(
            (history, paths, seed, loss) =>
            {
                var district = new PartitionedDistrict(history, paths, loss, seed);
                foreach (var step in RandomDelivery.Shuffled(history.Accepted, seed).Chunk(20))
                {
                    district.Apply(step);
                    district.RestartAny();
                }

                district.AssertMatchesOracle();
            },
            time: PropertyTimeBudget.Seconds(8), writeLine: output.WriteLine);

    [Fact]
    public void Has_at_any_moment_the_totals_of_the_rows_that_it_has_heard_of() =>
        Gen.Select(SubmissionHistory.Short, Any, Gen.UInt, Gen.Int[0, 30]).Sample(
            (history, paths, seed, loss) =>
            {
                var district = new PartitionedDistrict(history, paths, loss, seed) { PublicationsPerCheck = 25 };
                foreach (var step in RandomDelivery.Shuffled(history.Accepted, seed).Chunk(20))
                {
                    district.Apply(step);
                    district.RestartAny();
                }

                district.AssertMatchesOracle();
            },
            time: PropertyTimeBudget.Seconds(2), writeLine: output.WriteLine);
}
