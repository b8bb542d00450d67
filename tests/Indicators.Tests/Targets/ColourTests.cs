using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Targets;

public sealed class Pace_against_a_plan
{
    [Theory]
    [InlineData(500, 1000, 6, 50, 0)]
    [InlineData(400, 1000, 6, 40, -10)]
    [InlineData(750, 1000, 6, 75, 25)]
    public void Is_the_share_done_less_the_share_of_the_year(decimal ytd, decimal plan, int month, decimal done, decimal gap) =>
        Assert.Equal((done, gap), (Pace.Completion(ytd, plan), Pace.Gap(ytd, plan, month)));

    [Fact]
    public void Is_computed_from_the_exact_share_of_the_year_and_rounded_last() => Assert.Equal(-8.3m, Rounding.Rate(Pace.Gap(0, 1000, 1)));
}

/// <summary>Amber from 10 to 30 points behind, red beyond.</summary>
public sealed class A_colour_by_pace
{
    private static readonly ColourRule Rule = new(UnitLevel.Street, ColourScheme.Pace, 10, 30, 2, false);
    private static readonly Target Growth5 = new(Street, new("SALES"), 2022, TargetKind.Growth, 5);
    private static readonly Target Plan = new(Street, new("SALES"), 2022, TargetKind.Amount, 1000);

    internal static Total Growing(decimal percent) =>
        NewIndicator().Total(NewIndicator().Contribute("2022-01", Year(100 + percent), Year(100)));

    private static Colour? At(decimal percent, Colour previous = Colour.Green, Direction direction = Direction.HigherIsBetter) =>
        ColourEvaluator.Judge(NewIndicator(direction: direction), Growing(percent), Growth5, Rule, 1, null, null, previous)?.Colour;

    [Theory]
    [InlineData(5, Colour.Green)]
    [InlineData(-4.99, Colour.Green)]
    [InlineData(-5, Colour.Amber)]
    [InlineData(-25, Colour.Amber)]
    [InlineData(-25.01, Colour.Red)]
    public void Is_amber_from_10_to_30_and_red_beyond(decimal growth, Colour colour) => Assert.Equal(colour, At(growth));

    [Theory]
    [InlineData(-4, Colour.Amber, Colour.Amber)]
    [InlineData(-3, Colour.Amber, Colour.Amber)]
    [InlineData(-2.99, Colour.Amber, Colour.Green)]
    [InlineData(-24, Colour.Red, Colour.Red)]
    [InlineData(-22.99, Colour.Red, Colour.Amber)]
    [InlineData(-4, Colour.Red, Colour.Amber)]
    [InlineData(0, Colour.Red, Colour.Green)]
    [InlineData(-26, Colour.Amber, Colour.Red)]
    public void Steps_down_only_past_the_margin_and_up_at_once(decimal growth, Colour previous, Colour colour) =>
        Assert.Equal(colour, At(growth, previous));

    [Fact]
    public void Does_not_flap_at_the_threshold()
    {
        var colour = Colour.Green;
        var changes = 0;
        foreach (var growth in new[] { -4.9m, -5.1m, -4.9m, -5.1m, -4.9m, -5.1m, -3.5m })
        {
            var next = At(growth, colour)!.Value;
            changes += next == colour ? 0 : 1;
            colour = next;
        }

        Assert.Equal((1, Colour.Amber), (changes, colour));
    }

    [Theory]
    [InlineData(0, Colour.Green)]
    [InlineData(15, Colour.Amber)]
    [InlineData(36, Colour.Red)]
    public void Turns_round_where_lower_is_better(decimal growth, Colour colour) =>
        Assert.Equal(colour, At(growth, direction: Direction.LowerIsBetter));

    [Theory]
    [InlineData(500, 6, Colour.Green, 0)]
    [InlineData(400, 6, Colour.Amber, -10)]
    [InlineData(190, 6, Colour.Red, -31)]
    public void Of_a_plan_is_by_the_share_done(decimal ytd, int month, Colour colour, decimal gap) => Assert.Equal(
        new Judgement(colour, ytd / 10, gap),
        ColourEvaluator.Judge(NewIndicator(), NewIndicator().Total(new Sums { YtdCount = 1, Ytd = ytd }), Plan, Rule, month, null, null,
            Colour.Green));

    [Fact]
    public void Of_a_plan_for_petitions_is_red_when_too_much_is_done() => Assert.Equal(
        new Judgement(Colour.Red, 90, -40),
        ColourEvaluator.Judge(NewIndicator(direction: Direction.LowerIsBetter), NewIndicator().Total(new Sums { YtdCount = 1, Ytd = 900 }),
            Plan, Rule, 6, null, null, Colour.Green));

    [Theory]
    [InlineData(-5, 20, Colour.Red)]
    [InlineData(-30, -20, Colour.Red)]
    [InlineData(5, -20, Colour.Green)]
    [InlineData(-10, -20, Colour.Green)]
    [InlineData(-20, -20, null)]
    [InlineData(5, 0, null)]
    public void Follows_the_words_where_there_is_no_percentage(int now, int before, Colour? colour) => Assert.Equal(
        colour, ColourEvaluator.Judge(NewIndicator(), NewIndicator().Total(NewIndicator().Contribute("2022-01", Year(now), Year(before))),
            Growth5, Rule, 1, null, null, Colour.Amber)?.Colour);

    [Theory]
    [InlineData(-5, 20, Colour.Green)]
    [InlineData(5, -20, Colour.Red)]
    public void Follows_the_words_the_other_way_round_where_lower_is_better(int now, int before, Colour colour)
    {
        var lower = NewIndicator(direction: Direction.LowerIsBetter);
        Assert.Equal(colour,
            ColourEvaluator.Judge(lower, lower.Total(lower.Contribute("2022-01", Year(now), Year(before))), Growth5, Rule, 1, null, null,
                Colour.Amber)?.Colour);
    }

    [Fact]
    public void Of_a_plan_does_not_follow_the_words_of_the_growth()
    {
        var stock = NewIndicator(StockKind.Instance);
        var total = stock.Total(stock.Contribute("2022-01", Year(5), Year(-20)));
        Assert.Equal(GrowthWord.LossToProfit, total.Growth.Word);
        Assert.Null(ColourEvaluator.Judge(stock, total, Plan, Rule, 1, null, null, Colour.Amber));
    }

    [Fact]
    public void Is_green_at_the_target_itself_where_amber_begins_right_below_it()
    {
        var strict = Rule with { AmberBehind = 0 };
        Assert.Equal(Colour.Green, ColourEvaluator.Judge(NewIndicator(), Growing(5), Growth5, strict, 1, null, null, Colour.Green)?.Colour);
        Assert.Equal(
            Colour.Amber, ColourEvaluator.Judge(NewIndicator(), Growing(4.9m), Growth5, strict, 1, null, null, Colour.Green)?.Colour);
    }

    [Fact]
    public void Never_gets_worse_by_the_margin_however_wide_it_is()
    {
        var wide = Rule with { Margin = 50 };
        Assert.Equal(Colour.Amber, ColourEvaluator.Judge(NewIndicator(), Growing(5), Growth5, wide, 1, null, null, Colour.Amber)?.Colour);
    }

    [Fact]
    public void Is_not_said_where_nothing_is_known() =>
        Assert.Null(ColourEvaluator.Judge(NewIndicator(), NewIndicator().Total(default), Plan, Rule, 6, null, null, Colour.Red));
}

/// <summary>Green at or above the target and the siblings' average, amber growing but below either, red shrinking.</summary>
public sealed class A_colour_by_siblings
{
    private static readonly ColourRule Rule = new(UnitLevel.Enterprise, ColourScheme.Siblings, 10, 30, 1, false);
    private static readonly Target Growth5 = new(Street, new("SALES"), 2022, TargetKind.Growth, 5);

    private static Colour At(
        decimal growth, decimal? average, Colour previous = Colour.Green, Direction direction = Direction.HigherIsBetter) =>
        ColourEvaluator.Judge(NewIndicator(direction: direction), A_colour_by_pace.Growing(growth), Growth5, Rule, 1, null, average,
            previous)!.Value.Colour;

    [Theory]
    [InlineData(5.0, 5.0, Colour.Green)]
    [InlineData(8.0, null, Colour.Green)]
    [InlineData(8.0, 8.1, Colour.Amber)]
    [InlineData(4.9, 2.0, Colour.Amber)]
    [InlineData(0.0, 2.0, Colour.Amber)]
    [InlineData(-0.1, -9.0, Colour.Red)]
    public void Compares_with_the_target_and_the_siblings(double growth, double? average, Colour colour) =>
        Assert.Equal(colour, At((decimal)growth, (decimal?)average));

    [Fact]
    public void Turns_round_where_lower_is_better()
    {
        Assert.Equal(Colour.Green, At(-8, -3, direction: Direction.LowerIsBetter));
        Assert.Equal(Colour.Amber, At(-2, -3, direction: Direction.LowerIsBetter));
        Assert.Equal(Colour.Red, At(2, 9, direction: Direction.LowerIsBetter));
    }

    [Theory]
    [InlineData(0.5, Colour.Red, Colour.Red)]
    [InlineData(1, Colour.Red, Colour.Amber)]
    [InlineData(5.5, Colour.Amber, Colour.Amber)]
    [InlineData(6, Colour.Amber, Colour.Green)]
    [InlineData(6, Colour.Red, Colour.Green)]
    public void Steps_down_only_past_the_margin(double growth, Colour previous, Colour colour) =>
        Assert.Equal(colour, At((decimal)growth, 5, previous));
}
