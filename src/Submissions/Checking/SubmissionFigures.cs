using System.Runtime.InteropServices;
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

    private readonly MonthFigures?[] _monthsBack = new MonthFigures?[MonthCount];
    private Submission _submission = null!;
    private List<RevisedValue> _values = null!;
    private Period _period;
    private IReadOnlyDictionary<Period, MonthFigures> _history = null!;
    private Indicator _indicator = null!;
    private Figures _figures;
    private bool _isOfHistory;
    private Lazy _monthsSum;
    private Lazy _previous;
    private Lazy _recorded;
    private Lazy _typical;

    internal SubmissionFigures()
    {
    }

    /// <param name="submission">A submission whose unit and month are known.</param>
    /// <param name="values">All its values and the effective ones.</param>
    /// <param name="history">The effective months of the unit.</param>
    public SubmissionFigures(Submission submission, List<RevisedValue> values, IReadOnlyDictionary<Period, MonthFigures> history) =>
        Begin(submission, values, history);

    /// <inheritdoc cref="SubmissionFigures(Submission, List{RevisedValue}, IReadOnlyDictionary{Period, MonthFigures})"/>
    internal void Begin(Submission submission, List<RevisedValue> values, IReadOnlyDictionary<Period, MonthFigures> history)
    {
        (_submission, _values, _history, _period) = (submission, values, history, submission.Period!.Value);
        for (var back = 0; back < MonthCount; back++)
        {
            _monthsBack[back] = history.GetValueOrDefault(_period.AddMonths(-back));
        }
    }

    /// <summary>Selects the value that the figures refer to.</summary>
    public SubmissionFigures For(in RevisedValue value)
    {
        (_indicator, _figures, _isOfHistory) = (value.Submitted.Indicator, value.After, value.IsOfHistory);
        (_monthsSum, _previous, _recorded, _typical) = (default, default, default, default);
        return this;
    }

    public override decimal? Month => _indicator.Kind.MonthValue(_figures);

    public override decimal? Ytd => _figures.YearToDate;

    public override decimal? MonthsSum => _monthsSum.Get(this, static figures => figures.SumOfMonths());

    public override decimal? Previous => _previous.Get(this, static figures => figures.PreviousMonthFigure());

    public override decimal? LastYear => _figures.LastYear;

    public override decimal? Recorded => _recorded.Get(this, static figures => figures.RecordedFigure());

    public override decimal? Typical => _typical.Get(this, static figures => figures.MedianOfTwelveMonths());

    public override decimal? Numerator => _figures.Numerator;

    public override decimal? Denominator => _figures.Denominator;

    public override decimal? Next => NeighbouringReports.Find(_indicator, _period, 1, _history).Value;

    public override decimal? Date => _figures[FigureFields.Date];

    public override decimal? PreviousDate => NeighbouringReports.Find(_indicator, _period, -1, _history)[FigureFields.Date];

    public override decimal? NextDate => NeighbouringReports.Find(_indicator, _period, 1, _history)[FigureFields.Date];

    public override decimal? OtherIndicator(IndicatorCode code)
    {
        foreach (ref readonly var value in CollectionsMarshal.AsSpan(_values))
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

        return Median.Of(earlier[..count]);
    }

    // 上月累计 + 本月: the last accepted year-to-date takes precedence over the months before it.
    private decimal? SumOfMonths()
    {
        if (!_indicator.Kind.AddsMonths || _figures.Value is not { } month)
        {
            return null;
        }

        if (_period.Month == 1)
        {
            return month;
        }

        var before = MonthsOfYear(1);
        var (ytd, isWhole) = Contribution.YearToDate(_indicator, _submission.Unit!, _period.Previous, before, default);

        // A year-to-date that opens the history tells of months that nobody has reported.
        return _isOfHistory && !isWhole ? null : (ytd ?? 0) + month;
    }

    // After an exempt January, February covers two months, so March has no comparable month before it.
    private decimal? PreviousMonthFigure()
    {
        if (_indicator.Kind.KeepsLatest)
        {
            return NeighbouringReports.Find(_indicator, _period, -1, _history).Value;
        }

        var previous = _period.Previous;
        return _indicator.Kind.AddsMonths && previous.Month == 2 && !_indicator.IsDueIn(previous.Previous) ? null : FigureBack(1);
    }

    // On the basis of 上年同期: a flow's year-to-date if no due month is missing; for other kinds the month's own figure.
    private decimal? RecordedFigure()
    {
        if (!_indicator.Kind.AddsMonths)
        {
            return FigureBack(12);
        }

        var year = MonthsOfYear(12);
        return Contribution.YearToDate(_indicator, _submission.Unit!, _period.SameMonthLastYear, year, default) is (var ytd, true)
            ? ytd : null;
    }

    private decimal? FigureBack(int back) =>
        _monthsBack[back] is { } month ? _indicator.Kind.MonthValue(month[_indicator.Code]) : null;

    // Only the code of the indicator is known. Figures with parts are those of a rate.
    private static decimal? MonthFigure(Figures figures) => figures.Value ?? figures.Ratio;

    // The months from January to the month that is `back` months earlier.
    private YearOfFigures MonthsOfYear(int back)
    {
        YearOfFigures year = default;
        for (var month = _period.AddMonths(-back).Month; month >= 1; month--, back++)
        {
            year[month - 1] = _monthsBack[back]?[_indicator.Code] ?? default;
        }

        return year;
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
