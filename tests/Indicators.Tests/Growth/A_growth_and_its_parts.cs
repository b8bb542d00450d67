namespace XilinIngest.Indicators.Tests.Growths;

public sealed class A_growth_and_its_parts
{
    private static readonly (decimal Current, decimal Base)[] Parts = [(80, 100), (333.33m, 300), (0, 41.7m), (12, 0), (-5, -9)];
    private static readonly decimal Current = Parts.Sum(part => part.Current);
    private static readonly decimal Base = Parts.Sum(part => part.Base);
    private static readonly decimal Growth = Indicators.Growth.Compute(Current, Base).Percent!.Value;

    [Theory]
    [InlineData(90, 100, 1000, 5, -1.5)]
    [InlineData(120, 100, 1000, 5, 1.5)]
    [InlineData(0, 100, 1000, 5, -10.5)]
    [InlineData(30, 0, 1000, 5, 3)]
    [InlineData(10, -20, 1000, 5, 3.1)]
    public void Has_of_each_what_it_has_more_than_its_own_base_grown_by_the_target(
        decimal current, decimal @base, decimal totalBase, decimal target, decimal points) =>
        Assert.Equal(points, GrowthShare.PointsAgainst(current, @base, totalBase, target));

    [Fact]
    public void Is_the_sum_of_what_each_adds() =>
        Assert.Equal(Growth, Parts.Sum(part => GrowthShare.Points(part.Current, part.Base, Base)), 20);

    [Fact]
    public void Less_its_target_is_the_sum_of_what_each_has_more_or_less() =>
        Assert.Equal(Growth - 7.5m, Parts.Sum(part => GrowthShare.PointsAgainst(part.Current, part.Base, Base, 7.5m)), 20);
}
