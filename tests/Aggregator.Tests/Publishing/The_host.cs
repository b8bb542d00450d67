using CsCheck;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using Xunit.Abstractions;

namespace XilinIngest.Aggregator.Tests.Publishing;

public sealed class The_host(ITestOutputHelper output)
{
    [Fact]
    public void With_packs_in_any_order_and_restarts_in_between_has_said_what_is_so() =>
        Gen.Select(SubmissionHistory.Any, Gen.UInt, Gen.Int[1, 5], Gen.Int[0, 3]).Sample(
            (history, seed, size, restarts) =>
            {
                using var disk = new RestartableCubeHost(history.Catalogue);
                var steps = RandomDelivery.Packs(history.Accepted, seed).Chunk(size).ToList();
                for (var i = 0; i < steps.Count; i++)
                {
                    disk.Step(steps[i]);
                    disk.Clock.Advance(TimeSpan.FromDays(11));
                    if (restarts > 0 && (i + 1) % (1 + (steps.Count / (restarts + 1))) == 0)
                    {
                        disk.Restart(history.Catalogue);
                    }
                }

                // What a restart forgot of the packs beyond a gap comes again, as the replay it asks for.
                disk.Step(UniformDistrict.Pack(history.Accepted));
                Assert.Null(disk.Host.LedgerProgress.Gap);
                Assert.Equal(history.Accepted.Count, disk.Host.AppliedThrough);
                disk.AssertMatchesOracle(history.Accepted);
                Assert.Empty(disk.Step());
            },
            time: PropertyTimeBudget.Seconds(10), writeLine: output.WriteLine);

    [Fact]
    public void Started_with_an_edited_catalogue_says_what_that_changes() =>
        Gen.Select(SubmissionHistory.Any, TestDistrict.Any, Gen.Bool.Array[TestDistrict.Indicators.Count])
        .Where((history, other, _) => other.Units.All.Count >= history.Catalogue.Units.All.Count).Sample(
            (history, other, unranked) =>
            {
                using var disk = new RestartableCubeHost(history.Catalogue);
                disk.Step(RandomDelivery.Packs(history.Accepted, 1));
                disk.Restart(TestDistrict.Unranked(other, indicator => unranked[indicator.Order]));
                disk.Step();
                disk.AssertMatchesOracle(history.Accepted);
                Assert.Empty(disk.Step());
            },
            time: PropertyTimeBudget.Seconds(6), writeLine: output.WriteLine);

    [Fact]
    public void Stopped_before_it_published_has_everything_on_disk_to_say_again()
    {
        using var disk = new RestartableCubeHost(UniformDistrict.Catalogue);
        var published = disk.Step(UniformDistrict.Pack(UniformDistrict.Year(2021)));
        disk.Restart(UniformDistrict.Catalogue);
        Assert.Empty(disk.Step());

        var again = disk.Store.ReadPublicationsAfter(0, int.MaxValue).Select(PublicationReader.Deserialize).ToList();
        Assert.Equal(published.Select(Text), again.Select(Text));

        static string Text(object message) => System.Text.Json.JsonSerializer.Serialize(message, message.GetType(), WireFormat.Options);
    }

    [Fact]
    public void Says_that_a_month_is_final_when_it_locks()
    {
        using var disk = new RestartableCubeHost(UniformDistrict.Catalogue);
        disk.Clock.SetUtcNow(new DateTimeOffset(2023, 2, 1, 0, 0, 0, TimeSpan.Zero));
        var accepted = UniformDistrict.Year(2022).ToList();
        disk.Step(UniformDistrict.Pack(accepted));
        disk.Clock.Advance(TimeSpan.FromDays(365));
        var final = disk.Step().OfType<TotalsPublished>().SelectMany(message => message.Totals).ToList();
        Assert.NotEmpty(final);
        Assert.All(final.Where(total => total.Reported == total.Expected), total => Assert.Equal(ResultState.Final, total.State));
        disk.AssertMatchesOracle(UniformDistrict.Pack(accepted).Submissions);
    }
}

public sealed class Rows_of_the_ledger_that_were_applied
{
    private static readonly Gen<(long From, long To)[]> Ranges =
        from lengths in Gen.Int[1, 9].Array[1, 12]
        select lengths.Select((length, i) => (From: 1L + lengths.Take(i).Sum(), To: (long)lengths.Take(i + 1).Sum())).ToArray();

    [Fact]
    public void Have_no_gap_once_all_have_come_in_any_order_cut_anywhere() =>
        Gen.Select(Ranges, Gen.UInt, Gen.Select(Gen.Long[1, 100], Gen.Long[0, 20]).Array[0, 8]).Sample((ranges, seed, others) =>
        {
            var max = ranges[^1].To;
            var all = ranges.Concat(
                others.Where(other => other.Item1 + other.Item2 <= max).Select(other => (other.Item1, other.Item1 + other.Item2)))
                .ToArray();
            new Random((int)(seed & int.MaxValue)).Shuffle(all);
            var rows = new AppliedRows(0);
            foreach (var (from, to) in all)
            {
                rows.Add(from, to);
                Assert.True(rows.Gap is not { } gap || (gap.From == rows.Through + 1 && gap.To >= gap.From));
            }

            Assert.Equal(max, rows.Through);
            Assert.Null(rows.Gap);
        });

    [Fact]
    public void Name_exactly_the_first_rows_that_are_missing() =>
        Gen.Select(Gen.Int[1, 30].HashSet[1, 20], Gen.UInt).Sample((come, seed) =>
        {
            var all = come.ToArray();
            new Random((int)(seed & int.MaxValue)).Shuffle(all);
            var rows = new AppliedRows(0);
            Array.ForEach(all, row => rows.Add(row, row));

            var through = Enumerable.Range(1, 31).First(row => !come.Contains(row)) - 1;
            Assert.Equal(through, rows.Through);
            var next = come.Where(row => row > through).DefaultIfEmpty().Min();
            Assert.Equal(next == 0 ? null : (through + 1, next - 1), rows.Gap);
        });
}
