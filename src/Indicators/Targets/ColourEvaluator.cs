namespace XilinIngest.Indicators;

public enum Colour { Green, Amber, Red }

/// <summary>A verdict on a figure against its target.</summary>
/// <param name="Colour">The colour.</param>
/// <param name="Value">What was judged, as in <see cref="TargetProgress"/>; null where only a word can be said, or the target is
/// zero.</param>
/// <param name="Gap">Exact percentage points ahead (+) or behind (−), by the direction of the indicator; null with the value.</param>
public readonly record struct Judgement(Colour Colour, decimal? Value, decimal? Gap);

/// <summary>三级三色: red, amber, green by configured thresholds.</summary>
public static class ColourEvaluator
{
    /// <summary>
    /// Judges a complete total. Null: nothing can be said (no growth), and what was said before stands.
    /// </summary>
    /// <param name="indicator">The indicator: its kind says what is held against the target, its direction which is the better.</param>
    /// <param name="total">The unit's total.</param>
    /// <param name="target">Its target.</param>
    /// <param name="rule">The thresholds of its level.</param>
    /// <param name="month">n of n ÷ 12.</param>
    /// <param name="yearEnd">A stock's figure at last year's end, where it is known.</param>
    /// <param name="siblings">The growth of all siblings together (their parent's), where known.</param>
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
            // 零上访: a target of zero is kept or it is not.
            return new(progress.Excess > 0 ? Colour.Red : Colour.Green, null, null);
        }

        var gap = indicator.Direction == Direction.HigherIsBetter ? above : -above;
        var colour = ApplyHysteresis(previous, rule.Margin, worse => rule.Scheme == ColourScheme.Siblings
            && target.Kind == TargetKind.Growth
            ? BySiblings(value, gap, siblings, indicator.Direction, worse)
            : ByThresholds(worse - gap, rule));
        return new Judgement(colour, value, gap);
    }

    // A fall without a percentage is red and a rise green; where lower is better it is the other way round.
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

    // Better, but by less than the margin: it stays as it was, so that a figure on the threshold does not flap.
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
