using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// What stands of every unit, indicator and month: of all accepted values that name it, the one with the greatest order
/// key. A cell keeps the rarer figures aside, because a large history has millions of them.
/// </summary>
internal sealed class StandingValues
{
    private static readonly Figures[] Nothing = new Figures[12];
    private readonly Dictionary<(UnitCode Unit, IndicatorCode Indicator, int Year), Cell[]> _years = [];
    private readonly Dictionary<int, int> _horizons = [];

    /// <param name="accepted">In any order, any number of times.</param>
    public StandingValues(IEnumerable<AcceptedSubmission> accepted)
    {
        foreach (var submission in accepted)
        {
            var (unit, period) = (new UnitCode(submission.Unit), Period.Parse(submission.Period));
            var key = new Later(new OrderKey(submission.Revision, submission.SubmittedAt.UtcTicks, submission.SubmissionId));
            _horizons[period.Year] = Math.Max(period.Month, _horizons.GetValueOrDefault(period.Year));
            foreach (var value in submission.Values)
            {
                Put((unit, new IndicatorCode(value.Indicator), period.Year), period.Month, value, key);
            }
        }
    }

    /// <summary>Years and the last month of each that anyone reported, oldest first.</summary>
    public IEnumerable<(int Year, int LastMonth)> Years => _horizons.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value));

    public bool Has(Unit unit, Indicator indicator, int year) => _years.ContainsKey((unit.Code, indicator.Code, year));

    /// <summary>The twelve months of a unit's year, January first.</summary>
    public IReadOnlyList<Figures> Of(Unit unit, Indicator indicator, int year) =>
        _years.TryGetValue((unit.Code, indicator.Code, year), out var cells) ? [.. cells.Select(cell => cell.Figures)] : Nothing;

    private void Put((UnitCode, IndicatorCode, int) year, int month, AcceptedValue value, Later key)
    {
        if (!_years.TryGetValue(year, out var cells))
        {
            _years[year] = cells = new Cell[12];
        }

        ref var cell = ref cells[month - 1];
        if (cell.Key is null || cell.Key.Order.CompareTo(key.Order) < 0)
        {
            cell = Cell.Of(key, value);
        }
    }

    /// <summary>One for all values of a submission.</summary>
    private sealed record Later(OrderKey Order);

    private readonly record struct Cell(Later? Key, bool HasValue, decimal Value, AcceptedValue? More)
    {
        public Figures Figures => More is { } more
            ? new Figures(more.Value, more.YearToDate, more.LastYear, more.Numerator, more.Denominator)
            : HasValue ? new Figures(Value) : default;

        public static Cell Of(Later key, AcceptedValue value) => value switch
        {
            { Withdrawn: true } => new(key, false, 0, null),
            { YearToDate: null, LastYear: null, Numerator: null, Denominator: null } => new(key, value.Value is not null, value.Value ?? 0, null),
            _ => new(key, false, 0, value),
        };
    }
}
