using XilinIngest.Aggregator.Publishing;

namespace XilinIngest.Aggregator.Tests.Publishing;

public sealed class The_pause_after_a_step
{
    [Theory]
    [InlineData(8, 4, 2)]
    [InlineData(20, 40, 4)]
    [InlineData(20, 200, 20)]
    [InlineData(40, 800, 160)]
    [InlineData(90, 900, 200)]
    [InlineData(250, 0, 125)]
    [InlineData(600, 2, 600)]
    [InlineData(5_000, 100_000, 700)]
    public void Grows_with_its_length_and_its_submissions_up_to_a_limit(int step, int submissions, int pause) =>
        Assert.Equal(TimeSpan.FromMilliseconds(pause), StepPause.After(TimeSpan.FromMilliseconds(step), submissions));
}
