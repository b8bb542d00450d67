namespace XilinIngest.Indicators;

public enum Colour { Green, Amber, Red }

/// <summary>A verdict on a figure against its target.</summary>
/// <param name="Colour">The colour.</param>
/// <param name="Value">What was judged: growth in per cent, or the completion of the plan in per cent; null where only a word can be said.</param>
/// <param name="Gap">Exact percentage points ahead (+) or behind (−); null with the value.</param>
public readonly record struct Judgement(Colour Colour, decimal? Value, decimal? Gap);

/// <summary>三级三色: red, amber, green by configured thresholds.</summary>
public static class Colours
{
    /// <summary>
    /// Judges a complete total. Null: nothing can be said (no growth), and what was said before stands.
    /// </summary>
    /// <param name="total">The unit's total.</param>
    /// <param name="target">Its target.</param>
    /// <param name="rule">The thresholds of its level.</param>
    /// <param name="direction">A lower figure may be the better one.</param>
    /// <param name="month">n of n ÷ 12.</param>
    /// <param name="siblings">The growth of all siblings together (their parent's), where known.</param>
    /// <param name="previous">The colour of the month before: a threshold must be passed by the rule's margin to step down.</param>
    public static Judgement? Judge(
        Total total, Target target, ColourRule rule, Direction direction, int month, decimal? siblings, Colour previous)
    {
        if (target.Kind == TargetKind.Growth && total.Growth.Percent is null)
        {
            return total.Growth.Word switch
            {
                GrowthWord.ProfitToLoss or GrowthWord.LossLarger => new(Colour.Red, null, null),
                GrowthWord.LossToProfit or GrowthWord.LossSmaller => new(Colour.Green, null, null),
                _ => null,
            };
        }

        if (target.Kind == TargetKind.Amount && total.Ytd is null)
        {
            return null;
        }

        var (value, ahead) = target.Kind == TargetKind.Growth
            ? (total.Growth.Percent!.Value, total.Growth.Percent.Value - target.Value)
            : (Pace.Completion(total.Ytd!.Value, target.Value), Pace.Gap(total.Ytd.Value, target.Value, month));
        var gap = direction == Direction.HigherIsBetter ? ahead : -ahead;

        var colour = Step(previous, rule.Margin, worse => rule.Scheme == ColourScheme.Siblings && target.Kind == TargetKind.Growth
            ? BySiblings(value, gap, siblings, direction, worse)
            : At(worse - gap, rule));
        return new Judgement(colour, value, gap);
    }

    // Better, but by less than the margin: it stays as it was, so that a figure on the threshold does not flap.
    private static Colour Step(Colour previous, decimal margin, Func<decimal, Colour> at)
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

    private static Colour At(decimal behind, ColourRule rule) =>
        behind > rule.RedBehind ? Colour.Red
        : behind > 0 && behind >= rule.AmberBehind ? Colour.Amber
        : Colour.Green;
}
