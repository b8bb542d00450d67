using XilinIngest.Indicators;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions.Checking;

/// <summary>
/// The figures that a rule may name, by the kind of the indicator, from the submission and from the effective months of the unit. One
/// object is reused for all values of a submission.
/// </summary>
public sealed class SubmissionFigures : RuleFigures
{
    // The month itself and the 23 before it: last year's year-to-date goes back to January of the year before.
    private const int MonthCount = 24;

    private readonly Submission _submission;
    private readonly IReadOnlyList<RevisedValue> _values;
    private readonly Period _period;
    private readonly IReadOnlyDictionary<Period, MonthFigures> _history;
    private readonly MonthFigures?[] _monthsBack = new MonthFigures?[MonthCount];
    private RevisedValue _value;
    private Figures _figures;
    private Lazy _monthsSum;
    private Lazy _previous;
    private Lazy _recorded;
    private Lazy _typical;

    /// <param name="submission">A submission whose unit and month are known.</param>
    /// <param name="values">All its values and the effective ones.</param>
    /// <param name="history">The effective months of the unit.</param>
    public SubmissionFigures(
        Submission submission, IReadOnlyList<RevisedValue> values, IReadOnlyDictionary<Period, MonthFigures> history)
    {
        (_submission, _values, _history, _period) = (submission, values, history, submission.Period!.Value);
        for (var back = 0; back < MonthCount; back++)
        {
            _monthsBack[back] = history.GetValueOrDefault(_period.AddMonths(-back));
        }
    }

    /// <summary>Selects the value that the figures refer to.</summary>
    public SubmissionFigures For(RevisedValue value)
    {
        (_value, _figures) = (value, value.After);
        (_monthsSum, _previous, _recorded, _typical) = (default, default, default, default);
        return this;
    }

    public override decimal? Month => Indicator.Kind.MonthValue(_figures);

    public override decimal? Ytd => _figures.YearToDate;

    public override decimal? MonthsSum => _monthsSum.Get(this, static figures => figures.SumOfMonths());

    public override decimal? Previous => _previous.Get(this, static figures => figures.PreviousMonthFigure());

    public override decimal? LastYear => _figures.LastYear;

    public override decimal? Recorded => _recorded.Get(this, static figures => figures.RecordedFigure());

    public override decimal? Typical => _typical.Get(this, static figures => figures.MedianOfTwelveMonths());

    public override decimal? Numerator => _figures.Numerator;

    public override decimal? Denominator => _figures.Denominator;

    public override decimal? Next => NeighbouringReports.Find(Indicator, _period, 1, _history).Value;

    public override decimal? Date => _figures[FigureFields.Date];

    public override decimal? PreviousDate => NeighbouringReports.Find(Indicator, _period, -1, _history)[FigureFields.Date];

    public override decimal? NextDate => NeighbouringReports.Find(Indicator, _period, 1, _history)[FigureFields.Date];

    private Indicator Indicator => _value.Submitted.Indicator;

    public override decimal? OtherIndicator(IndicatorCode code)
    {
        foreach (var value in _values)
        {
            if (value.Submitted.Indicator.Code == code)
            {
                return RuleChecks.IsUsable(value, _submission) ? value.Submitted.Indicator.Kind.MonthValue(value.After) : null;
            }
        }

        return _monthsBack[0] is { } effective ? MonthFigure(effective[code]) : null;
    }

    private decimal? MedianOfTwelveMonths()
    {
        Span<decimal> earlier = stackalloc decimal[12];
        var count = 0;
        for (var back = 1; back <= 12; back++)
        {
            if (FigureBack(back) is { } figure)
            {
                earlier[count++] = figure;
            }
        }

        return Median(earlier[..count]);
    }

    // 上月累计 + 本月: the last accepted year-to-date takes precedence over the months before it.
    private decimal? SumOfMonths()
    {
        if (!Indicator.Kind.AddsMonths || _figures.Value is not { } month)
        {
            return null;
        }

        if (_period.Month == 1)
        {
            return month;
        }

        var before = MonthsOfYear(1);
        return (Contribution.YearToDate(Indicator, _submission.Unit!, _period.Previous, before, default).Ytd ?? 0) + month;
    }

    // After an exempt January, February covers two months, so March has no comparable month before it.
    private decimal? PreviousMonthFigure()
    {
        if (Indicator.Kind.KeepsLatest)
        {
            return NeighbouringReports.Find(Indicator, _period, -1, _history).Value;
        }

        var previous = _period.Previous;
        return Indicator.Kind.AddsMonths && previous.Month == 2 && !Indicator.IsDueIn(previous.Previous) ? null : FigureBack(1);
    }

    // On the basis of 上年同期: a flow's year-to-date if no due month is missing; for other kinds the month's own figure.
    private decimal? RecordedFigure()
    {
        if (!Indicator.Kind.AddsMonths)
        {
            return FigureBack(12);
        }

        var year = MonthsOfYear(12);
        return Contribution.YearToDate(Indicator, _submission.Unit!, _period.SameMonthLastYear, year, default) is (var ytd, true)
            ? ytd : null;
    }

    private decimal? FigureBack(int back) =>
        _monthsBack[back] is { } month ? Indicator.Kind.MonthValue(month[Indicator.Code]) : null;

    // Only the code of the indicator is known. Figures with parts are those of a rate.
    private static decimal? MonthFigure(Figures figures) => figures.Value ?? figures.Ratio;

    // The months from January to the month that is `back` months earlier.
    private YearOfFigures MonthsOfYear(int back)
    {
        YearOfFigures year = default;
        for (var month = _period.AddMonths(-back).Month; month >= 1; month--, back++)
        {
            year[month - 1] = _monthsBack[back]?[Indicator.Code] ?? default;
        }

        return year;
    }

    private static decimal? Median(Span<decimal> values)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    // A figure that is computed at most once per value.
    private struct Lazy
    {
        private bool _isComputed;
        private decimal? _figure;

        public decimal? Get(SubmissionFigures figures, Func<SubmissionFigures, decimal?> compute)
        {
            if (!_isComputed)
            {
                (_figure, _isComputed) = (compute(figures), true);
            }

            return _figure;
        }
    }
}
