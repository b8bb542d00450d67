using XilinIngest.Admin.Federation;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Tests.Federation;

/// <summary>A street that reports its totals to a district, with one indicator.</summary>
internal static class UpperCatalogue
{
    internal const string Code = "SALES";
    internal static readonly Period July = new(2022, 7);

    private static readonly UnitCode District = new(XilinSubmissions.District);

    internal static Indicator NewIndicator(
        IndicatorKind kind, string unit = "万元", bool mayBeNegative = false, JanuaryExemption? january = null, int stages = 0,
        UnitLevel reportedBy = UnitLevel.Village) => new()
        {
            Code = new(Code),
            NameZh = "销售额",
            NameEn = "Sales",
            CanonicalUnit = unit,
            Kind = kind,
            ReportedBy = reportedBy,
            JanuaryExempt = january,
            Basis = GrowthBasis.Comparable,
            RankBy = RankBy.Growth,
            Direction = Direction.HigherIsBetter,
            MayBeNegative = mayBeNegative,
            Printing = new("亿元", "100 million yuan", 10_000, 1, true, "", "", ""),
            Chapter = "发展",
            Section = "经济",
            Stages = [.. Enumerable.Range(0, stages).Select(stage => new Stage($"阶段{stage}", $"stage {stage}"))],
            Order = 0,
        };

    internal static UpperPlace Place(Indicator? indicator, Period? period = null, bool takesProvisional = false)
    {
        var street = NewUnit(new(XilinSubmissions.Xilin), UnitKind.Street, District, 1);
        var tree = new UnitTree([NewUnit(District, UnitKind.District, null, 0), street]);
        return new(
            new Catalogue(indicator is null ? [] : [indicator], tree, [], [], [], []), street, period ?? July, takesProvisional);
    }

    internal static IndicatorTotal Total() => new()
    {
        Indicator = Code,
        Reported = 3,
        Expected = 3,
        State = ResultState.Complete,
        Version = 4,
        Cause = [7],
    };

    private static Unit NewUnit(UnitCode code, UnitKind kind, UnitCode? parent, int index) => new()
    {
        Code = code,
        NameZh = code.Value,
        NameEn = code.Value,
        Kind = kind,
        ReportsWhole = kind == UnitKind.Street,
        Spans = [new(new Period(2000, 1), null, parent, new HashSet<string>())],
        Index = index,
    };
}
