using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Totals;

/// <summary>Builds the published form of a total. This is the only place that rounds it.</summary>
internal static class TotalBuilder
{
    /// <summary>The total of a node; null: nothing is known of it.</summary>
    /// <param name="cube">The cube.</param>
    /// <param name="node">The node.</param>
    /// <param name="indicator">The indicator.</param>
    /// <param name="period">The month.</param>
    /// <param name="judgement">The colour of the month, with hysteresis; null: none.</param>
    /// <param name="now">The time, which decides whether the month is final.</param>
    /// <param name="version">The version that it has if it is published.</param>
    /// <param name="cause">The ledger rows that can have changed it.</param>
    public static IndicatorTotal? Build(
        Cube.IndicatorCube cube, int node, Indicator indicator, Period period, Judgement? judgement, DateTimeOffset now,
        int version = 0, IReadOnlyList<long>? cause = null)
    {
        if (cube.TotalOf(node, indicator, period, now) is not { } total)
        {
            return null;
        }

        var before = period.Month > 1 ? cube.TotalOf(node, indicator, period.Previous, now) : null;
        var target = cube.Targets.Of(node, indicator, period.Year);
        var hasGrowth = indicator.Basis != GrowthBasis.None;
        return new IndicatorTotal
        {
            Indicator = indicator.Code.Value,
            Month = Normalize(total.Month),
            YearToDate = Normalize(total.Ytd),
            Printed = total.Ytd is { } ytd ? Normalize(Rounding.Print(ytd, indicator.Printing)) : null,
            Base = Normalize(total.Base),
            Compared = total.Compared == total.Ytd ? null : Normalize(total.Compared),
            Growth = hasGrowth ? Normalize(total.Growth.Published) : null,
            GrowthWords = hasGrowth ? PublishedTerms.WordsOf(total.Growth.Word) : null,
            GrowthAmount = hasGrowth && total.Growth.Word != GrowthWord.None ? Normalize(total.Growth.Amount) : null,
            GrowthChange = hasGrowth && IsComplete(total) && IsComplete(before)
                ? Normalize(Growth.Change(total.Growth.Published, before?.Growth.Published)) : null,
            Basis = !hasGrowth || total.Base is null ? null : ComparisonBuilder.BasisOf(indicator, total),
            BaseSubstitutes = total.Substitutes,
            LeftOut = hasGrowth ? ComparisonBuilder.LeftOutOf(total) : null,
            RecordedGrowth = Normalize(total.Recorded.Published),
            ComparableGrowth = Normalize(total.Comparable.Published),
            Reported = total.Reported,
            Expected = total.Expected,
            Approved = total.Approvals?.Approved,
            ToApprove = total.Approvals?.ToApprove,
            State = PublishedTerms.StateOf(total.State),
            Target = Normalize(target?.Value),
            TargetKind = target is null ? null : PublishedTerms.TypeOf(target.Kind),
            Gap = judgement?.Gap is { } gap ? Normalize(Rounding.Rate(gap)) : null,
            Colour = judgement is { } judged ? PublishedTerms.ColourOf(judged.Colour) : null,
            Stages = StagesOf(indicator, total),
            Since = total.Stages?.Since,
            UnitsWithoutStage = total.Stages?.UnitsWithoutStage,
            PlannedStage = target is null ? null : indicator.Kind.StagePlannedFor(target, period.Month),
            UnitsBehind = target is null ? null : indicator.Kind.UnitsBehind(total.Stages, target, period.Month),
            Numerator = Normalize(total.Parts?.Numerator),
            Denominator = Normalize(total.Parts?.Denominator),
            Version = version,
            Cause = cause ?? [],
        };
    }

    /// <summary>The total that withdraws a published one without remaining figures.</summary>
    public static IndicatorTotal BuildWithdrawn(
        Cube.IndicatorCube cube, int node, Indicator indicator, Period period, int version = 0, IReadOnlyList<long>? cause = null) => new()
        {
            Indicator = indicator.Code.Value,
            Reported = 0,
            Expected = cube.ExpectedOf(node, indicator, period),
            State = ResultState.Provisional,
            Version = version,
            Cause = cause ?? [],
        };

    /// <summary>The number of units at each stage, from stage 0; null: the kind has no stages, or nothing is reported.</summary>
    public static IReadOnlyList<int>? StagesOf(Indicator indicator, Total total) =>
        total.Stages is { } counts ? [.. Enumerable.Range(0, indicator.Kind.StagesOf(indicator).Count).Select(counts.UnitsAt)] : null;

    // The growth of a part of the units is not comparable with the growth of all.
    private static bool IsComplete(Total? total) => total is { State: not TotalState.Provisional };

    /// <summary>
    /// Removes trailing zeros. 12.50 and 12.5 are the same figure, and must be published alike whatever the order of addition.
    /// </summary>
    public static decimal? Normalize(decimal? value) => value is { } v ? Normalize(v) : null;

    /// <inheritdoc cref="Normalize(decimal?)"/>
    public static decimal Normalize(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = (ulong)(uint)bits[1] << 32 | (uint)bits[0];
        if (bits[2] != 0 || digits == 0)
        {
            // A quotient has no trailing zeros.
            return value / 1.0000000000000000000000000000m;
        }

        var scale = value.Scale;
        while (scale > 0 && digits % 10 == 0)
        {
            (digits, scale) = (digits / 10, (byte)(scale - 1));
        }

        return scale == value.Scale ? value : new decimal((int)digits, (int)(digits >> 32), 0, value < 0, scale);
    }
}
