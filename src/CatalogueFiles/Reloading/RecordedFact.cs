using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>What one cell of the catalogue said when figures were recorded under it.</summary>
/// <param name="File">Such as <c>indicators.csv</c>.</param>
/// <param name="Code">The indicator or the unit.</param>
/// <param name="Column">Such as <c>kind</c>.</param>
/// <param name="Value">As the file writes it; empty where the cell is.</param>
public sealed record RecordedFact(string File, string Code, string Column, string Value);

/// <summary>Which figures there are: only what has figures is bound to what it was.</summary>
/// <param name="Units">The codes of the units that have any.</param>
/// <param name="YearsOf">The years in which an indicator has any; asked only where a catalogue is in doubt, for it may take a
/// while.</param>
/// <param name="Months">The months in which units have any; asked only where a parent was changed.</param>
public sealed record RecordedFigures(
    IReadOnlySet<string> Units, Func<string, IReadOnlyCollection<int>> YearsOf, Func<IEnumerable<(string Unit, Period Month)>> Months);
