using System.Globalization;
using System.Text.RegularExpressions;

namespace XilinIngest.Worker.Ledger.Tiles;

/// <summary>
/// A tile of the log (c2sp.org/tlog-tiles): <c>Width</c> hashes of complete subtrees with <c>256^Level</c> rows each, the first of which is
/// number <c>Index × 256</c>.
/// </summary>
internal readonly partial record struct TilePath
{
    /// <summary>The hashes of a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>The levels of the tree between the hashes of a tile and those of the tile above it.</summary>
    public const int Height = 8;

    // Above it, 256^level is more than a ledger's sequence can count.
    private const int MaxLevel = 7;

    private TilePath(int level, long index, int width) => (Level, Index, Width) = (level, index, width);

    public int Level { get; }

    public long Index { get; }

    public int Width { get; }

    public bool IsFull => Width == FullWidth;

    /// <summary>The number of the first hash at its level.</summary>
    public long First => Index * FullWidth;

    /// <summary>Reads the two parts of an address after <c>/tile/</c>.</summary>
    /// <param name="level">Such as <c>0</c>.</param>
    /// <param name="index">Such as <c>x001/x234/067</c>, or <c>067.p/8</c> for the first eight hashes.</param>
    /// <param name="tile">The tile.</param>
    /// <returns>False: it is no address of a tile, or not in the one form that it has.</returns>
    public static bool TryParse(string level, string index, out TilePath tile)
    {
        tile = default;
        if (level is not [>= '0' and <= (char)('0' + MaxLevel)] || IndexPattern().Match(index) is not { Success: true } match)
        {
            return false;
        }

        var digits = match.Groups["digits"].Value.Replace("/x", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);
        var width = match.Groups["width"].Success ? ParseNumber(match.Groups["width"].Value) : FullWidth;
        if (match.Groups["width"].Success && width >= FullWidth)
        {
            return false;
        }

        tile = new TilePath(level[0] - '0', ParseNumber(digits.TrimStart('x')), (int)width);
        return true;
    }

    private static long ParseNumber(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    // At most five groups of digits, so that the number is small enough for the first row of the tile. None begins with a group of zeros.
    [GeneratedRegex("^(?!x000)(?<digits>(?:x[0-9]{3}/){0,4}[0-9]{3})(?:\\.p/(?<width>[1-9][0-9]{0,2}))?\\z")]
    private static partial Regex IndexPattern();
}
