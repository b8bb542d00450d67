using System.Text.Json;
using XilinIngest.Client.Watching;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Tests.Watching;

/// <summary>A published ranking by growth, as <c>xilin watch</c> prints it.</summary>
public sealed class A_growth_that_is_watched
{
    [Fact]
    public void Says_beside_its_base_how_many_units_it_leaves_out_and_why()
    {
        var leftOut = new UnitsLeftOut { Closed = 1, New = 2, WithoutBase = 3, Incomplete = 4 };
        Assert.Contains("(110 : 100 可比口径，10家未计入：关停1家、新增2家、无基数3家、未报齐4家)", Printed(leftOut, english: false), StringComparison.Ordinal);
        Assert.Contains(
            "(110 : 100 comparable, 10 units left out: closed 1, new 2, without a base 3, incomplete 4)", Printed(leftOut, english: true),
            StringComparison.Ordinal);
    }

    [Fact]
    public void That_leaves_out_one_says_unit_and_no_reason_that_does_not_hold()
    {
        var leftOut = new UnitsLeftOut { Closed = 0, New = 0, WithoutBase = 0, Incomplete = 1 };
        Assert.Contains("(110 : 100 comparable, 1 unit left out: incomplete 1)", Printed(leftOut, english: true), StringComparison.Ordinal);
    }

    [Fact]
    public void That_leaves_out_none_says_its_base_alone() =>
        Assert.Contains("(110 : 100 comparable)", Printed(null, english: true), StringComparison.Ordinal);

    private static string Printed(UnitsLeftOut? leftOut, bool english)
    {
        var ranking = new RankingPublished
        {
            Parent = "320404000000",
            Indicator = "RETAIL_SALES",
            Period = "2022-07",
            By = RankingMeasure.Growth,
            Direction = RankingDirection.Higher,
            State = ResultState.Complete,
            Reported = 8,
            Expected = 8,
            Version = 1,
            Cause = [7],
            PublishedAt = new DateTimeOffset(2022, 8, 3, 1, 0, 0, TimeSpan.Zero),
            Units =
            [
                new()
                {
                    Unit = "320404004000", Value = 10m, Rank = 1,
                    Comparison = new() { Current = 110m, Base = 100m, Basis = ComparisonBasis.Comparable, LeftOut = leftOut },
                },
            ],
        };
        var result = new ResultEvent("1", nameof(RankingPublished), JsonSerializer.SerializeToUtf8Bytes(ranking, WireFormat.Options));
        return new ResultFormatter(new ConsoleOutput(english), known: null).Format(result, (_, _) => true)!.Value.Line;
    }
}
