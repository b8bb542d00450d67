namespace XilinIngest.Aggregator.Cube;

/// <summary>The number of the transaction that stored a step, by which those who follow the cube find what is new to them.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Replaced">The last number that replaced all rows: who follows from an earlier one reads all.</param>
internal readonly record struct CubeRevision(long Number, long Replaced)
{
    /// <summary>What rows have that nobody follows: they are in no index of revisions, and the step counts as
    /// one that replaced all.</summary>
    public const long OfNone = 0;

    /// <summary>The revision of the next step.</summary>
    public CubeRevision Next(bool replacesAll) => new(Number + 1, replacesAll ? Number + 1 : Replaced);
}
