using CsCheck;
using XilinIngest.Submissions.Checking;

namespace XilinIngest.Submissions.Tests;

public sealed class The_typical_figure
{
    // Few digits, so that figures are often equal; negative zeros, other scales and more than 63 bits among them.
    private static readonly Gen<decimal> Figure = Gen.Frequency(
        (20, Gen.Select(Gen.Int[0, 40], Gen.Bool).Select((digits, negative) => new decimal(digits, 0, 0, negative, 2))),
        (2, Gen.Select(Gen.Int[0, 400], Gen.Byte[0, 4]).Select((digits, scale) => new decimal(digits, 0, 0, false, scale))),
        (1, Gen.Select(Gen.Int, Gen.Int, Gen.Int[0, 1]).Select((low, middle, high) => new decimal(low, middle, high, false, 2))));

    [Fact]
    public void Is_the_middle_of_the_sorted_figures_with_the_same_digits() => Figure.Array[1, 12].Sample(figures =>
    {
        var sorted = figures.Order().ToArray();
        var middle = sorted.Length / 2;
        var expected = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        var found = Median.Of(figures.ToArray());
        Assert.Equal(expected, found);

        // Zeros of either sign are equal, so that any of them may be the middle.
        if (expected != 0 && figures.All(figure => figure.Scale == figures[0].Scale))
        {
            Assert.Equal(decimal.GetBits(expected), decimal.GetBits(found!.Value));
        }
    }, iter: 20_000);

    [Fact]
    public void Is_absent_without_figures() => Assert.Null(Median.Of([]));
}
