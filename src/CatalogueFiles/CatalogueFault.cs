namespace XilinIngest.CatalogueFiles;

/// <summary>One fault in the catalogue's files, with its position and its remedy.</summary>
/// <param name="File">Such as <c>units.csv</c>.</param>
/// <param name="Line">The line in the file as an editor counts it, from 1; null for the file as a whole.</param>
/// <param name="Column">The name of the column; null for the line as a whole.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Remedy">The remedy.</param>
public sealed record CatalogueFault(string File, int? Line, string? Column, Bilingual Problem, Bilingual Remedy)
{
    /// <summary>The code of the faulty row, if its line is not known yet.</summary>
    internal string? Code { get; init; }

    public string MessageZh => $"{Problem.Zh}；{Remedy.Zh}。";

    public string MessageEn => $"{Problem.En}; {Remedy.En}.";

    /// <summary><c>units.csv:17 parent: …</c></summary>
    public override string ToString() => $"{Location}: {MessageEn}";

    /// <summary>The same line in Chinese.</summary>
    public string ToStringZh() => $"{Location}：{MessageZh}";

    private string Location => (Line is null ? File : $"{File}:{Line}") + (Column is null ? "" : $" {Column}");
}

/// <summary>The catalogue has faults at start. The message lists every fault.</summary>
public sealed class CatalogueFaultsException(string folder, IReadOnlyList<CatalogueFault> faults)
    : Exception($"The catalogue in '{folder}' has {faults.Count} fault(s):{Environment.NewLine}{string.Join(Environment.NewLine, faults)}")
{
    public IReadOnlyList<CatalogueFault> Faults { get; } = faults;
}
