namespace XilinIngest.Indicators.Tests.Growths;

/// <summary>Every way from a base that is not above zero, and the one from above to below.</summary>
public sealed class A_growth_in_words
{
    public static TheoryData<decimal, decimal, string, string> OfAProfit => new()
    {
        { -20, -5, "减亏15", "a loss smaller by 15" },
        { -20, -35, "增亏15", "a loss larger by 15" },
        { -20, -20, "亏损持平", "the same loss" },
        { -20, 0, "由亏转平，增加20", "from loss to break-even, up 20" },
        { -20, 0.1m, "扭亏为盈，增加20.1", "from loss to profit, up 20.1" },
        { 0, 30, "上年同期为零", "nothing a year before" },
        { 0, -30, "上年同期为零", "nothing a year before" },
        { 0, 0, "上年同期为零", "nothing a year before" },
        { 20, -5, "由盈转亏，减少25", "from profit to loss, down 25" },
    };

    public static TheoryData<decimal, decimal, string, string> OfAnyOtherFigure => new()
    {
        { -20, -5, "负值缩小15", "a negative figure smaller by 15" },
        { -20, -35, "负值扩大15", "a negative figure larger by 15" },
        { -20, -20, "负值与上年持平", "the same negative figure" },
        { -20, 0, "由负转零，增加20", "from below zero to zero, up 20" },
        { -20, 0.1m, "由负转正，增加20.1", "from below zero to above, up 20.1" },
        { 0, 30, "上年同期为零", "nothing a year before" },
        { 0, -30, "上年同期为零", "nothing a year before" },
        { 0, 0, "上年同期为零", "nothing a year before" },
        { 20, -5, "由正转负，减少25", "from above zero to below, down 25" },
    };

    [Theory]
    [MemberData(nameof(OfAProfit))]
    public void Of_a_profit_speaks_of_losses(decimal before, decimal now, string zh, string en) => AssertTells(before, now, true, zh, en);

    [Theory]
    [MemberData(nameof(OfAnyOtherFigure))]
    public void Of_any_other_figure_speaks_of_its_sign(decimal before, decimal now, string zh, string en) =>
        AssertTells(before, now, false, zh, en);

    [Theory]
    [InlineData(20, 0)]
    [InlineData(20, 20)]
    [InlineData(20, 30)]
    public void Is_none_where_there_is_a_percentage(int before, int now)
    {
        Assert.Null(GrowthWording.Of(now, before, isProfit: true));
        Assert.Null(GrowthWording.Of(now, before, isProfit: false));
    }

    [Fact]
    public void Has_a_short_form_where_a_table_has_no_room()
    {
        var word = GrowthWording.Of(0, -1, isProfit: false)!;
        Assert.Equal(("由负转零", "from below zero to zero"), (word.Zh, word.En));
        Assert.Equal(("减亏", "a smaller loss"), Short(-5, isProfit: true));
        Assert.Equal(("增亏", "a larger loss"), Short(-35, isProfit: true));
        Assert.Equal(("负值缩小", "a smaller negative figure"), Short(-5, isProfit: false));
        Assert.Equal(("负值扩大", "a larger negative figure"), Short(-35, isProfit: false));

        static (string, string) Short(decimal now, bool isProfit) =>
            GrowthWording.Of(now, -20, isProfit) is { } words ? (words.Zh, words.En) : default;
    }

    private static void AssertTells(decimal before, decimal now, bool isProfit, string zh, string en)
    {
        var by = Math.Abs(now - before).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
        var words = GrowthWording.Of(now, before, isProfit);
        Assert.Equal((zh, en), (words?.TellZh(by), words?.TellEn(by)));
    }
}
