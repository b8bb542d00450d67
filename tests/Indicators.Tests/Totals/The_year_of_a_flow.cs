using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Totals;

/// <summary>
/// The months of a year of a unit that reports in all of them are computed at once. They are those that are computed one by one.
/// </summary>
public sealed class The_year_of_a_flow_computed_at_once
{
    private static readonly Indicator Sales = NewIndicator(january: new(2022, 2022));

    public static TheoryData<string, string> Years => new()
    {
        { "1 2 3 4 5 6 7 8 9 10 11 12", "3 3 3 3 3 3 3 3 3 3 3 3" },
        { "- 2 3 4 5 6 7 8 9 10 11 12", "3 3 3 3 3 3 3 3 3 3 3 3" },
        { "1 2 - 4 5 6 7 8 9 10 11 12", "3 3 3 3 3 3 3 3 3 3 3 3" },
        { "1 2 - 4 5=20 6 7 - 9 10 11 12", "3 3 3 3 3 3 3 3 3 3 3 3" },
        { "1 2 3 4 5 6 7 8 9 10 11 12", "3 3 - 3 3 3=20 3 3 3 3 3 3" },
        { "1 2 3 4 5 6 7 8 9 10 11 12", "- - - - - - - - - - - -" },
        { "- - - - - - - - - - - -", "3 3 3 3 3 3 3 3 3 3 3 3" },
        { "- - - 4 5 6 7 8 9 10 11 12", "- 3 3 3 3 3 3 3 3 3 3 3" },
        { "1/5 2/5 3 4/5 5 6/5 7 8 9 10 11 12/5", "3 3 3 3 3 3 3 3 - 3 3 3" },
        { "0/0 0 0/0 0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0 0 0 0 0 0" },
        { "-1 2 -3 4 -5=7/-2 6 7 8 9 10 11 12", "-3 3 3 -3 3 3 3 3 3 3 3 3" },
    };

    [Theory, MemberData(nameof(Years))]
    public void Is_that_of_each_month(string year, string lastYear)
    {
        var (figures, before) = (Parse(year), Parse(lastYear));
        for (var from = 1; from <= 12; from += 4)
        {
            // Three units beside each other, as in the cube: the sums of a unit's months are three apart.
            Sums[] actual = new Sums[36], expected = new Sums[36];
            for (var month = from; month <= 12; month++)
            {
                expected[1 + (month - 1) * 3] = Contribution.Compute(Sales, Village(), new Period(2022, month), figures, before);
            }

            Contribution.AddMonths(
                Sales, Village(), new Period(2022, from), new Period(2022, 12), figures, before, new SumsOfMonths(actual, 1, 3));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Is_computed_month_by_month_where_the_unit_began_in_last_year()
    {
        var actual = new Sums[12];
        var unit = Village("2021-02");
        Contribution.AddMonths(Sales, unit, Month("2022-02"), Month("2022-03"), Every(2), Every(1), new SumsOfMonths(actual, 0, 1));
        Assert.Equal(default, actual[0]);
        Assert.Equal(Sales.Contribute("2022-02", Every(2), Every(1), unit), actual[1]);
        Assert.Equal(Sales.Contribute("2022-03", Every(2), Every(1), unit), actual[2]);
    }

    // A month is its value, = its year-to-date, / last year's figure; - is nothing.
    private static Figures[] Parse(string year) => [.. year.Split(' ').Select(month =>
    {
        var parts = month.Split('/');
        var amounts = parts[0].Split('=');
        return month == "-" ? default : new Figures(
            Number(amounts[0]), amounts is [_, var ytd] ? Number(ytd) : null, parts is [_, var last] ? Number(last) : null);
    })];

    private static decimal? Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Figures of months in which the unit was no reporter, as they remain after the catalogue was edited.</summary>
public sealed class A_flow_of_months_without_a_duty
{
    private static readonly Indicator Sales = NewIndicator();

    [Fact]
    public void Leaves_out_the_months_before_the_unit_began() =>
        Assert.Equal((20m, 1), Ytd(Sales.Contribute("2022-06", Every(10), unit: Village("2022-05"))));

    [Fact]
    public void Leaves_out_the_months_after_the_unit_ended() =>
        Assert.Equal((30m, 0), Ytd(Sales.Contribute("2022-06", Every(10), unit: Village(to: "2022-03"))));

    [Fact]
    public void Leaves_out_the_months_between_two_spans()
    {
        var paused = NewUnit(VillageOne, UnitKind.Village, spans: [Span("2020-01", "2022-02", Street), Span("2022-05", null, Street)]);
        Assert.Equal((40m, 1), Ytd(Sales.Contribute("2022-06", Every(10), unit: paused)));
    }

    [Fact]
    public void Leaves_out_a_year_to_date_of_such_a_month()
    {
        var year = Every(10).With(4, april => april with { YearToDate = 1_000 });
        Assert.Equal((20m, 1), Ytd(Sales.Contribute("2022-06", year, unit: Village("2022-05"))));
    }

    private static (decimal, int) Ytd(Sums sums) => (sums.Ytd, sums.Reported);
}
