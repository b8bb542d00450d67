using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>The section of a report that a text is of.</summary>
/// <param name="Period">The month of the report.</param>
/// <param name="Unit">The unit of the report.</param>
/// <param name="Section">The section.</param>
/// <param name="Language">The language: zh or en.</param>
internal sealed record SectionKey(Period Period, string Unit, string Section, string Language);

/// <summary>A version of a section's text. No version ever changes.</summary>
/// <param name="Key">The section.</param>
/// <param name="Version">From 1 for each section.</param>
/// <param name="Text">The text, a paragraph per line; null: back to the computed text.</param>
/// <param name="Computed">The computed text as the editor had it before them.</param>
/// <param name="Replaced">The text that it replaced.</param>
/// <param name="EditedBy">By whom.</param>
/// <param name="EditedAt">When.</param>
internal sealed record EditedText(
    SectionKey Key, int Version, string? Text, string Computed, string Replaced, string EditedBy, DateTimeOffset EditedAt)
{
    /// <summary>The version that an edit makes; null: another version than the one that its editor had before them is the newest.</summary>
    /// <param name="newest">The newest version; null: there is none.</param>
    /// <param name="edit">The edit; its number is that of the version before it, and nothing is replaced yet.</param>
    public static EditedText? Decide(EditedText? newest, EditedText edit)
    {
        if (newest is not null && newest.Version == edit.Version + 1 && newest.IsSameEditAs(edit))
        {
            // The answer was lost, and the request was sent again.
            return newest;
        }

        return (newest?.Version ?? 0) == edit.Version
            ? edit with { Version = edit.Version + 1, Replaced = newest?.Text ?? edit.Computed } : null;
    }

    private bool IsSameEditAs(EditedText edit) => (EditedBy, Text, Computed) == (edit.EditedBy, edit.Text, edit.Computed);
}
