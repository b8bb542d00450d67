using CsCheck;
using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Totals;

public sealed class Sums_of_units
{
    private static readonly Gen<decimal?> Figure =
        Gen.Frequency((1, Gen.Const((decimal?)null)), (4, Gen.Int[-1_000_000, 1_000_000].Select(n => (decimal?)n / 100)));

    private static readonly Gen<Figures> Month = Gen.Select(Figure, Figure, Figure, Gen.Int[0, 9], Gen.Int[0, 100], Gen.Int[1, 100])
        .Select((value, ytd, last, some, part, whole) => value is null
            ? default
            : new Figures(value, some == 0 ? ytd : null, some < 5 ? last : null, part, whole));

    private static readonly Gen<Sums> Unit = Gen.Select(
        Gen.Int[0, IndicatorKinds.All.Count - 1].Select(at => IndicatorKinds.All[at]), Gen.Int[1, 12], Month.Array[12], Month.Array[12],
        Gen.OneOf(Gen.Const(Village()), Gen.Const(Village("2022-01")), Gen.Const(Village("2021-03", "2022-04"))))
        .Select((kind, month, year, lastYear, unit) => NewIndicator(kind)
            .Contribute(new Period(2022, month).ToString(), year, lastYear, unit));

    [Fact]
    public void Come_back_when_one_is_added_and_taken_away() =>
        Gen.Select(Unit, Unit).Sample((a, b) => Assert.Equal(a, a + b - b));

    [Fact]
    public void Are_the_same_in_any_order() => Unit.Array[1, 12]
    .SelectMany(all => Gen.Shuffle(all).Select(shuffled => (all, shuffled))).Sample(pair =>
    {
        var total = pair.all.Aggregate(default(Sums), (sum, unit) => sum + unit);
        Assert.Equal(total, pair.shuffled.Aggregate(default(Sums), (sum, unit) => sum + unit));
        Assert.Equal(NewIndicator().Total(total, pair.all.Length),
            NewIndicator().Total(pair.shuffled.Reverse().Aggregate((a, b) => b + a), pair.all.Length));
    });

    [Fact]
    public void Are_kept_by_differences_as_well_as_by_adding_up_again() =>
        Gen.Select(Unit.Array[1, 8], Gen.Int[0, 7], Unit).Sample((units, at, changed) =>
        {
            var index = at % units.Length;
            var kept = units.Aggregate((a, b) => a + b) + (changed - units[index]);
            units[index] = changed;
            Assert.Equal(units.Aggregate((a, b) => a + b), kept);
        });

    [Fact]
    public void Of_several_months_at_once_are_those_of_each_month() => Gen.Select(
        Gen.Int[0, IndicatorKinds.All.Count - 1].Select(at => IndicatorKinds.All[at]), Gen.Int[1, 12], Gen.Int[0, 11],
        Month.Array[12], Month.Array[12],
        Gen.OneOf(Gen.Const(Village("2020-05")), Gen.Const(Village("2022-01")), Gen.Const(Village("2021-03", "2022-04"))))
        .Sample((kind, from, more, year, lastYear, unit) =>
        {
            var indicator = NewIndicator(kind);
            var to = Math.Min(12, from + more);
            Sums[] expected = new Sums[12], actual = new Sums[12];
            for (var month = from; month <= to; month++)
            {
                expected[month - 1] = Contribution.Compute(indicator, unit, new Period(2022, month), year, lastYear);
            }

            Contribution.AddMonths(
                indicator, unit, new Period(2022, from), new Period(2022, to), year, lastYear, new SumsOfMonths(actual, 0, 1));
            Assert.Equal(expected, actual);
        });

    [Fact]
    public void Never_count_more_bases_than_reports_and_never_a_substitute_without_a_base() => Unit.Sample(unit =>
    {
        Assert.InRange(unit.RecordedCount, 0, unit.Reported);
        Assert.InRange(unit.ComparableCount, 0, unit.Reported);
        Assert.InRange(unit.Substitutes, 0, unit.ComparableCount);
        Assert.InRange(unit.Reported + unit.ClosedBaseCount, 0, 1);
    });
}
