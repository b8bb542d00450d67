using System.Globalization;
using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Kinds;

/// <summary>
/// One table: every kind of indicator, and what its year-to-date, base, growth, completeness, target, pace, colour and rank are in
/// June 2022. A rule that knows only flows is wrong in one of these lines.
/// </summary>
public sealed class Every_kind_of_indicator
{
    private static readonly ColourRule Pace = new(UnitLevel.Village, ColourScheme.Pace, 10, 30, 2, false);

    public static TheoryData<string, string> Table => new()
    {
        // Flows: a sum against the sum of last year, a plan against six twelfths.
        { "flow of 10 a month, 8 a year ago, plan 120", "ytd 60, base 48, growth 25; 1 of 1; plan 50 %, gap 0, green; rank 25.0" },
        { "flow of 10 a month, 8 a year ago, growth 30", "ytd 60, base 48, growth 25; 1 of 1; at 25, gap -5, green; rank 25.0" },
        { "flow of 10 a month, 8 a year ago, ceiling 100", "ytd 60, base 48, growth 25; 1 of 1; plan 60 %, gap -10, amber; rank 25.0" },
        { "flow of 10 a month, 0 a year ago, growth 30", "ytd 60, base 0, BaseZero; 1 of 1; not judged; rank -" },
        { "flow of 10 a month, -8 a year ago, growth 30", "ytd 60, base -48, LossToProfit 108; 1 of 1; green; rank -" },
        { "flow of -1 a month, 8 a year ago, growth 30", "ytd -6, base 48, ProfitToLoss -54; 1 of 1; red; rank -" },
        { "flow of -1 a month, 8 a year ago, fall 30", "ytd -6, base 48, ProfitToLoss -54; 1 of 1; green; rank -" },
        { "flow of 0 a month, 0 a year ago, none at all", "ytd 0, base 0, BaseZero 0; 1 of 1; green; rank -" },
        { "flow of 1 a month, 0 a year ago, none at all", "ytd 6, base 0, BaseZero; 1 of 1; red; rank -" },
        { "flow exempt in January, 10 a month, 8 a year ago, plan 120",
            "ytd 50, base 40, growth 25; 1 of 1; plan 41.67 %, gap -8.33, green; rank 25.0" },
        { "flow missing in May, 10 a month, 8 a year ago, plan 120", "ytd 50, no base; 0 of 1; rank -" },

        // Stocks: the latest, against the same month; a plan from last year's end.
        { "stock of 105, 100 a year ago, plan 120", "ytd 105, base 100, growth 5; 1 of 1; plan 87.5 %, gap -4.17, green; rank 5.0" },
        { "stock of 100, 100 a year ago, plan 200", "ytd 100, base 100, growth 0; 1 of 1; plan 50 %, gap -25, amber; rank 0.0" },
        { "stock of 105, unknown a year ago, plan 120", "ytd 105, no base; 1 of 1; not judged; rank -" },
        { "stock of 3, 10 a year ago, none at all", "ytd 3, base 10, growth -70; 1 of 1; red; rank -70.0" },
        { "stock missing in June, 105, 100 a year ago, plan 120", "nothing" },

        // Net increases: since last year's end, a plan as a flow's; no growth.
        { "net increase to 108, 100 a year ago, plan 20", "ytd 8, no base; 1 of 1; plan 40 %, gap -10, amber; rank -" },
        { "net increase to 97, 100 a year ago, plan 20", "ytd -3, no base; 1 of 1; plan -15 %, gap -65, red; rank -" },
        { "net increase to 108, unknown a year ago, plan 20", "no ytd, no base; 1 of 1; not judged; rank -" },

        // Rates: from the parts; a change in points; a target is a level that every month is held against.
        { "rate of 96 of 100, 90 a year ago, level 98", "ytd 96, base 90, growth 6; 1 of 1; at 96, gap -2, green; rank 6.0" },
        { "rate of 50 of 100, 90 a year ago, level 98", "ytd 50, base 90, growth -40; 1 of 1; at 50, gap -48, red; rank -40.0" },
        { "rate of 5 of 100, 3 a year ago, level at most 3", "ytd 5, base 3, growth 2; 1 of 1; at 5, gap -2, green; rank 2.0" },
        { "rate of 0 of 0, 90 a year ago, level 98", "no ytd, no base; 1 of 1; not judged; rank -" },
        { "rate of 96 of 100, 0 of 0 a year ago, level 98", "ytd 96, no base; 1 of 1; at 96, gap -2, green; rank -" },
        { "rate missing in June", "nothing" },

        // Given: an index or a real growth, as it is.
        { "index of 104.5, 102 a year ago, level 105", "ytd 104.5, no base; 1 of 1; at 104.5, gap -0.5, green; rank -" },
        { "index of -3, 1 a year ago, level -2", "ytd -3, no base; 1 of 1; at -3, gap -1, green; rank -" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Has_its_own_rules_of_calculation(string what, string expected)
    {
        var (indicator, year, last, target) = Parse(what);
        var period = Month("2022-06");
        var sums = indicator.Contribute("2022-06", year, last);
        var total = indicator.Total(sums, lastYear: indicator.Contribute("2021-06", last, last));
        var yearEnd = indicator.Kind == StockKind.Instance && last[11].Value is { } end ? end : (decimal?)null;
        var judged = target is null || total.State == TotalState.Provisional
            ? null : ColourEvaluator.Judge(indicator, total, target, Pace, period.Month, yearEnd, null, Colour.Green);
        Assert.Equal(expected, sums.Reported + sums.MonthCount == 0 ? "nothing" : Text(indicator, total, target, judged));
    }

    [Fact]
    public void Has_a_stock_that_is_judged_in_December_though_last_years_end_is_unknown()
    {
        var firms = NewIndicator(StockKind.Instance);
        var plan = new Target(VillageOne, firms.Code, 2022, TargetKind.Amount, 120);
        var total = firms.Total(firms.Contribute("2022-12", Every(105)));
        Assert.Equal(new TargetProgress(87.5m, -12.5m), TargetProgress.Measure(firms, total, plan, 12, null));
        Assert.Equal(new TargetProgress(87.5m, -12.5m), TargetProgress.Measure(firms, total, plan, 12, 90));
        Assert.Null(TargetProgress.Measure(firms, total, plan, 11, null));
    }

    private static string Text(Indicator indicator, Total total, Target? target, Judgement? judged)
    {
        var growth = total.Base is null ? "no base"
            : $"base {Number(total.Base)}, "
            + (total.Growth.Percent is { } percent
                ? $"growth {Number(percent)}"
                : total.Growth.Word
                + (total.Growth.Word == GrowthWord.BaseZero && total.Growth.Amount != 0 ? "" : $" {Number(total.Growth.Amount)}"));
        var isLevel = target?.Kind == TargetKind.Growth || indicator.Kind is RateKind or GivenKind;
        var colour = total.State == TotalState.Provisional ? ""
            : judged is not { } judgement ? "not judged; "
            : (judgement.Value is { } value
                ? $"{(isLevel ? "at" : "plan")} {Number(value)}{(isLevel ? "" : " %")}, gap {Number(judgement.Gap)}, " : "")
                + $"{judgement.Colour.ToString().ToLowerInvariant()}; ";
        var rank = CompetitionRanking.ValueOf(indicator, UnitLevel.Street, total, target) is { } ranked
            ? ranked.ToString("0.0", CultureInfo.InvariantCulture) : "-";
        return $"{(total.Ytd is null ? "no ytd" : $"ytd {Number(total.Ytd)}")}, {growth}; {total.Reported} "
            + $"of {total.Expected}; {colour}rank {rank}";
    }

    private static string Number(decimal? value) =>
        Rounding.HalfAwayFromZero(value!.Value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    // The line in words, so that the table reads as a specification.
    private static (Indicator Indicator, Figures[] Year, Figures[] Last, Target? Target) Parse(string what)
    {
        var kind = what.Split(' ')[0] switch
        {
            "flow" => FlowKind.Instance,
            "stock" =>
                StockKind.Instance,
            "net" => NetIncreaseKind.Instance,
            "rate" => RateKind.Instance,
            _ => GivenKind.Instance,
        };
        var lower = new[] { "ceiling", "none at all", "at most", "fall" }.Any(word => what.Contains(word, StringComparison.Ordinal));
        var basis = kind is NetIncreaseKind or GivenKind ? GrowthBasis.None : GrowthBasis.Recorded;
        var january = what.Contains("exempt", StringComparison.Ordinal) ? new JanuaryExemption(2000, 9999) : (JanuaryExemption?)null;
        var indicator = NewIndicator(kind, basis, january, direction: lower ? Direction.LowerIsBetter : Direction.HigherIsBetter);
        var numbers =
            System.Text.RegularExpressions.Regex.Matches(what, @"-?\d+(\.\d+)?")
            .Select(match => decimal.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        var isRate = kind == RateKind.Instance;
        var hasTarget = !what.EndsWith("June", StringComparison.Ordinal);
        decimal? aim = what.EndsWith("none at all", StringComparison.Ordinal) ? 0 : hasTarget ? numbers[^1] : null;
        var target = aim is not { } value ? null
            : new Target(VillageOne, indicator.Code, 2022,
                what.Contains("growth", StringComparison.Ordinal) || lower && what.Contains("fall", StringComparison.Ordinal)
                    ? TargetKind.Growth : TargetKind.Amount, value);
        var unknown = what.Contains("unknown", StringComparison.Ordinal);
        var (year, last) = isRate
            ? (Rates(numbers is [var part, var whole, ..] ? (part, whole) : (1, 1)),
                Rates(what.Contains("0 of 0 a year ago", StringComparison.Ordinal)
                    ? (0, 0) : (numbers is [_, _, var then, ..] ? then : 1, 100)))
            : (Every(numbers[0]), unknown ? new Figures[12] : Every(numbers[1]));
        if (what.Contains("missing", StringComparison.Ordinal))
        {
            year[what.Contains("in May", StringComparison.Ordinal) ? 4 : 5] = default;
        }

        if (january is not null)
        {
            (year[0], last[0]) = (default, default);
        }

        return (indicator, year, last, target);
    }

    private static Figures[] Rates((decimal Part, decimal Whole) rate) =>
        [.. Enumerable.Repeat(new Figures(null, numerator: rate.Part, denominator: rate.Whole), 12)];
}
