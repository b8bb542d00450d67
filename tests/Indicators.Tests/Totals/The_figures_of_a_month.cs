namespace XilinIngest.Indicators.Tests.Totals;

/// <summary>Month, year-to-date, last year, numerator, denominator and date, all at once and each alone.</summary>
public sealed class The_figures_of_a_month
{
    private static readonly DateOnly Day = new(2022, 7, 31);
    private static readonly Figures All = new(1, 2, 3, 4, 5, Day);
    private static readonly FigureFields[] Fields =
    [
        FigureFields.Value, FigureFields.YearToDate, FigureFields.LastYear, FigureFields.Numerator, FigureFields.Denominator,
        FigureFields.Date,
    ];

    [Fact]
    public void Are_read_by_the_field()
    {
        Assert.Equal([1, 2, 3, 4, 5, 20220731], Fields.Select(field => All[field]));
        Assert.All(Fields, field => Assert.Null(default(Figures)[field]));
        Assert.Contains(
            "several", Assert.Throws<ArgumentOutOfRangeException>(() => All[FigureFields.All]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tell_which_of_them_are_there()
    {
        Assert.Equal(FigureFields.All, All.PresentFields);
        Assert.Equal(FigureFields.None, default(Figures).PresentFields);
        Assert.Equal(FigureFields.Value, new Figures(0).PresentFields);
        Assert.All(Fields, field =>
        {
            Assert.Equal(field, default(Figures).With(All, field).PresentFields);
            Assert.Equal(FigureFields.All & ~field, All.With(default, field).PresentFields);
        });
    }

    [Fact]
    public void Are_replaced_field_by_field()
    {
        var others = new Figures(10, 20, 30, 40, 50, Day.AddDays(1));
        Assert.Equal(All, All.With(others, FigureFields.None));
        Assert.Equal(others, All.With(others, FigureFields.All));
        Assert.All(Fields, field => Assert.All(
            Fields, other => Assert.Equal(other == field ? others[other] : All[other], All.With(others, field)[other])));
        Assert.Equal(new Figures(1), new Figures(1).With(new Figures(2), FigureFields.LastYear));
        Assert.Equal(new Figures(2), new Figures(1).With(new Figures(2), FigureFields.Value | FigureFields.LastYear));
    }

    [Fact]
    public void Are_the_same_however_they_were_made()
    {
        Assert.Equal(
            new Figures(1, 2, 3, 4, 5), new Figures((decimal?)1) with { YearToDate = 2, LastYear = 3, Numerator = 4, Denominator = 5 });
        Assert.Equal(new Figures(1, 9, 3, 4, 5, Day), All with { YearToDate = 9 });
        Assert.Equal(new Figures(1, 2, 9, 4, 5, Day), All with { LastYear = 9 });
        Assert.Equal(new Figures(1, 2, 3, 9, 5, Day), All with { Numerator = 9 });
        Assert.Equal(new Figures(1, 2, 3, 4, 9, Day), All with { Denominator = 9 });
        Assert.Equal(new Figures(1), All.With(default, FigureFields.All & ~FigureFields.Value));
        Assert.Equal(new Figures(1), new Figures(1, 2) with { YearToDate = null });
        Assert.False(new Figures((decimal?)1).HasRareFigures);
        Assert.True(new Figures(null, date: Day).HasRareFigures);
    }

    [Theory]
    [InlineData(3, 4, 75)]
    [InlineData(0, 4, 0)]
    [InlineData(3, 0, null)]
    [InlineData(null, 4, null)]
    public void Make_a_rate_of_both_parts(int? numerator, int? denominator, int? rate)
    {
        var figures = new Figures(null, numerator: numerator, denominator: denominator);
        Assert.Equal(rate, figures.Ratio);
        Assert.Equal(numerator is not null && denominator is not null, figures.HasValue);
    }

    [Fact]
    public void Have_a_value_with_the_month_or_the_year_to_date()
    {
        Assert.True(new Figures(0).HasValue);
        Assert.True(new Figures(null, 5).HasValue);
        Assert.False(new Figures(null, lastYear: 5, date: Day).HasValue);
    }
}
