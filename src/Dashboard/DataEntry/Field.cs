using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Input;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>A place to type in: what stands there, and what was typed over it.</summary>
/// <param name="name">What it is kept under while it is not sent; unique in the form.</param>
public sealed class Field(string name)
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

    /// <summary>Why what was typed is no number; null: it is one, or nothing was typed.</summary>
    public Finding? Fault => IsEmpty || NumberText.TryRead(Text, out _, out var fault) ? null : fault;

    /// <summary>Whether a number says something else than what stands: 5.0 for 5 does not.</summary>
    public bool IsChanged => Typed is not null && (Fault is not null || Number != (NumberText.TryRead(StoredText, out var effective, out _) ? effective : null));

    /// <summary>Takes over what stands now; what was typed stays, unless it said no more than what stood: that is no wish to have it back.</summary>
    public void SetStored(decimal? figure)
    {
        Typed = IsChanged ? Typed : null;
        StoredText = figure?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
    }
}
