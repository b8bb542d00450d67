using System.Text;
using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Catalogue;

/// <summary>
/// A street with two villages and a firm, which moves from the first village to the second in July 2022. The firm and the first village
/// have targets on sales.
/// </summary>
public sealed class A_catalogue
{
    private static readonly Indicator Sales = NewIndicator();
    private static readonly Indicator Firms = NewIndicator(StockKind.Instance) with { Code = new("FIRMS"), CanonicalUnit = "家", Order = 1 };

    private static readonly Unit Xilin = NewUnit(Street, UnitKind.Street, 0, spans: Span("2020-01", null, null));
    private static readonly Unit One = NewUnit(VillageOne, UnitKind.Village, 1, spans: Span("2020-01", null, Street));
    private static readonly Unit Two = NewUnit(VillageTwo, UnitKind.Village, 2, spans: Span("2020-01", null, Street));
    private static readonly Unit Firm = NewUnit(new("91350100M000100Y43"), UnitKind.Enterprise, 3, spans:
        [Span("2021-07", "2022-06", VillageOne), Span("2022-07", "2023-05", VillageTwo)]);

    private static readonly Target[] Targets =
    [
        TargetFor(VillageOne, 2022), TargetFor(VillageOne, 2023), TargetFor(Firm.Code, 2020), TargetFor(Firm.Code, 2021),
        TargetFor(Firm.Code, 2022), TargetFor(Firm.Code, 2023), TargetFor(Firm.Code, 2024),
    ];

    private static readonly CalendarWindow[] Windows = [Window("2022-02", 10), Window("2021-12", null), Window("2022-01", 10)];
    private static readonly ColourRule Colours = new(UnitLevel.Village, ColourScheme.Pace, 10, 30, 2, false);

    private readonly Indicators.Catalogue _whole = new(
        [Sales, Firms], new UnitTree([Xilin, One, Two, Firm]), Targets, Windows, [Colours], [],
        new ReviewWorkflow([new(UnitKind.Village, null, true, null, null)]));

    [Fact]
    public void Finds_an_indicator_by_its_code_and_nothing_by_another_text()
    {
        Assert.True(_whole.TryFind(Firms.Code, out var byCode) && _whole.TryFind("FIRMS", out var byText) && byCode == byText);
        Assert.Same(Firms, byCode);
        Assert.All([null, "", "firms", "FIRM"], text => Assert.False(_whole.TryFind(text, out _)));
        Assert.False(_whole.TryFind(new IndicatorCode("OTHER"), out _));
    }

    [Fact]
    public void Finds_a_unit_by_its_code_and_nothing_by_another_text()
    {
        Assert.True(_whole.Units.TryFind("320404004201", out var byText) && _whole.Units.TryFind(VillageOne, out var byCode));
        Assert.Same(One, byText);
        Assert.All([null, "", "3204040042"], text => Assert.False(_whole.Units.TryFind(text, out _)));
        Assert.False(_whole.Units.TryFind(District, out _));
        Assert.Same(Xilin, _whole.Units.Topmost);
    }

    [Theory]
    [InlineData("SALES", 0, "SALES")]
    [InlineData("FIRMS", 0, "FIRMS")]
    [InlineData("FIRMS", 1, "FIRMS")]
    [InlineData("SALES", 2, "SALES")]
    [InlineData("SALES", -1, "SALES")]
    [InlineData("SALE", 0, null)]
    [InlineData("", 0, null)]
    [InlineData("销售", 0, null)]
    public void Finds_an_indicator_by_the_bytes_of_a_message_wherever_it_is_looked_for_first(string code, int likely, string? found) =>
        Assert.Equal(found, _whole.Codes.FindIndicator(Encoding.UTF8.GetBytes(code), likely)?.Code.Value);

    [Fact]
    public void Finds_a_unit_by_the_bytes_of_a_message()
    {
        Assert.Same(Firm, _whole.Codes.FindUnit("91350100M000100Y43"u8));
        Assert.Null(_whole.Codes.FindUnit("320404004299"u8));
        Assert.Null(_whole.Codes.FindUnit("西林"u8));
        Assert.Null(_whole.Codes.FindUnit(new byte[65]));
    }

    [Fact]
    public void Finds_the_longest_code_by_its_bytes()
    {
        var code = new string('A', 64);
        var codes = new Indicators.Catalogue([Sales with { Code = new(code) }], _whole.Units, [], [], [], []).Codes;
        Assert.Equal(code, codes.FindIndicator(Encoding.UTF8.GetBytes(code), 1)?.Code.Value);
        Assert.Null(codes.FindIndicator(Encoding.UTF8.GetBytes(code + "A"), 1));
    }

    [Fact]
    public void Knows_the_unit_of_measure_in_bytes() => Assert.Equal("家"u8, _whole.Codes.CanonicalUnitOf(Firms));

    [Fact]
    public void Begins_with_the_first_month_of_its_calendar()
    {
        Assert.Equal(Month("2021-12"), _whole.FirstPeriod);
        Assert.Same(Windows[2], _whole.WindowOf(Month("2022-01")));
        Assert.Null(_whole.WindowOf(Month("2022-03")));
        Assert.Null(new Indicators.Catalogue([], _whole.Units, [], [], [], []).FirstPeriod);
    }

    [Fact]
    public void Has_a_month_of_history_where_the_calendar_names_no_deadline()
    {
        Assert.True(_whole.WindowOf(Month("2021-12"))!.IsHistory);
        Assert.False(_whole.WindowOf(Month("2022-01"))!.IsHistory);
    }

    [Fact]
    public void Has_one_target_for_a_unit_an_indicator_and_a_year()
    {
        Assert.Same(Targets[1], _whole.TargetOf(One, Sales, 2023));
        Assert.Null(_whole.TargetOf(One, Sales, 2021));
        Assert.Null(_whole.TargetOf(One, Firms, 2023));
        Assert.Null(_whole.TargetOf(Two, Sales, 2023));
    }

    [Theory]
    [InlineData(2020, "", "")]
    [InlineData(2021, "91350100M000100Y43", "")]
    [InlineData(2022, "91350100M000100Y43", "91350100M000100Y43")]
    [InlineData(2023, "", "91350100M000100Y43")]
    [InlineData(2024, "", "")]
    public void Names_a_unit_that_moved_below_both_of_its_parents_of_the_year(int year, string belowOne, string belowTwo)
    {
        Assert.Equal(belowOne, string.Join(' ', _whole.ChildrenWithTarget(One, Sales, year).Select(unit => unit.Code)));
        Assert.Equal(belowTwo, string.Join(' ', _whole.ChildrenWithTarget(Two, Sales, year).Select(unit => unit.Code)));
    }

    [Fact]
    public void Names_units_without_an_end_in_every_year_of_their_targets()
    {
        Assert.Equal([One], _whole.ChildrenWithTarget(Xilin, Sales, 2023));
        Assert.Empty(_whole.ChildrenWithTarget(Xilin, Sales, 2024));
        Assert.Empty(_whole.ChildrenWithTarget(Xilin, Firms, 2023));
    }

    [Fact]
    public void Names_no_register_of_an_indicator_that_all_units_of_the_level_report()
    {
        Assert.Null(Sales.Register);
        Assert.Equal(("", ""), Sales.RegisterName);
    }

    [Fact]
    public void Has_colours_for_a_level()
    {
        Assert.Same(Colours, _whole.ColourRuleOf(UnitLevel.Village));
        Assert.Null(_whole.ColourRuleOf(UnitLevel.Street));
    }

    [Fact]
    public void Has_no_reviewers_unless_a_workflow_names_them()
    {
        Assert.Same(Xilin, _whole.ReviewerOf(One, Month("2022-01")));
        Assert.Null(_whole.ReviewerOf(Xilin, Month("2022-01")));
        var plain = new Indicators.Catalogue([Sales], _whole.Units, [], [], [], []);
        Assert.True(plain.Workflow.IsEmpty);
        Assert.Null(plain.ReviewerOf(One, Month("2022-01")));
    }

    [Fact]
    public void Keeps_all_but_the_partitions_where_its_tree_is_split_in_another_way()
    {
        var split = _whole.WithPartitions([new("32.04.04.004"), new("32.04.04.004.202")]);
        Assert.Equal(2, split.Partitions.All.Count);
        Assert.Single(_whole.Partitions.All);
        Assert.Equal(
            (_whole.Indicators, _whole.Units, _whole.Targets, _whole.Calendar, _whole.Rules, _whole.Workflow),
            (split.Indicators, split.Units, split.Targets, split.Calendar, split.Rules, split.Workflow));
        Assert.Same(Colours, split.ColourRuleOf(UnitLevel.Village));
    }

    private static Target TargetFor(UnitCode unit, int year) => new(unit, Sales.Code, year, TargetKind.Growth, 5);

    private static CalendarWindow Window(string period, int? deadline)
    {
        var month = new DateTimeOffset(Month(period).Year, Month(period).Month, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddMonths(1);
        return new(Month(period), month, deadline is { } day ? month.AddDays(day) : null, month.AddDays(20), month.AddMonths(2));
    }
}
