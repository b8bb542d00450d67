using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>The content of one cell of the catalogue at the time when figures were recorded under it.</summary>
/// <param name="File">Such as <c>indicators.csv</c>.</param>
/// <param name="Code">The indicator or the unit.</param>
/// <param name="Column">Such as <c>kind</c>.</param>
/// <param name="Value">The text in the file; empty if the cell is empty.</param>
public sealed record RecordedFact(string File, string Code, string Column, string Value);

/// <summary>The existing figures. Only entries with figures are protected.</summary>
/// <param name="Units">The codes of the units with figures.</param>
/// <param name="YearsOf">The years in which an indicator has figures. It may be slow and is called only if an edit depends on it.</param>
/// <param name="Months">The months in which units have figures. It is called only if a parent was changed.</param>
public sealed record RecordedFigures(
    IReadOnlySet<string> Units, Func<string, IReadOnlyCollection<int>> YearsOf, Func<IEnumerable<(string Unit, Period Month)>> Months);
