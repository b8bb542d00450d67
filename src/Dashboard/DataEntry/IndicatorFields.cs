using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>An indicator of the form: its boxes, by its kind.</summary>
public sealed class IndicatorFields(CatalogueIndicator indicator, FormEntry entry)
{
    public CatalogueIndicator Indicator => indicator;

    public FormEntry Entry { get; private set; } = entry;

    public Field Value { get; } = new(indicator.Code + " value");

    public Field YearToDate { get; } = new(indicator.Code + " yearToDate");

    public Field LastYear { get; } = new(indicator.Code + " lastYear");

    public Field Numerator { get; } = new(indicator.Code + " numerator");

    public Field Denominator { get; } = new(indicator.Code + " denominator");

    public Field Date { get; } = new(indicator.Code + " date", isDate: true);

    public Field Note { get; } = new(indicator.Code + " note");

    /// <summary>The boxes of numbers that it has.</summary>
    public IReadOnlyList<Field> Numbers => [.. AllNumbers.Where(number => indicator.Has(number.Name)).Select(number => number.Field)];

    private (string Name, Field Field)[] AllNumbers =>
    [
        (FigureNames.Value, Value), (FigureNames.YearToDate, YearToDate), (FigureNames.LastYear, LastYear),
        (FigureNames.Numerator, Numerator), (FigureNames.Denominator, Denominator), (FigureNames.Date, Date),
    ];

    public bool IsChanged => Numbers.Any(box => box.IsChanged) || (!Note.IsEmpty && !IsBlank);

    /// <summary>Nothing is said of it.</summary>
    public bool IsBlank => Numbers.All(box => box.IsEmpty);

    /// <summary>What stands is taken back: all of it was deleted.</summary>
    public bool IsWithdrawn => Entry.Now is not null && IsBlank && IsChanged;

    public IEnumerable<Finding> Faults => Numbers.Select(box => box.Fault).OfType<Finding>();

    /// <summary>Whether it is sent: a revision names what differs, and what it does not name stands.</summary>
    public bool WillBeSent => IsChanged && !Faults.Any() && (!IsBlank || IsWithdrawn);

    /// <summary>
    /// The row of someone else's figure that came while this one was being changed, and would be replaced by it; null: none did.
    /// </summary>
    public long? ConflictingRow { get; set; }

    public void Load(FormEntry now)
    {
        if (IsChanged && now.Now?.Sequence is { } row && row != Entry.Now?.Sequence)
        {
            ConflictingRow = row;
        }

        Entry = now;
        Value.SetStored(now.Now?.Value);
        YearToDate.SetStored(now.Now?.YearToDate);
        LastYear.SetStored(now.Now?.LastYear);
        Numerator.SetStored(now.Now?.Numerator);
        Denominator.SetStored(now.Now?.Denominator);
        Date.SetStored(now.Now?.Date, keepTyped: Value.IsChanged);
    }

    /// <summary>A date belongs to its stage: where another stage is chosen, its date is to be typed; where the stored one is chosen
    /// again, its date is back.</summary>
    public void StageChosen() => Date.Typed = Value.IsChanged ? "" : null;

    /// <summary>
    /// As it is sent: the figures that were changed. One that was deleted is taken back, and the indicator where all of them were.
    /// </summary>
    public IndicatorValue ToValue() => new()
    {
        Indicator = indicator.Code,
        Unit = indicator.Unit,
        Value = FigureToSend(Value),
        YearToDate = FigureToSend(YearToDate),
        LastYear = FigureToSend(LastYear),
        Numerator = FigureToSend(Numerator),
        Denominator = FigureToSend(Denominator),
        Date = DateToSend,
        Withdraw = IsWithdrawn
            ? [FigureNames.Value]
            : Numbers.Where(box => box.IsChanged && box.IsEmpty && box != Date).Select(NameOf).ToList() is { Count: > 0 } deleted
                ? deleted : null,
        Note = Note.IsEmpty ? null : InputText.Trim(Note.Text),
    };

    // A remark alone needs a figure to stand beside: the first one, as it is. Where the month's value alone was deleted, the other
    // figures go with it, so that the service says what is wrong: the indicator would be withdrawn whole.
    private decimal? FigureToSend(Field box) =>
        box == Value && HasDate && !Value.IsEmpty ? Value.Number
        : Numbers.Contains(box)
        && (box.IsChanged || (box == Numbers[0] && !Numbers.Any(each => each.IsChanged)) || (box != Value && IsValueDeleted))
            ? box.Number : null;

    // A stage and its date are sent together. The date of the stage before is not that of the stage that was chosen.
    private DateOnly? DateToSend =>
        !HasDate || Value.IsEmpty || (Value.IsChanged && Date.Typed is null) ? null : Date.Date;

    private bool HasDate => indicator.Has(FigureNames.Date);

    private bool IsValueDeleted => Value.IsChanged && Value.IsEmpty && !IsBlank;

    private string NameOf(Field box) =>
        box == Value ? FigureNames.Value
        : box == YearToDate ? FigureNames.YearToDate
        : box == LastYear ? FigureNames.LastYear
        : box == Numerator ? FigureNames.Numerator
        : box == Date ? FigureNames.Date
        : FigureNames.Denominator;
}
