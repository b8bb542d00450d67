using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Enter;

/// <summary>An indicator of the form: its boxes, by its kind.</summary>
public sealed class Line(CatalogueIndicator of, FormEntry entry)
{
    public CatalogueIndicator Of => of;

    public FormEntry Entry { get; private set; } = entry;

    public Box Value { get; } = new(of.Code + " value");

    public Box YearToDate { get; } = new(of.Code + " yearToDate");

    public Box LastYear { get; } = new(of.Code + " lastYear");

    public Box Numerator { get; } = new(of.Code + " numerator");

    public Box Denominator { get; } = new(of.Code + " denominator");

    public Box Note { get; } = new(of.Code + " note");

    public bool IsRate => of.Kind == "Rate";

    /// <summary>The boxes of numbers that it has: a rate is computed from its parts, only a flow has a year-to-date.</summary>
    public IReadOnlyList<Box> Numbers => IsRate ? [Numerator, Denominator] : of.Kind == "Flow" ? [Value, YearToDate, LastYear] : [Value, LastYear];

    public bool IsChanged => Numbers.Any(box => box.IsChanged) || (!Note.IsEmpty && !IsBlank);

    /// <summary>Nothing is said of it.</summary>
    public bool IsBlank => Numbers.All(box => box.IsEmpty);

    /// <summary>What stands is taken back: all of it was deleted.</summary>
    public bool IsWithdrawn => Entry.Now is not null && IsBlank && IsChanged;

    public IEnumerable<Finding> Faults => Numbers.Select(box => box.Fault).OfType<Finding>();

    /// <summary>Whether it is sent: a revision names what differs, and what it does not name stands.</summary>
    public bool IsSent => IsChanged && !Faults.Any() && (!IsBlank || IsWithdrawn);

    /// <summary>The row of someone else's figure that came while this one was being changed, and would be replaced by it; null: none did.</summary>
    public long? OvertakenBy { get; set; }

    public void Stand(FormEntry now)
    {
        if (IsChanged && now.Now?.Sequence is { } row && row != Entry.Now?.Sequence)
        {
            OvertakenBy = row;
        }

        Entry = now;
        Value.Stand(now.Now?.Value);
        YearToDate.Stand(now.Now?.YearToDate);
        LastYear.Stand(now.Now?.LastYear);
        Numerator.Stand(now.Now?.Numerator);
        Denominator.Stand(now.Now?.Denominator);
    }

    /// <summary>As it is sent: the figures that were changed. One that was deleted is taken back, and the indicator where all of them were.</summary>
    public IndicatorValue ToValue() => new()
    {
        Indicator = of.Code,
        Unit = of.Unit,
        Value = Sent(Value),
        YearToDate = Sent(YearToDate),
        LastYear = Sent(LastYear),
        Numerator = Sent(Numerator),
        Denominator = Sent(Denominator),
        Withdraw = IsWithdrawn ? [FigureNames.Value] : Numbers.Where(box => box.IsChanged && box.IsEmpty).Select(NameOf).ToList() is { Count: > 0 } deleted ? deleted : null,
        Note = Note.IsEmpty ? null : TypedText.Trim(Note.Text),
    };

    // A remark alone needs a figure to stand beside: the first one, as it is. Where the month's value alone was deleted, the other
    // figures go with it, so that the service says what is wrong: the indicator would be withdrawn whole.
    private decimal? Sent(Box box) =>
        Numbers.Contains(box) && (box.IsChanged || (box == Numbers[0] && !Numbers.Any(each => each.IsChanged)) || (box != Value && IsValueDeleted)) ? box.Number : null;

    private bool IsValueDeleted => Value.IsChanged && Value.IsEmpty && !IsBlank;

    private string NameOf(Box box) =>
        box == Value ? FigureNames.Value
        : box == YearToDate ? FigureNames.YearToDate
        : box == LastYear ? FigureNames.LastYear
        : box == Numerator ? FigureNames.Numerator
        : FigureNames.Denominator;
}
