using XilinIngest.Aggregator.Lineage;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Lineage;

/// <summary>Two years were reported, 10 of each, a stage twice: a lineage lists what the figure is made of and nothing else.</summary>
public sealed class The_lineage_of_a_figure
{
    private static readonly Period May = new(2022, 5);
    private readonly AggregatorFixture _results = new(UniformDistrict.Catalogue);
    private int _revision = 1;

    public The_lineage_of_a_figure()
    {
        _results.Step(UniformDistrict.Year(2021));
        _results.Step(UniformDistrict.Year(2022, months: 5));
    }

    [Fact]
    public void Of_a_stage_is_the_last_report_of_each_unit()
    {
        Report(TestDistrict.Village1, TestDistrict.Planning, new(2022, 3), 2);
        Report(TestDistrict.Village1, TestDistrict.Planning, new(2022, 4), null);
        Report(TestDistrict.Village1, TestDistrict.Planning, May, null);
        Assert.Equal("2022-03 current 2", Parts(TestDistrict.Village1, TestDistrict.Planning));
        Assert.Equal(
            [(TestDistrict.Village1, "2022-03"), (TestDistrict.Village2, "2022-05"), ("320404001203", "2022-05")],
            Of(TestDistrict.Street1, TestDistrict.Planning).Select(part => (part.Unit, part.Period)));
    }

    [Fact]
    public void Of_a_stock_is_the_month_and_its_base()
    {
        Assert.Equal("2022-05 current 10, 2021-05 base 10", Parts(TestDistrict.Village1, TestDistrict.Firms));
        Report(TestDistrict.Village1, TestDistrict.Firms, May, null);
        Assert.Equal("2022-04 current 10, 2021-05 base 10", Parts(TestDistrict.Village1, TestDistrict.Firms));
    }

    [Fact]
    public void Of_a_net_increase_is_the_month_and_the_end_of_last_year() =>
        Assert.Equal("2022-05 current 10, 2021-12 base 10", Parts(TestDistrict.Village1, TestDistrict.Jobs));

    [Fact]
    public void Of_a_rate_is_the_month_and_the_same_month_of_last_year() =>
        Assert.Equal(["2022-05 Current", "2021-05 Base"],
            Of(TestDistrict.Village1, TestDistrict.Vaccination).Select(part => $"{part.Period} {part.Role}"));

    [Fact]
    public void Of_a_given_figure_is_the_month() =>
        Assert.Equal("2022-05 current 10", Parts(TestDistrict.Village1, TestDistrict.Index));

    [Fact]
    public void Of_a_flow_without_growth_is_this_year_without_what_was_withdrawn()
    {
        Report(TestDistrict.Village1, TestDistrict.Visits, new(2022, 3), null);
        Assert.Equal("2022-01 current 10, 2022-02 current 10, 2022-04 current 10, 2022-05 current 10",
            Parts(TestDistrict.Village1, TestDistrict.Visits));
    }

    [Fact]
    public void Of_a_flow_with_growth_is_both_years() =>
        Assert.Equal(10, Of(TestDistrict.FirmCode(0), TestDistrict.Output).Count);

    [Fact]
    public void Of_a_flow_begins_with_the_last_year_to_date_that_was_carried()
    {
        _results.Step(SubmissionHistory.Submission(TestDistrict.Village1, new(2022, 4), 9, AggregatorFixture.Now, Guid.NewGuid(),
            [new AcceptedValue { Indicator = TestDistrict.Visits, Value = 10, YearToDate = 45 }]) with
        { Sequence = 200_000 });
        Assert.Equal("2022-04 current 10, 2022-05 current 10", Parts(TestDistrict.Village1, TestDistrict.Visits));
    }

    private void Report(string unit, string indicator, Period period, decimal? value) =>
        _results.Step(UniformDistrict.Revision(unit, indicator, period, value, ++_revision));

    private IReadOnlyList<LineagePart> Of(string unit, string indicator)
    {
        var catalogue = _results.Cube.Catalogue;
        Assert.True(catalogue.TryFind(new IndicatorCode(indicator), out var found));
        var lineage = LineageQuery.ForFigure(
            _results.Cube, catalogue.Units[new UnitCode(unit)], found, May, 0, 100, Caller.LocalTrusted, AggregatorFixture.Now);
        Assert.Equal(lineage.Count, lineage.Parts.Count);
        return lineage.Parts;
    }

    private string Parts(string unit, string indicator) => string.Join(", ",
        Of(unit, indicator).Select(part => $"{part.Period} {(part.Role == LineageRole.Base ? "base" : "current")} {part.Value}"));
}
