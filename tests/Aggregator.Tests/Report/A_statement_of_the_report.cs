using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Report;

/// <summary>A village with 10 firms a year before, in a catalogue that prints no growth in the paragraph.</summary>
public sealed class A_statement_of_the_report
{
    private static readonly Period Month = new(2022, 1);

    [Theory]
    [InlineData(12, "增长20.0%", "up 20.0%")]
    [InlineData(9, "下降10.0%", "down 10.0%")]
    [InlineData(10, "与上年持平", "level with the year before")]
    [InlineData(0, "下降100.0%", "down 100.0%")]
    public void Has_every_rise_and_fall_though_the_paragraph_has_none(int firms, string zh, string en)
    {
        var row = RowOf(10, firms);
        Assert.DoesNotContain(zh, row.PhraseZh, StringComparison.Ordinal);
        Assert.EndsWith("，" + zh, row.StatementZh, StringComparison.Ordinal);
        Assert.EndsWith(", " + en, row.StatementEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_left_out_where_there_was_nothing_in_either_year() => AssertIsLeftOut(RowOf(null, 0));

    [Fact]
    public void Is_left_out_where_a_zero_was_zero_a_year_before() => AssertIsLeftOut(RowOf(0, 0));

    [Fact]
    public void Is_left_out_where_nothing_was_reported() => AssertIsLeftOut(RowOf(10, null));

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(10, 0, true)]
    [InlineData(10, 1, true)]
    public void Is_in_the_paragraph_too_unless_it_says_nothing(int before, int now, bool isTold)
    {
        var report = ReportOf(before, now);
        var row = report.Rows.Single(row => row.Indicator == TestDistrict.Firms);
        Assert.Equal(isTold, report.ParagraphZh.Contains(row.PhraseZh, StringComparison.Ordinal));
        Assert.Equal(isTold, report.ParagraphEn.Contains(row.PhraseEn, StringComparison.Ordinal));
    }

    private static void AssertIsLeftOut(ReportRow row) => Assert.Equal((null, null), (row.StatementZh, row.StatementEn));

    private static ReportRow RowOf(int? before, int? now) =>
        ReportOf(before, now).Rows.Single(row => row.Indicator == TestDistrict.Firms);

    private static AnnualReport ReportOf(int? before, int? now)
    {
        var catalogue = WithoutGrowth(UniformDistrict.Catalogue);
        var teller = new AggregatorFixture(catalogue);
        teller.Step([.. UniformDistrict.Month(Month.SameMonthLastYear), .. UniformDistrict.Month(Month),
            UniformDistrict.Revision(TestDistrict.Village1, TestDistrict.Firms, Month.SameMonthLastYear, before),
            UniformDistrict.Revision(TestDistrict.Village1, TestDistrict.Firms, Month, now)]);
        var village = catalogue.Units[new UnitCode(TestDistrict.Village1)];
        return ReportBuilder.Build(teller.Published, village, Month.Year, Month.Month)!;
    }

    private static Catalogue WithoutGrowth(Catalogue catalogue) => new(
        [.. catalogue.Indicators.Select(indicator => indicator with { Printing = indicator.Printing with { WithGrowth = false } })],
        catalogue.Units, catalogue.Targets, catalogue.Calendar, [], []);
}
