namespace XilinIngest.Indicators;

/// <summary>
/// One unit's figures for one indicator and month, in the canonical unit. <c>default</c> means that nothing was reported. There are
/// millions of these, and nearly all have only the month's value. The other figures are in a separate object, so that a copy is cheap.
/// </summary>
public readonly record struct Figures
{
    private readonly decimal _value;
    private readonly bool _hasValue;
    private readonly RareFigures? _rareFigures;

    /// <summary>Only the month's value, as in nearly all reports.</summary>
    public Figures(decimal value) => (_value, _hasValue) = (value, true);

    public Figures(decimal? value, decimal? yearToDate =
        null, decimal? lastYear = null, decimal? numerator = null, decimal? denominator = null, DateOnly? date = null)
    {
        (_value, _hasValue) = (value ?? 0, value is not null);
        _rareFigures = yearToDate is null && lastYear is null && numerator is null && denominator is null && date is null
            ? null
            : new RareFigures(yearToDate, lastYear, numerator, denominator, date);
    }

    /// <summary>The month's value; for a stock the value at the month's end.</summary>
    public decimal? Value => _hasValue ? _value : null;

    /// <summary>1—本月, where the submission carried it.</summary>
    public decimal? YearToDate
    {
        get =>
        _rareFigures?.YearToDate; init => _rareFigures = ((_rareFigures ?? RareFigures.Empty) with { YearToDate = value }).NullIfEmpty;
    }

    /// <summary>上年同期, where the submission carried it; for a flow the year-to-date.</summary>
    public decimal? LastYear
    {
        get =>
        _rareFigures?.LastYear; init => _rareFigures = ((_rareFigures ?? RareFigures.Empty) with { LastYear = value }).NullIfEmpty;
    }

    /// <summary>For a rate.</summary>
    public decimal? Numerator
    {
        get =>
        _rareFigures?.Numerator; init => _rareFigures = ((_rareFigures ?? RareFigures.Empty) with { Numerator = value }).NullIfEmpty;
    }

    /// <summary>For a rate.</summary>
    public decimal? Denominator
    {
        get =>
        _rareFigures?.Denominator; init => _rareFigures = ((_rareFigures ?? RareFigures.Empty) with { Denominator = value }).NullIfEmpty;
    }

    /// <summary>For a kind with stages: since when the value has held.</summary>
    public DateOnly? Date => _rareFigures?.Date;

    /// <summary>The fields that hold a figure.</summary>
    public FigureFields PresentFields => _rareFigures is null
        ? _hasValue ? FigureFields.Value : FigureFields.None
        : (_hasValue ? FigureFields.Value : FigureFields.None)
        | (YearToDate is null ? FigureFields.None : FigureFields.YearToDate)
        | (LastYear is null ? FigureFields.None : FigureFields.LastYear)
        | (Numerator is null ? FigureFields.None : FigureFields.Numerator)
        | (Denominator is null ? FigureFields.None : FigureFields.Denominator)
        | (Date is null ? FigureFields.None : FigureFields.Date);

    /// <summary>The figure of one field; a date as the number yyyymmdd.</summary>
    public decimal? this[FigureFields field] => field switch
    {
        FigureFields.Value => Value,
        FigureFields.YearToDate => YearToDate,
        FigureFields.LastYear => LastYear,
        FigureFields.Numerator => Numerator,
        FigureFields.Denominator => Denominator,
        FigureFields.Date => Date is { } date ? date.Year * 10000 + date.Month * 100 + date.Day : null,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "One field has a figure, several have not."),
    };

    /// <summary>These figures with some fields replaced by those of others, including absent ones.</summary>
    public Figures With(Figures others, FigureFields fields) => fields switch
    {
        FigureFields.None => this,
        FigureFields.All => others,
        _ when _rareFigures is null && others._rareFigures is null => (fields & FigureFields.Value) == 0 ? this : others,
        _ => new(
            (fields & FigureFields.Value) == 0 ? Value : others.Value,
            (fields & FigureFields.YearToDate) == 0 ? YearToDate : others.YearToDate,
            (fields & FigureFields.LastYear) == 0 ? LastYear : others.LastYear,
            (fields & FigureFields.Numerator) == 0 ? Numerator : others.Numerator,
            (fields & FigureFields.Denominator) == 0 ? Denominator : others.Denominator,
            (fields & FigureFields.Date) == 0 ? Date : others.Date),
    };

    /// <summary>Whether any figure other than the month's value is present.</summary>
    public bool HasRareFigures => _rareFigures is not null;

    /// <summary>
    /// Whether the month has its value, both parts of its rate, or at least its year-to-date, as an opening position has (期初累计). False
    /// before the first report and after a withdrawal.
    /// </summary>
    public bool HasValue => _hasValue || YearToDate is not null || HasParts;

    /// <summary>The rate in per cent from its parts; null if a part is missing or the denominator is zero.</summary>
    public decimal? Ratio =>
        this is { Numerator: { } numerator, Denominator: > 0 and var denominator } ? numerator * 100 / denominator : null;

    /// <summary>
    /// The figures that count; <c>default</c> if the month has no value. A part of a rate that a later submission set may remain after an
    /// earlier submission, which arrives late, withdraws the indicator.
    /// </summary>
    /// <param name="isValueGiven">
    /// Whether the month's value is given, be it in a returned report. If it never was, or was withdrawn before the year-to-date came, the
    /// year-to-date is an opening position and counts alone.
    /// </param>
    public Figures Effective(bool isValueGiven) =>
        _hasValue || HasParts || (!isValueGiven && YearToDate is not null) ? this : default;

    private bool HasParts => Numerator is not null && Denominator is not null;

    private sealed record RareFigures(decimal? YearToDate, decimal? LastYear, decimal? Numerator, decimal? Denominator, DateOnly? Date)
    {
        public static readonly RareFigures Empty = new(null, null, null, null, null);

        public RareFigures? NullIfEmpty => this == Empty ? null : this;
    }
}

/// <summary>The fields of <see cref="Figures"/>: a submission changes only those that it names.</summary>
[Flags]
public enum FigureFields : byte
{
    None = 0,
    Value = 1,
    YearToDate = 2,
    LastYear = 4,
    Numerator = 8,
    Denominator = 16,
    Date = 32,
    All = Value | YearToDate | LastYear | Numerator | Denominator | Date,
}

/// <summary>A year of figures, January first, on the stack.</summary>
[System.Runtime.CompilerServices.InlineArray(12)]
public struct YearOfFigures
{
    private Figures _january;
}
