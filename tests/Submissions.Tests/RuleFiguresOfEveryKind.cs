using System.Globalization;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions.Tests;

/// <summary>
/// One table: what each name of a rule's expression means for every kind of indicator, of a submission for July. June stands at 6,
/// the months before at 1 to 5, every month of last year at 7.
/// </summary>
public sealed class The_figures_of_a_rule
{
    private static readonly Period July = new(2022, 7);
    private readonly Dictionary<Period, EffectiveMonth> _history = [];

    [Theory]
    [InlineData("flow", "month 8, months_sum 29, previous 6, recorded 49, typical 6.5")]
    [InlineData("flow exempt in January", "month 8, months_sum 28, previous 6, recorded 42, typical 7")]
    [InlineData("flow with a year-to-date of 50 in May", "month 8, months_sum 64, previous 6, recorded 49, typical 6.5")]
    [InlineData("stock", "month 8, previous 6, recorded 7, typical 6.5")]
    [InlineData("net increase", "month 8, previous 6, recorded 7, typical 6.5")]
    [InlineData("rate", "month 80, previous 60, recorded 70, typical 65, numerator 8, denominator 10")]
    [InlineData("rate of 0 of 0", "previous 60, recorded 70, typical 65, numerator 0, denominator 0")]
    [InlineData("given", "month 8, previous 6, recorded 7, typical 6.5")]
    public void Are_by_the_kind_of_the_indicator(string kind, string expected)
    {
        var (indicator, isRate) = (IndicatorOf(kind), kind.StartsWith("rate", StringComparison.Ordinal));
        for (var back = 1; back <= 18; back++)
        {
            var month = July.AddMonths(-back);
            if (indicator.IsDueIn(month))
            {
                SetEffective(month, indicator, month.Year == 2022 ? month.Month : 7, isRate);
            }
        }

        if (kind.Contains("in May", StringComparison.Ordinal))
        {
            _history[new(2022, 5)].Apply(indicator.Code, new Figures(null, 50), FigureFields.YearToDate, NewProvenance(2));
        }

        var sent = kind.Contains("0 of 0", StringComparison.Ordinal)
            ? new Figures(null, numerator: 0, denominator: 0) : isRate ? new Figures(null, numerator: 8, denominator: 10) : new Figures(8);
        Assert.Equal(expected, Text(Read(indicator, sent)));
    }

    [Fact]
    public void Have_no_month_before_March_where_January_is_exempt()
    {
        var indicator = IndicatorOf("flow exempt in January");
        SetEffective(new(2022, 2), indicator, 20, false);
        Assert.Null(Read(indicator, new Figures(8), new(2022, 3)).Previous);
        Assert.Equal(20m, Read(IndicatorOf("flow"), new Figures(8), new(2022, 3)).Previous);
    }

    private SubmissionFigures Read(Indicator indicator, Figures sent, Period? period = null)
    {
        var submission =
            new Submission
            {
                Body = default,
                Period = period ?? July,
                Unit = SubmissionTestReader.Catalogue.Units.All.First(unit => unit.Kind == UnitKind.Village)
            };
        var value = RevisedValue.Create(new SubmittedValue(indicator, sent, sent.PresentFields), new EffectiveMonth(),
            new OrderKey(1, 1, Guid.Empty));
        return new SubmissionFigures(submission, [value], _history.ToFigures()).For(value);
    }

    private void SetEffective(Period month, Indicator indicator, decimal value, bool isRate)
    {
        var figures = isRate ? new Figures(null, numerator: value, denominator: 10) : new Figures(value);
        (_history.TryGetValue(month, out var effective)
            ? effective : _history[month] = new()).Apply(indicator.Code, figures, figures.PresentFields, NewProvenance(1));
    }

    private static Provenance NewProvenance(int revision) => new(new OrderKey(revision, 1, Guid.Empty), revision);

    private static Indicator IndicatorOf(string kind) =>
        SubmissionTestReader.Catalogue.Indicators.Single(indicator => indicator.Code.Value == "PETITIONS") with
        {
            Kind = kind.Split(' ')[0] switch
            {
                "flow" => FlowKind.Instance,
                "stock" => StockKind.Instance,
                "net" => NetIncreaseKind.Instance,
                "rate" => RateKind.Instance,
                _ => GivenKind.Instance,
            },
            JanuaryExempt = kind.Contains("exempt", StringComparison.Ordinal) ? new JanuaryExemption(2000, 9999) : null,
        };

    private static string Text(RuleFigures figures) => string.Join(", ", new (string Name, decimal? Figure)[]
    {
        ("month", figures.Month), ("ytd", figures.Ytd), ("months_sum", figures.MonthsSum), ("previous", figures.Previous),
        ("last_year", figures.LastYear),
        ("recorded", figures.Recorded), ("typical", figures.Typical), ("numerator", figures.Numerator),
        ("denominator", figures.Denominator),
    }.Where(named => named.Figure is not null)
        .Select(named =>
            $"{named.Name} {Rounding.HalfAwayFromZero(named.Figure!.Value, 2).ToString("0.##", CultureInfo.InvariantCulture)}"));
}
