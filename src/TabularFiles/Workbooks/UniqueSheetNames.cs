namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>Unique names for the sheets of a workbook, with at most 31 characters and without characters that Excel forbids.</summary>
/// <param name="reserved">Names that no sheet gets.</param>
public sealed class UniqueSheetNames(params IEnumerable<string> reserved)
{
    private const int MaxLength = 31;
    private const string Forbidden = @"[]:*?/\'";

    private readonly HashSet<string> _taken = new(reserved, StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the preferred name if it is valid and free, otherwise the other one, with a number if necessary.</summary>
    public string Take(string preferred, string otherwise)
    {
        if (Clean(preferred) is { Length: > 0 } name && _taken.Add(name))
        {
            return name;
        }

        for (var number = 1; ; number++)
        {
            name = number == 1 ? Clean(otherwise) : Clean($"{number} {otherwise}");
            if (_taken.Add(name))
            {
                return name;
            }
        }
    }

    private static string Clean(string name)
    {
        var allowed = XmlText.RemoveInvalid(string.Concat(
            name.Where(letter => !char.IsControl(letter) && !Forbidden.Contains(letter, StringComparison.Ordinal))));

        // The cut may split a surrogate pair; the remaining half is removed.
        return XmlText.RemoveInvalid(allowed[..Math.Min(MaxLength, allowed.Length)]);
    }
}
