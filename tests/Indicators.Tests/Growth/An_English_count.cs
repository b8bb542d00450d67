namespace XilinIngest.Indicators.Tests.Growths;

public sealed class An_English_count
{
    [Theory]
    [InlineData("1", "firms", "1 firm")]
    [InlineData("-1", "firms", "-1 firm")]
    [InlineData("−1", "firms", "−1 firm")]
    [InlineData("0", "firms", "0 firms")]
    [InlineData("21", "firms", "21 firms")]
    [InlineData("1.0", "firms", "1.0 firms")]
    [InlineData("1", "square metres", "1 square metre")]
    [InlineData("1", "passes", "1 pass")]
    [InlineData("1", "houses", "1 house")]
    [InlineData("1", "boxes", "1 box")]
    [InlineData("1", "companies", "1 company")]
    [InlineData("1", "people", "1 person")]
    [InlineData("1", "person-times", "1 person-time")]
    [InlineData("1", "packs of supplies", "1 pack of supplies")]
    [InlineData("1", "billion person-times", "1 billion person-times")]
    [InlineData("1", "10,000 households", "1 10,000 households")]
    [InlineData("1", "yuan", "1 yuan")]
    [InlineData("1", "%", "1%")]
    public void Of_one_has_its_noun_in_the_singular(string number, string plural, string expected) =>
        Assert.Equal(expected, EnglishNoun.Count(number, plural));

    [Fact]
    public void Groups_its_thousands() => Assert.Equal("1,200 units", EnglishNoun.Count(1200, "units"));
}
