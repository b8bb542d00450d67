namespace XilinIngest.Indicators;

/// <summary>A part of the unit tree with a ledger and a cube of its own. Two with the same path are equal.</summary>
/// <param name="Path">The division path where it begins, such as <c>32.04.04.004</c>; empty: the whole tree.</param>
public sealed record Partition(string Path)
{
    /// <summary>The one partition of an installation that names none.</summary>
    public static Partition WholeTree { get; } = new("");

    /// <summary>The name of the connection to its databases; null: the one of the installation.</summary>
    public string? Connection { get; init; }

    /// <summary>Whether it is the one partition of an installation that names none.</summary>
    public bool IsWholeTree => Path.Length == 0;

    /// <summary>Whether a unit's division path is at or below the partition's.</summary>
    public bool Holds(string path) =>
        Path.Length == 0 || (path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || path[Path.Length] == '.'));

    public bool Equals(Partition? other) => Path == other?.Path;

    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Path.Length == 0 ? "the whole tree" : Path;
}
