namespace XilinIngest.Indicators;

public enum Colour { Green, Amber, Red }

/// <summary>The judgement of a figure against its target.</summary>
/// <param name="Colour">The colour.</param>
/// <param name="Value">The value judged, as in <see cref="TargetProgress"/>; null if the growth is a word or the target is zero.</param>
/// <param name="Gap">Exact percentage points ahead (+) or behind (−), by the direction of the indicator; null if the value is null.</param>
public readonly record struct Judgement(Colour Colour, decimal? Value, decimal? Gap);

/// <summary>三级三色: red, amber, green by configured thresholds.</summary>
public static class ColourEvaluator
{
    /// <summary>Judges a complete total. Null if it cannot be judged (no growth); the earlier judgement then stays in effect.</summary>
    /// <param name="indicator">
    /// The indicator: its kind determines what is compared with the target, its direction which side is better.
    /// </param>
    /// <param name="total">The unit's total.</param>
    /// <param name="target">Its target.</param>
    /// <param name="rule">The thresholds of its level.</param>
    /// <param name="month">n of n ÷ 12.</param>
    /// <param name="yearEnd">A stock's figure at last year's end, if known.</param>
    /// <param name="siblings">The growth of all siblings together (their parent's), if known.</param>
    /// <param name="previous">The colour of the month before: a threshold must be passed by the rule's margin to step down.</param>
    public static Judgement? Judge(
        Indicator indicator, Total total, Target target, ColourRule rule, int month, decimal? yearEnd, decimal? siblings, Colour previous)
    {
        if (TargetProgress.Measure(indicator, total, target, month, yearEnd) is not { } progress)
        {
            return target.Kind == TargetKind.Growth ? ByWord(total.Growth.Word, indicator.Direction) : null;
        }

        if (progress is not { Value: { } value, PointsAbove: { } above })
        {
            // 零上访: a target of zero has no intermediate colour.
            return new(progress.Excess > 0 ? Colour.Red : Colour.Green, null, null);
        }

        var gap = indicator.Direction == Direction.HigherIsBetter ? above : -above;
        var colour = ApplyHysteresis(previous, rule.Margin, worse => rule.Scheme == ColourScheme.Siblings
            && target.Kind == TargetKind.Growth
            ? BySiblings(value, gap, siblings, indicator.Direction, worse)
            : ByThresholds(worse - gap, rule));
        return new Judgement(colour, value, gap);
    }

    // A fall without a percentage is red and a rise is green. If lower is better, the colours are swapped.
    private static Judgement? ByWord(GrowthWord word, Direction direction)
    {
        bool? rises = word switch
        {
            GrowthWord.LossToProfit or GrowthWord.LossSmaller => true,
            GrowthWord.ProfitToLoss or GrowthWord.LossLarger => false,
            _ => null,
        };
        return rises is { } up ? new(up == (direction == Direction.HigherIsBetter) ? Colour.Green : Colour.Red, null, null) : null;
    }

    // A figure that is better by less than the margin keeps its colour, so that a figure near the threshold does not flap.
    private static Colour ApplyHysteresis(Colour previous, decimal margin, Func<decimal, Colour> at)
    {
        var plain = at(0);
        if (plain >= previous)
        {
            return plain;
        }

        var withMargin = at(margin);
        return withMargin > previous ? previous : withMargin;
    }

    private static Colour BySiblings(decimal growth, decimal gap, decimal? siblings, Direction direction, decimal worse)
    {
        var sign = direction == Direction.HigherIsBetter ? 1 : -1;
        var better = sign * growth - worse;
        return better < 0 ? Colour.Red
            : gap >= worse && (siblings is null || better >= sign * siblings) ? Colour.Green
            : Colour.Amber;
    }

    private static Colour ByThresholds(decimal behind, ColourRule rule) =>
        behind > rule.RedBehind ? Colour.Red
        : behind > 0 && behind >= rule.AmberBehind ? Colour.Amber
        : Colour.Green;
}
