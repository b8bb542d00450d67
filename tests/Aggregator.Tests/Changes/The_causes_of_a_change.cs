using CsCheck;
using static XilinIngest.Aggregator.Cube.CubeChanges;

namespace XilinIngest.Aggregator.Tests.Changes;

public sealed class The_causes_of_a_change
{
    private const int MaxCauses = 20;

    // Rows in their order, as a step applies them, each with the months that it changed.
    private static readonly Gen<(int From, int Months)[]> Rows = Gen.Select(Gen.Int[1, 12], Gen.Int[1, 3]).Array[0, 60];

    [Fact]
    public void Are_the_first_rows_that_can_have_changed_a_month() => Rows.Sample(rows =>
    {
        var change = Changed(rows, 1);
        for (var month = 1; month <= 12; month++)
        {
            var expected = rows.Index().Where(row => row.Item.From <= month).GroupBy(row => row.Item.From)
                .SelectMany(same => same.Take(MaxCauses)).Select(row => row.Index + 1L).Order().Take(MaxCauses);
            Assert.Equal(expected, change.CausesOf(month));
            Assert.Equal(change.CausesOf(month), change.CausesOf(month));
        }
    });

    [Fact]
    public void Follow_what_is_added_after_they_were_asked_for() => Gen.Select(Rows, Rows).Sample((before, after) =>
    {
        var change = Changed(before, 1);
        for (var month = 1; month <= 12; month++)
        {
            change.CausesOf(month);
        }

        Add(change, after, before.Length + 1);
        var all = Changed([.. before, .. after], 1);
        Assert.All(Enumerable.Range(1, 12), month => Assert.Equal(all.CausesOf(month), change.CausesOf(month)));
    });

    [Fact]
    public void Are_the_same_after_merging_a_change_that_is_included() => Gen.Select(Rows, Rows, Gen.Int[1, 30]).Sample(
        (rows, others, start) =>
        {
            var (change, other) = (Changed(rows, 1), Changed(others, start));
            var (from, included) = (change.FromMonth, change.Includes(other));
            var before = Causes(change);
            change.Merge(other);
            Assert.True(change.Includes(other));
            if (included)
            {
                Assert.Equal((from, string.Join(' ', before)), (change.FromMonth, string.Join(' ', Causes(change))));
            }
        });

    private static List<string> Causes(NodeChange change) =>
        [.. Enumerable.Range(1, 12).Select(month => string.Join(',', change.CausesOf(month)))];

    private static NodeChange Changed((int From, int Months)[] rows, long firstRow)
    {
        var change = new NodeChange();
        Add(change, rows, firstRow);
        return change;
    }

    private static void Add(NodeChange change, (int From, int Months)[] rows, long firstRow)
    {
        foreach (var (index, (from, months)) in rows.Index())
        {
            for (var month = from; month < from + months && month <= 12; month++)
            {
                change.Add(month, firstRow + index);
            }
        }
    }
}
