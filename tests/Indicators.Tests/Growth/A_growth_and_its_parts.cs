namespace XilinIngest.Indicators.Tests.Growths;

public sealed class A_growth_and_its_parts
{
    private static readonly (decimal Current, decimal Base)[] Parts = [(80, 100), (333.33m, 300), (0, 41.7m), (12, 0), (-5, -9)];
    private static readonly decimal Current = Parts.Sum(part => part.Current);
    private static readonly decimal Base = Parts.Sum(part => part.Base);
    private static readonly decimal Growth = Indicators.Growth.Compute(Current, Base).Percent!.Value;

    [Theory]
    [InlineData(90, 100, 1000, -1)]
    [InlineData(120, 100, 1000, 2)]
    [InlineData(0, 100, 1000, -10)]
    [InlineData(30, 0, 1000, 3)]
    [InlineData(10, -20, 1000, 3)]
    public void Has_of_each_its_change_in_points_of_the_whole_base(decimal current, decimal @base, decimal totalBase, decimal points) =>
        Assert.Equal(points, GrowthShare.Points(current, @base, totalBase));

    [Fact]
    public void Is_the_sum_of_what_each_adds() =>
        Assert.Equal(Growth, Parts.Sum(part => GrowthShare.Points(part.Current, part.Base, Base)), 20);
}
