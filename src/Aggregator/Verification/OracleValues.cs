using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// The effective figures of every unit, indicator and month. Of all accepted values that set or withdraw a figure, the one with the
/// greatest order key counts. A cell stores the rare figures separately, because a long history has millions of them.
/// </summary>
internal sealed class OracleValues
{
    private static readonly Figures[] EmptyYear = new Figures[12];
    private readonly Dictionary<(UnitCode Unit, IndicatorCode Indicator, int Year), OracleCell[]> _years = [];
    private readonly Dictionary<int, int> _horizons = [];

    /// <param name="accepted">The submissions in any order, any number of times.</param>
    /// <param name="returned">The returned rows: the figures that they set do not count.</param>
    public OracleValues(IEnumerable<AcceptedSubmission> accepted, HashSet<long> returned)
    {
        foreach (var submission in accepted)
        {
            var (unit, period) = (new UnitCode(submission.Unit), Period.Parse(submission.Period));
            var key = new SubmissionOrder(
                OrderKey.Create(submission.Revision, submission.SubmittedAt, submission.SubmissionId), submission.Sequence,
                returned.Contains(submission.Sequence));
            _horizons[period.Year] = Math.Max(period.Month, _horizons.GetValueOrDefault(period.Year));
            foreach (var value in submission.Values)
            {
                Put((unit, new IndicatorCode(value.Indicator), period.Year), period.Month, value, key);
            }
        }
    }

    /// <summary>The years with their last reported month, oldest first.</summary>
    public IEnumerable<(int Year, int LastMonth)> Years => _horizons.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value));

    public bool HasYear(Unit unit, Indicator indicator, int year) => _years.ContainsKey((unit.Code, indicator.Code, year));

    /// <summary>The twelve months of a unit's year, January first.</summary>
    public IReadOnlyList<Figures> FiguresOf(Unit unit, Indicator indicator, int year) =>
        _years.TryGetValue((unit.Code, indicator.Code, year), out var cells)
            ? [.. cells.Select(cell => cell.Figures.Effective(cell.Month.IsGiven))] : EmptyYear;

    /// <summary>The rows that set or took back a figure of a month that no later one has set.</summary>
    public IEnumerable<long> RowsOf(Unit unit, Indicator indicator, Period period) =>
        _years.TryGetValue((unit.Code, indicator.Code, period.Year), out var cells) ? cells[period.Month - 1].Rows : [];

    private void Put((UnitCode, IndicatorCode, int) year, int month, AcceptedValue value, SubmissionOrder key)
    {
        if (!_years.TryGetValue(year, out var cells))
        {
            _years[year] = cells = new OracleCell[12];
        }

        ref var cell = ref cells[month - 1];
        if (value.Withdrawn || value.Value is not null)
        {
            cell.Month.Put(key, value.Value);
        }

        Put(ref cell, 0, value.YearToDate, value, FigureNames.YearToDate, key);
        Put(ref cell, 1, value.LastYear, value, FigureNames.LastYear, key);
        Put(ref cell, 2, value.Numerator, value, FigureNames.Numerator, key);
        Put(ref cell, 3, value.Denominator, value, FigureNames.Denominator, key);
        Put(ref cell, 4, value.Date?.DayNumber, value, FigureNames.Date, key);
    }

    private static void Put(ref OracleCell cell, int index, decimal? figure, AcceptedValue value, string name, SubmissionOrder key)
    {
        if (figure is not null || value.Withdrawn || value.WithdrawnFigures?.Contains(name) == true)
        {
            (cell.OtherFigures ??= new LatestFigure[5])[index].Put(key, figure);
        }
    }

    /// <summary>The order key, shared by all values of a submission, its row, and whether that is returned.</summary>
    private sealed record SubmissionOrder(OrderKey Order, long Sequence, bool IsReturned);

    /// <summary>A figure or its withdrawal, with the latest submission that set it.</summary>
    private struct LatestFigure
    {
        private SubmissionOrder? _by;

        public decimal? Figure { get; private set; }

        /// <summary>Whether that submission gives the figure, and does not withdraw it; also if it is returned.</summary>
        public bool IsGiven { get; private set; }

        public readonly long? Row => _by?.Sequence;

        public void Put(SubmissionOrder key, decimal? figure)
        {
            if (_by is null || _by.Order.CompareTo(key.Order) < 0)
            {
                (_by, Figure, IsGiven) = (key, key.IsReturned ? null : figure, figure is not null);
            }
        }
    }

    private struct OracleCell
    {
        public LatestFigure Month;
        public LatestFigure[]? OtherFigures;

        public readonly IEnumerable<long> Rows =>
            (OtherFigures ?? []).Append(Month).Select(figure => figure.Row).OfType<long>().Distinct();

        public readonly Figures Figures => OtherFigures is null
            ? new Figures(Month.Figure)
            : new Figures(Month.Figure, OtherFigures[0].Figure, OtherFigures[1].Figure, OtherFigures[2].Figure, OtherFigures[3].Figure,
                OtherFigures[4].Figure is { } day ? DateOnly.FromDayNumber((int)day) : null);
    }
}
