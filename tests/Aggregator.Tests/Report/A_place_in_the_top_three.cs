using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Report;

/// <summary>
/// A street and a town with villages, and three streets that report whole. The first village of either doubles its output, and is
/// vaccinated.
/// </summary>
public sealed class A_place_in_the_top_three
{
    private const string District = "320404000000", Street = "320404001000", Town = "320404002000", Late = "320404005000";
    private const string StreetVillage = "320404001201", TownVillage = "320404002201";
    private readonly AggregatorFixture _teller = new(Of(villages: 4));

    [Theory]
    [InlineData(Street, "全区", "district")]
    [InlineData(StreetVillage, "全街道", "sub-district")]
    [InlineData(TownVillage, "全镇", "town")]
    public void Is_one_among_those_under_the_same_parent(string unit, string zh, string en)
    {
        var report = Report(_teller, unit, AllReport);
        Assert.Equal([TestDistrict.Output], report.TopThree);
        Assert.Contains($"指标0增幅1项指标排名{zh}前三。", report.ParagraphZh, StringComparison.Ordinal);
        Assert.Contains($" In the {en}'s top three by growth (1): OUTPUT.", report.ParagraphEn, StringComparison.Ordinal);
        Assert.Equal(ResultState.Complete, report.Rows[0].RankingState);
    }

    [Theory]
    [InlineData(Street, true)]
    [InlineData(StreetVillage, false)]
    public void In_a_phrase_without_a_figure_is_one_in_the_district(string unit, bool isSaid) =>
        Assert.Equal(isSaid, Report(_teller, unit, AllReport).ParagraphZh.Contains("接种率保持全区前列", StringComparison.Ordinal));

    [Fact]
    public void Is_claimed_by_no_one_while_a_sibling_has_not_reported()
    {
        var report = Report(_teller, Street, submission => submission.Period != "2022-02" || submission.Unit != Late);
        Assert.Equal((1, 4, ResultState.Complete, ResultState.Provisional),
            (report.Rows[0].Rank, report.Rows[0].Ranked, report.Rows[0].State, report.Rows[0].RankingState));
        AssertNothingIsClaimed(report);
    }

    [Fact]
    public void Is_claimed_by_no_one_where_all_have_one()
    {
        var report = Report(new AggregatorFixture(Of(villages: 3)), StreetVillage, AllReport);
        Assert.Equal((1, 3, ResultState.Complete), (report.Rows[0].Rank, report.Rows[0].Ranked, report.Rows[0].RankingState));
        AssertNothingIsClaimed(report);
    }

    private static void AssertNothingIsClaimed(AnnualReport report)
    {
        Assert.Empty(report.TopThree);
        Assert.DoesNotContain("前", report.ParagraphZh, StringComparison.Ordinal);
        Assert.DoesNotContain("top three", report.ParagraphEn, StringComparison.Ordinal);
    }

    private static bool AllReport(AcceptedSubmission submission) => true;

    private static AnnualReport Report(AggregatorFixture teller, string unit, Func<AcceptedSubmission, bool> reports)
    {
        var (units, sent) =
            (teller.Cube.Catalogue.Units, new[] { 2021, 2022 }.SelectMany(year => new[] { new Period(year, 1), new Period(year, 2) }));
        teller.Step(sent.SelectMany(
            period => units.All.Where(unit => UnitTree.Reports(unit, Output, period)).Select((unit, i) => Sheet(unit, period, i)))
            .Where(reports));
        return ReportBuilder.Build(teller.Published, units[new UnitCode(unit)], 2022, 2)!;
    }

    private static AcceptedSubmission Sheet(Unit unit, Period period, int number)
    {
        var isFirst = period.Year == 2022 && unit.Code.Value is StreetVillage or TownVillage;
        return SubmissionHistory.Submission(unit.Code.Value, period, 1, AggregatorFixture.Now.AddYears(-1),
            new Guid(number, (short)period.Number, 0, new byte[8]),
        [
            new AcceptedValue { Indicator = TestDistrict.Output, Value = isFirst ? 20 : 10 },
            new AcceptedValue { Indicator = TestDistrict.Vaccination, Numerator = isFirst ? 20 : 10, Denominator = 20 },
        ]);
    }

    private static Indicator Output => TestDistrict.Indicators[0] with { ReportedBy = UnitLevel.Village };

    private static Indicator Vaccination => TestDistrict.Indicators[4] with
    {
        Order = 1,
        Basis = GrowthBasis.None,
        RankBy = RankBy.Value,
        Printing = TestDistrict.Indicators[4].Printing with { PhraseZh = "接种率保持全区前列" },
    };

    private static Catalogue Of(int villages)
    {
        Unit[] units =
        [
            Unit(District, UnitKind.District, null), Unit(Street, UnitKind.Street, District), Unit(Town, UnitKind.Town, District),
            .. new[] { "320404003000", "320404004000", Late }.Select(
                code => Unit(code, UnitKind.Street, District) with { ReportsWhole = true }),
            .. new[] { Street, Town }.SelectMany(
                parent => Enumerable.Range(201, villages).Select(code => Unit($"{parent[..9]}{code}", UnitKind.Village, parent))),
        ];
        var window = new CalendarWindow(new Period(2022, 2), AggregatorFixture.Now.AddMonths(-8), AggregatorFixture.Now.AddMonths(-7),
            AggregatorFixture.Now.AddMonths(-6), AggregatorFixture.Now.AddMonths(6));
        return new Catalogue([Output, Vaccination], new UnitTree([.. units.Select((unit, i) => unit with { Index = i })]), [], [window], [],
            []);
    }

    private static Unit Unit(string code, UnitKind kind, string? parent) => new()
    {
        Code = new UnitCode(code),
        NameZh = code,
        NameEn = code,
        Kind = kind,
        Index = 0,
        Spans = [new UnitSpan(TestDistrict.Start, null, parent is null ? null : new UnitCode(parent), new HashSet<string>())],
    };
}
