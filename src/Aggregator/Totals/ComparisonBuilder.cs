using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Totals;

/// <summary>Builds the comparison that is published beside a growth, and its text.</summary>
internal static class ComparisonBuilder
{
    /// <summary>From a published total, exact or printed; null: nothing is compared.</summary>
    public static GrowthComparison? Build(IndicatorTotal? total, Printing? printing)
    {
        if (FiguresOf(total) is not var (current, @base) || total is not { Basis: { } basis })
        {
            return null;
        }

        return new GrowthComparison
        {
            Current = Amount(current),
            Base = Amount(@base),
            Basis = basis,
            Words = total.GrowthWords,
            Amount = total.GrowthAmount is { } amount ? Amount(amount) : null,
            Substitutes = total.BaseSubstitutes,
            LeftOut = total.LeftOut,
        };

        decimal Amount(decimal exact) => TotalBuilder.Normalize(printing is null ? exact : Rounding.Print(exact, printing));
    }

    /// <summary>The compared figures of a published total, exact; null: nothing is compared.</summary>
    public static (decimal Current, decimal Base)? FiguresOf(IndicatorTotal? total) =>
        total is { Base: { } @base, Basis: not null } ? (total.Compared ?? total.YearToDate ?? 0, @base) : null;

    /// <summary>The same of the sums.</summary>
    public static (decimal Current, decimal Base)? FiguresOf(Indicator indicator, Total total) =>
        indicator.Basis != GrowthBasis.None && total.Base is { } @base ? (total.Compared ?? total.Ytd ?? 0, @base) : null;

    /// <summary>From the sums, exact; null: nothing is compared.</summary>
    public static GrowthComparison? Build(Indicator indicator, Total? total)
    {
        if (total is null || FiguresOf(indicator, total) is not var (current, @base))
        {
            return null;
        }

        var growth = total.Growth;
        return new GrowthComparison
        {
            Current = Amount(current),
            Base = Amount(@base),
            Basis = BasisOf(indicator, total),
            Words = PublishedTerms.WordsOf(growth.Word),
            Amount = growth.Word == GrowthWord.None ? null : Amount(growth.Amount),
            Substitutes = total.Substitutes,
            LeftOut = LeftOutOf(total),
        };

        static decimal Amount(decimal amount) => TotalBuilder.Normalize(amount);
    }

    /// <summary>
    /// The basis of the growth. An indicator on the comparable basis has the recorded one if no unit reported a base of its own.
    /// </summary>
    public static ComparisonBasis BasisOf(Indicator indicator, Total total) =>
        indicator.Basis == GrowthBasis.Comparable && total.Comparable != Growth.Absent
            ? ComparisonBasis.Comparable : ComparisonBasis.Recorded;

    public static UnitsLeftOut? LeftOutOf(Total total) => total.LeftOut is { Count: > 0 } leftOut
        ? new UnitsLeftOut
        {
            Closed = leftOut.Closed,
            New = leftOut.New,
            WithoutBase = leftOut.WithoutBase,
            Incomplete = leftOut.Incomplete
        }
        : null;

    /// <summary>Such as 可比口径，1.20亿元与1.05亿元比；3家未计入（新增2家、无基数1家）.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="ytd">The year-to-date beside it. The compared figure is named only if it differs.</param>
    /// <param name="amount">An amount of the comparison with its unit.</param>
    public static string Zh(GrowthComparison comparison, decimal? ytd, Func<decimal, string> amount)
    {
        var compared = comparison.Current == ytd ? "" : amount(comparison.Current);
        var basis = comparison.Basis == ComparisonBasis.Comparable ? "可比口径" : "上年原报数口径";
        var substitutes = comparison.Basis == ComparisonBasis.Comparable && comparison.Substitutes > 0
            ? $"；{comparison.Substitutes}家以上年原报数代替" : "";
        return $"{basis}，{compared}与{amount(comparison.Base)}比{substitutes}{LeftOutZh(comparison.LeftOut)}";
    }

    /// <inheritdoc cref="Zh"/>
    public static string En(GrowthComparison comparison, decimal? ytd, Func<decimal, string> amount)
    {
        var current = amount(comparison.Current);
        var compared = ytd is { } beside && amount(beside) == current ? "" : current + " ";
        var substitutes = comparison.Basis == ComparisonBasis.Comparable && comparison.Substitutes > 0
            ? $"; {comparison.Substitutes} recorded figures stand in" : "";
        return $"{comparison.Basis.ToWireName()} basis, "
            + $"{compared}against {amount(comparison.Base)}{substitutes}{LeftOutEn(comparison.LeftOut)}";
    }

    private static string LeftOutZh(UnitsLeftOut? leftOut) => leftOut is null ? ""
        : $"；{Count(leftOut)}家未计入（"
            + string.Join('、', Parts(leftOut, "关停", "新增", "无基数", "未报齐").Select(part => $"{part.Name}{part.Count}家")) + "）";

    private static string LeftOutEn(UnitsLeftOut? leftOut) => leftOut is null ? ""
        : $"; {EnglishNoun.Count(Count(leftOut), "units")} left out "
            + "(" + string.Join(", ", Parts(leftOut, "closed", "new", "without a base", "incomplete")
                .Select(part => $"{part.Name} {part.Count}")) + ")";

    private static int Count(UnitsLeftOut leftOut) => leftOut.Closed + leftOut.New + leftOut.WithoutBase + leftOut.Incomplete;

    private static IEnumerable<(string Name, int Count)> Parts(
        UnitsLeftOut leftOut, string closed, string @new, string withoutBase, string incomplete) =>
        new[] { (closed, leftOut.Closed), (@new, leftOut.New), (withoutBase, leftOut.WithoutBase), (incomplete, leftOut.Incomplete) }.Where(
            part => part.Item2 > 0);
}
