namespace XilinIngest.Indicators.Tests;

/// <summary>Units, indicators and years to test with.</summary>
internal static class SampleIndicators
{
    internal static readonly UnitCode District = new("320404000000");
    internal static readonly UnitCode Street = new("320404004000");
    internal static readonly UnitCode VillageOne = new("320404004201");
    internal static readonly UnitCode VillageTwo = new("320404004202");

    internal static Period Month(string text) => Period.Parse(text);

    internal static UnitSpan Span(string from, string? to, UnitCode? parent, params string[] registers) =>
        new(Month(from), to is null ? null : Month(to), parent, registers.ToHashSet());

    internal static Unit NewUnit(UnitCode code, UnitKind kind, int index = 0, bool whole = false, params UnitSpan[] spans) => new()
    {
        Code = code,
        NameZh = code.Value,
        NameEn = code.Value,
        Kind = kind,
        ReportsWhole = whole,
        Spans = spans,
        Index = index,
    };

    /// <summary>A village that reports from one month to another.</summary>
    internal static Unit Village(string from = "2000-01", string? to = null) =>
        NewUnit(VillageOne, UnitKind.Village, spans: Span(from, to, Street));

    internal static Indicator NewIndicator(
        IndicatorKind? kind = null, GrowthBasis basis = GrowthBasis.Recorded, JanuaryExemption? january = null,
        string? register = null, RankBy rankBy = RankBy.Growth, Direction direction = Direction.HigherIsBetter, int decimals = 1) => new()
        {
            Code = new("SALES"),
            NameZh = "销售额",
            NameEn = "Sales",
            CanonicalUnit = "万元",
            Kind = kind ?? FlowKind.Instance,
            ReportedBy = UnitLevel.Village,
            Register = register,
            JanuaryExempt = january,
            Basis = basis,
            RankBy = rankBy,
            Direction = direction,
            MayBeNegative = true,
            Printing = new("亿元", "100 million yuan", 10_000, decimals, true, "", "", ""),
            Chapter = "发展",
            Section = "经济",
            Order = 0,
        };

    /// <summary>Twelve months: the values given, nothing after them.</summary>
    internal static Figures[] Year(params decimal?[] values)
    {
        var year = new Figures[12];
        for (var i = 0; i < values.Length; i++)
        {
            year[i] = new(values[i]);
        }

        return year;
    }

    internal static Figures[] With(this Figures[] year, int month, Func<Figures, Figures> change)
    {
        year[month - 1] = change(year[month - 1]);
        return year;
    }

    /// <summary>Twelve months of the same value.</summary>
    internal static Figures[] Every(decimal value) => Year([.. Enumerable.Repeat((decimal?)value, 12)]);

    internal static Sums Contribute(
        this Indicator indicator, string period, Figures[] year, Figures[]? lastYear = null, Unit? unit = null) =>
        Contribution.Compute(indicator, unit ?? Village(), Month(period), year, lastYear ?? new Figures[12]);

    internal static Total Total(
        this Indicator indicator, Sums sums, int expected = 1, bool locked = false, Sums lastYear = default, bool? isOwn = null) =>
        Indicators.Total.FromSums(indicator, sums, lastYear, expected, locked, isOwn ?? expected == 1);
}
