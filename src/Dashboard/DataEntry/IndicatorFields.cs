using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>The fields of an indicator in the form, which depend on its kind.</summary>
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

    /// <summary>The figure fields of the indicator.</summary>
    public IReadOnlyList<Field> Numbers => [.. AllNumbers.Where(number => indicator.Has(number.Name)).Select(number => number.Field)];

    /// <summary>Whether the growth is computed from the figure that the unit reports today for last year.</summary>
    public bool AsksForLastYear => Has(FigureNames.LastYear) && indicator.Basis == "Comparable";

    /// <summary>The field of a figure of this name; null: the indicator has no such figure.</summary>
    public Field? FieldOf(string figure) =>
        AllNumbers.Where(number => number.Name == figure && indicator.Has(figure)).Select(number => number.Field).FirstOrDefault();

    /// <summary>Whether a submission may carry a figure of this name.</summary>
    public bool Has(string figure) => indicator.Has(figure);

    private (string Name, Field Field)[] AllNumbers =>
    [
        (FigureNames.Value, Value), (FigureNames.YearToDate, YearToDate), (FigureNames.LastYear, LastYear),
        (FigureNames.Numerator, Numerator), (FigureNames.Denominator, Denominator), (FigureNames.Date, Date),
    ];

    public bool IsChanged => Numbers.Any(box => box.IsChanged) || (!Note.IsEmpty && !IsBlank);

    /// <summary>Whether all figure fields are empty.</summary>
    public bool IsBlank => Numbers.All(box => box.IsEmpty);

    /// <summary>Whether the effective figures are withdrawn, because all of them were deleted.</summary>
    public bool IsWithdrawn => Entry.Now is not null && IsBlank && IsChanged;

    public IEnumerable<Finding> Faults => Numbers.Select(box => box.Fault).OfType<Finding>();

    /// <summary>Whether the indicator is sent. A revision contains the changes; other figures remain effective.</summary>
    public bool WillBeSent => IsChanged && !Faults.Any() && (!IsBlank || IsWithdrawn);

    /// <summary>
    /// The ledger row of another user's figure that arrived during this change and would be replaced by it; null: there is none.
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
        OfferReturned(now.Returned);
    }

    private void OfferReturned(FormFigures? returned)
    {
        if (returned is not null)
        {
            Value.Offer(returned.Value);
            YearToDate.Offer(returned.YearToDate);
            LastYear.Offer(returned.LastYear);
            Numerator.Offer(returned.Numerator);
            Denominator.Offer(returned.Denominator);
            Date.Offer(returned.Date);
        }
    }

    /// <summary>Resets the date with the stage. A date belongs to its stage: another stage needs a new date, and the stored stage gets
    /// its stored date back.</summary>
    public void StageChosen() => Date.Typed = Value.IsChanged ? "" : null;

    /// <summary>
    /// The figures to send: those that were changed. A deleted figure is withdrawn; if all are deleted, the indicator is withdrawn.
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

    // A remark alone needs a figure, so the first one that stands is sent unchanged. If only the month's value was deleted, the other
    // figures are sent too, so that the service reports the fault; otherwise the whole indicator would be withdrawn.
    private decimal? FigureToSend(Field box) =>
        box == Value && HasDate && !Value.IsEmpty ? Value.Number
        : Numbers.Contains(box)
        && (box.IsChanged || (box == FirstFilled && !Numbers.Any(each => each.IsChanged)) || (box != Value && IsValueDeleted))
            ? box.Number : null;

    // An opening position has a year-to-date without the month's value.
    private Field? FirstFilled => Numbers.FirstOrDefault(box => !box.IsEmpty);

    // A stage and its date are sent together. The date of the previous stage is not valid for the chosen one.
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
