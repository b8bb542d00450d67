using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Rows;

/// <summary>Reads the cells that assign a row to a submission and an indicator.</summary>
/// <param name="catalogue">Resolves names in place of codes; if null, only codes are accepted.</param>
internal sealed partial class RowKeyReader(CatalogueNames? catalogue)
{
    public string ReadUnit(FileCell cell, List<LocatedFinding> findings)
    {
        var text = NumberText.Normalize(cell.Text);
        Finding? finding = cell.Finding is not null ? null
            : text.Length == 0 ? FileFindings.NoUnit()
            : Exponent().IsMatch(text) ? FileFindings.CodeLostToExponent(text)
            : InputText.HasInvisibleCharacters(text) ? FileFindings.InvisibleCharacter(text)
            : null;
        if (finding is not null)
        {
            findings.Add(new(cell.Location, finding));
        }

        return catalogue?.FindUnitCode(text) ?? text;
    }

    public string ReadIndicator(FileCell cell, List<LocatedFinding> findings)
    {
        var text = NumberText.Normalize(cell.Text);
        Finding? finding = cell.Finding is not null ? null
            : text.Length == 0 ? FileFindings.NoIndicator()
            : InputText.HasInvisibleCharacters(text) ? FileFindings.InvisibleCharacter(text)
            : null;
        if (finding is not null)
        {
            findings.Add(new(cell.Location, finding));
        }

        return catalogue?.FindIndicatorCode(text) ?? text;
    }

    public static string ReadMonth(FileCell cell, List<LocatedFinding> findings)
    {
        if (cell.Finding is null && MonthText.TryRead(cell.Text, out var period))
        {
            return period.ToString();
        }

        if (cell.Finding is null)
        {
            findings.Add(new(cell.Location, FileFindings.BadMonth(cell.Text)));
        }

        return InputText.Trim(cell.Text);
    }

    public static string ReadRevision(FileCell? cell, List<LocatedFinding> findings)
    {
        if (cell is null || cell.IsEmpty)
        {
            return "";
        }

        if (NumberText.TryRead(cell.Text, out var number, out _) && number is >= 1 and <= 9999 && decimal.IsInteger(number))
        {
            return number.ToString("0", CultureInfo.InvariantCulture);
        }

        if (cell.Finding is null)
        {
            findings.Add(new(cell.Location, FileFindings.BadWholeNumber(cell.Text)));
        }

        return "";
    }

    [GeneratedRegex(@"\A[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+\z")]
    private static partial Regex Exponent();
}
