using System.Globalization;
using Microsoft.AspNetCore.Components;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>An input field: the stored value and the input over it.</summary>
/// <param name="name">The key under which unsent input is kept; unique in the form.</param>
/// <param name="isDate">Whether the field holds a date instead of a number.</param>
public sealed class Field(string name, bool isDate = false)
{
    public string Name => name;

    /// <summary>The stored value in the form in which a user would type it.</summary>
    public string StoredText { get; private set; } = "";

    /// <summary>The input; null: there is none.</summary>
    public string? Typed { get; set; }

    public string Text => Typed ?? StoredText;

    /// <summary>Takes the input of an element, and tells the form.</summary>
    /// <param name="typed">The input.</param>
    /// <param name="told">Called afterwards.</param>
    public Task TypeAsync(ChangeEventArgs typed, EventCallback told)
    {
        Typed = typed.Value?.ToString();
        return told.InvokeAsync();
    }

    public bool IsEmpty => InputText.IsBlank(Text);

    /// <summary>The number in the field; null: the field is empty or is not a number.</summary>
    public decimal? Number => NumberText.TryRead(Text, out var number, out _) ? number : null;

    /// <summary>The date in the field; null: the field is empty or is not a date.</summary>
    public DateOnly? Date => isDate && DateText.TryRead(Text, out var date) ? date : null;

    /// <summary>Why the input is not a number or a date; null: it is one, or the field is empty.</summary>
    public Finding? Fault => IsEmpty ? null
        : isDate ? (Date is null ? FileFindings.BadDate(Text) : null)
        : NumberText.TryRead(Text, out _, out var fault) ? null
        : fault;

    /// <summary>Whether the input differs from the stored value. 5.0 does not differ from 5.</summary>
    public bool IsChanged => isDate
        ? Typed is not null && (Fault is not null || Date != (DateText.TryRead(StoredText, out var stored) ? stored : null))
        : Typed is not null
        && (Fault is not null || Number != (NumberText.TryRead(StoredText, out var effective, out _) ? effective : null));

    /// <summary>
    /// Sets the stored value. Input is kept, unless it equalled the previous stored value: the user then did not want to change anything.
    /// </summary>
    /// <param name="date">The date.</param>
    /// <param name="keepTyped">Whether input is kept even if it is the same date.</param>
    public void SetStored(DateOnly? date, bool keepTyped)
    {
        Typed = IsChanged || keepTyped ? Typed : null;
        StoredText = date is { } day ? DateText.Format(day) : "";
    }

    /// <summary>Sets the stored value of a number, by the same rule.</summary>
    public void SetStored(decimal? figure)
    {
        Typed = IsChanged ? Typed : null;
        StoredText = figure?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>Offers what a returned report said, as if it were typed: it is sent again with the corrections. Input is kept.</summary>
    public void Offer(decimal? figure) => Typed ??= figure?.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Offers a date, by the same rule.</summary>
    public void Offer(DateOnly? date) => Typed ??= date is { } day ? DateText.Format(day) : null;
}
