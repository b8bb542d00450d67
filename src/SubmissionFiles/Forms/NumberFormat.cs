namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>How a cell shows its number, compared with the stored one.</summary>
internal enum NumberDisplay
{
    /// <summary>The stored number, perhaps rounded.</summary>
    Number, Date, Percentage, Scaled, Hidden, SignHidden, SignAdded, SymbolsAmongDigits,
}

/// <summary>A number format of a workbook. Only the parts that make the shown number differ from the stored one are evaluated.</summary>
internal sealed class NumberFormat
{
    private readonly List<FormatSection> _sections;

    private NumberFormat(List<FormatSection> sections) => _sections = sections;

    public static NumberFormat Parse(string code) => new([.. FormatSection.Split(code).Take(4).Select(FormatSection.Parse)]);

    /// <summary>How a number is shown, and the words that are shown with it, such as 万; null if there are none.</summary>
    public (NumberDisplay Display, string? Words) Describe(double number)
    {
        var at = SectionFor(number);
        if (at < 0)
        {
            return (NumberDisplay.Hidden, null);
        }

        var section = _sections[at];
        var isNegativeSection = at == 1 && number < 0 && section.Condition is null && _sections[0].Condition is null;

        // With a single section, a negative number gets the section's minus in addition to its own.
        var isMisleading = section.ShowsMinus && (number > 0 || (number < 0 && at == 0 && section.Condition is null));
        var display = section.IsDate ? NumberDisplay.Date
            : section.IsPercentage ? NumberDisplay.Percentage
            : section.IsScaled ? NumberDisplay.Scaled
            : section.HasSymbolsAmongDigits ? NumberDisplay.SymbolsAmongDigits
            : !section.ShowsDigits && !(number == 0 && section.ShowsAnything) ? NumberDisplay.Hidden
            : isNegativeSection && !section.ShowsSign ? NumberDisplay.SignHidden
            : isMisleading ? NumberDisplay.SignAdded
            : NumberDisplay.Number;
        return (display, section.ShowsDigits && section.Literals.Length > 0 ? section.Literals : null);
    }

    private int SectionFor(double number)
    {
        if (_sections.Exists(section => section.Condition is not null))
        {
            return _sections.FindIndex(section => section.Condition is { } holds
                ? holds(number) : section != _sections[0] || _sections.Count == 1);
        }

        // A fourth section is for texts.
        var numeric = Math.Min(_sections.Count, 3);
        return number < 0 && numeric > 1 ? 1 : number == 0 && numeric > 2 ? 2 : 0;
    }
}
