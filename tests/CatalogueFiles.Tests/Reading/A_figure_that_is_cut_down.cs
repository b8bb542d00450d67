namespace XilinIngest.CatalogueFiles.Tests.Reading;

/// <summary>The last columns of indicators.csv, which may be missing: what a figure is cut down to, and whether it is a profit.</summary>
public sealed class A_figure_that_is_cut_down
{
    [Theory]
    [InlineData("100,yes", 100.0, true)]
    [InlineData("0.5,no", 0.5, false)]
    [InlineData(",", null, false)]
    public void Has_its_multiple_and_may_be_a_profit(string cells, double? multiple, bool isProfit)
    {
        var indicator = Read(cells).Catalogue!.Indicators[0];
        Assert.Equal(((decimal?)multiple, isProfit), (indicator.Printing.RoundDownTo, indicator.IsProfit));
    }

    [Theory]
    [InlineData("0,", "indicators.csv:2 round_down_to: it is not above zero")]
    [InlineData("-1,", "indicators.csv:2 round_down_to: it is not above zero")]
    [InlineData("yes,", "indicators.csv:2 round_down_to: 'yes' is not a number")]
    [InlineData(",maybe", "indicators.csv:2 is_profit: 'maybe' is not one of yes, no")]
    public void Is_refused_where_the_cells_say_nothing(string cells, string fault) =>
        Assert.StartsWith(fault, Assert.Single(Read(cells).Faults).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Needs_no_columns()
    {
        using var folder = new CatalogueFolder();
        Assert.All(folder.Read().Catalogue!.Indicators, indicator => Assert.Null(indicator.Printing.RoundDownTo));
    }

    private static CatalogueReadResult Read(string cells)
    {
        using var folder = new CatalogueFolder();
        folder.Edit("indicators.csv", "chapter,section\n", "chapter,section,round_down_to,is_profit\n")
            .Edit("indicators.csv", "发展,经济\n", $"发展,经济,{cells}\n").Edit("indicators.csv", "民生,稳定\n", "民生,稳定,,\n");
        return folder.Read();
    }
}
