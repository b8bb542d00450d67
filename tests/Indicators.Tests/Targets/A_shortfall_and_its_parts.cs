namespace XilinIngest.Indicators.Tests.Targets;

public sealed class A_shortfall_and_its_parts
{
    [Theory]
    [InlineData(90, 100, 1000, 5, -1.5)]
    [InlineData(120, 100, 1000, 5, 1.5)]
    [InlineData(0, 100, 1000, 5, -10.5)]
    [InlineData(30, 0, 1000, 5, 3)]
    [InlineData(10, -20, 1000, 5, 3.1)]
    public void Is_what_the_part_has_less_than_its_own_base_grown_by_the_target(
        decimal current, decimal @base, decimal totalBase, decimal target, decimal points) =>
        Assert.Equal(points, ShortfallShare.Points(current, @base, totalBase, target));

    [Fact]
    public void Adds_up_to_the_growth_of_the_total_less_its_target()
    {
        (decimal Current, decimal Base)[] parts = [(80, 100), (333.33m, 300), (0, 41.7m), (12, 0), (-5, -9)];
        var (current, @base) = (parts.Sum(part => part.Current), parts.Sum(part => part.Base));

        var sum = parts.Sum(part => ShortfallShare.Points(part.Current, part.Base, @base, 7.5m));

        Assert.Equal(Growth.Compute(current, @base).Percent!.Value - 7.5m, sum, 20);
    }
}
