namespace XilinIngest.Aggregator.Cube;

/// <summary>The number of the transaction that stored a step, by which those who follow the cube find what is new to them.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Replaced">The last number that replaced all rows: who follows from an earlier one reads all.</param>
internal readonly record struct CubeRevision(long Number, long Replaced)
{
    /// <summary>The revision of the next step.</summary>
    public CubeRevision Next(bool replacesAll) => new(Number + 1, replacesAll ? Number + 1 : Replaced);
}
