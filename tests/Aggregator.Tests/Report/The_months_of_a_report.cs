using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Report;

public sealed class The_months_of_a_report
{
    private readonly AggregatorFixture _teller = new(UniformDistrict.Catalogue);

    public The_months_of_a_report() => _teller.Step(UniformDistrict.Year(2022, months: 2));

    [Theory]
    [InlineData(1, "经济。1月完成", "January: ")]
    [InlineData(2, "经济。1—2月完成", "January to February: ")]
    public void Are_named_as_people_do(int month, string zh, string en)
    {
        var report = Of(2022, month)!;
        Assert.StartsWith(zh, report.ParagraphZh, StringComparison.Ordinal);
        Assert.StartsWith(en, report.ParagraphEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2022, 3)]
    [InlineData(2030, 1)]
    [InlineData(2030, null)]
    public void Have_been_reported_else_there_is_no_report(int year, int? month) => Assert.Null(Of(year, month));

    private AnnualReport? Of(int year, int? month) =>
        ReportBuilder.Build(_teller.Published, UniformDistrict.Catalogue.Units[new UnitCode(TestDistrict.District)], year, month);
}
