using System.Globalization;
using CsCheck;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Tests;

public sealed class A_number_in_a_finding
{
    private static readonly Gen<decimal> Number = Gen.Select(Gen.Int, Gen.Int[0, 1000], Gen.Int[0, 2], Gen.Bool, Gen.Byte[0, 9])
        .Select((low, middle, high, negative, scale) => new decimal(low, middle, high, negative, scale));

    [Fact]
    public void Has_at_most_six_decimals_and_no_zeros_behind_them() => Gen.OneOf(Number, Gen.Int[-2000, 2000].Select(cents => cents / 100m))
        .Sample(number =>
            Assert.Equal(number.ToString("0.######", CultureInfo.InvariantCulture), BuiltInFindings.FormatNumber(number)), iter: 50_000);
}
