using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Tests.Formatting;

public sealed class A_number_on_a_page
{
    [Theory]
    [InlineData(-1861.5, "−1,861.5", "−1861.5")]
    [InlineData(78000, "78,000", "78000")]
    public void Has_a_minus_and_separators_in_a_cell_alone(decimal number, string inCell, string inSentence) =>
        Assert.Equal((inCell, inSentence), (FigureFormat.Number(number), FigureFormat.InSentence(number)));

    [Theory]
    [InlineData("-0.3亿元", "−0.3亿元")]
    [InlineData("57621万元", "57621万元")]
    public void Has_a_minus_where_the_published_text_has_a_hyphen(string published, string shown) =>
        Assert.Equal(shown, FigureFormat.WithMinus(published));
}
