using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>A place to type in: what stands there, and what was typed over it.</summary>
/// <param name="name">What it is kept under while it is not sent; unique in the form.</param>
/// <param name="isDate">Whether it holds a day and not a number.</param>
public sealed class Field(string name, bool isDate = false)
{
    public string Name => name;

    /// <summary>What stands, as it would be typed.</summary>
    public string StoredText { get; private set; } = "";

    /// <summary>Null: nothing was typed.</summary>
    public string? Typed { get; set; }

    public string Text => Typed ?? StoredText;

    public bool IsEmpty => InputText.IsBlank(Text);

    /// <summary>The number it says; null: none, or none that can be understood.</summary>
    public decimal? Number => NumberText.TryRead(Text, out var number, out _) ? number : null;

    /// <summary>The day it says; null: none, or none that can be understood.</summary>
    public DateOnly? Date => isDate && DateText.TryRead(Text, out var date) ? date : null;

    /// <summary>Why what was typed is no number or day; null: it is one, or nothing was typed.</summary>
    public Finding? Fault => IsEmpty ? null
        : isDate ? (Date is null ? FileFindings.BadDate(Text) : null)
        : NumberText.TryRead(Text, out _, out var fault) ? null
        : fault;

    /// <summary>Whether a number says something else than what stands: 5.0 for 5 does not.</summary>
    public bool IsChanged => isDate
        ? Typed is not null && (Fault is not null || Date != (DateText.TryRead(StoredText, out var stored) ? stored : null))
        : Typed is not null
        && (Fault is not null || Number != (NumberText.TryRead(StoredText, out var effective, out _) ? effective : null));

    /// <summary>
    /// Takes over what stands now; what was typed stays, unless it said no more than what stood: that is no wish to have it back.
    /// </summary>
    /// <param name="date">The day.</param>
    /// <param name="keepTyped">Whether what was typed stays though it is the same day.</param>
    public void SetStored(DateOnly? date, bool keepTyped)
    {
        Typed = IsChanged || keepTyped ? Typed : null;
        StoredText = date is { } day ? DateText.Format(day) : "";
    }

    /// <summary>The same of a number.</summary>
    public void SetStored(decimal? figure)
    {
        Typed = IsChanged ? Typed : null;
        StoredText = figure?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
    }
}
