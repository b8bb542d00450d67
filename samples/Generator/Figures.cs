using XilinIngest.Indicators;

namespace XilinIngest.Samples;

/// <summary>The true figure of one unit, indicator and month.</summary>
/// <param name="Value">The month's value, or the stock, or the rate in per cent.</param>
/// <param name="Date">For a stage: when it was reached.</param>
/// <param name="LastYear">1—本月 of last year, as the unit reports it today; only on the comparable basis.</param>
internal sealed record Figure(
    decimal Value, decimal? LastYear = null, decimal? Numerator = null, decimal? Denominator = null, DateOnly? Date = null)
{
    public static Figure Rate(long numerator, long denominator) =>
        new(Math.Round(numerator * 100m / denominator, 2, MidpointRounding.AwayFromZero), null, numerator, denominator);
}

/// <summary>All true figures, before errors of the senders.</summary>
internal sealed class Figures
{
    private readonly Dictionary<(string Unit, string Indicator, Period Period), Figure> _figures = [];

    public Figure this[string unit, string indicator, Period period] => _figures.TryGetValue((unit, indicator, period), out var figure)
        ? figure
        : throw new InvalidOperationException($"The plan has no {indicator} of {unit} for {period}.");

    public void Set(string unit, string indicator, Period period, Figure figure) => _figures[(unit, indicator, period)] = figure;

    /// <summary>Adds an amount to those of other lines of the plan.</summary>
    public void Add(string unit, string indicator, Period period, decimal value, decimal? lastYear)
    {
        var before = _figures.GetValueOrDefault((unit, indicator, period)) ?? new Figure(0);
        _figures[(unit, indicator, period)] =
            new Figure(before.Value + value, lastYear is null ? before.LastYear : (before.LastYear ?? 0) + lastYear);
    }

    public decimal YearToDate(string unit, string indicator, Period period) =>
        Enumerable.Range(1, period.Month)
        .Sum(month => _figures.GetValueOrDefault((unit, indicator, new Period(period.Year, month)))?.Value ?? 0);
}
