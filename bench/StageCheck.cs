using System.Globalization;
using System.Text.RegularExpressions;

namespace XilinIngest.Bench;

/// <summary>Compares the ratios of the stages to their ceilings with those that HISTORY.md records.</summary>
internal static partial class StageCheck
{
    private const double Tolerance = 1.3;

    /// <returns>True if every stage costs at most 1.3 times its recorded ratio.</returns>
    public static bool Passes(StageFigures figures, string history)
    {
        var recorded = RecordedRatio().Matches(File.ReadAllText(history))
            .ToDictionary(row => row.Groups["stage"].Value, row => double.Parse(row.Groups["ratio"].Value, CultureInfo.InvariantCulture));
        var passes = true;
        foreach (var (stage, ratio) in figures.Ratios)
        {
            if (!recorded.TryGetValue(stage, out var expected))
            {
                throw new InvalidDataException($"{history} records no ratio of the stage '{stage}'. Measure with --stages and add it.");
            }

            var holds = ratio <= expected * Tolerance;
            passes &= holds;
            Console.WriteLine(
                $"{stage}: {ratio:N2} of its ceiling, recorded {expected:N2}{(holds ? "" : ", MORE THAN 1.3 TIMES AS MUCH")}");
        }

        return passes;
    }

    // A row of the table of ratios: | ratio: read + form | 2.15 |
    [GeneratedRegex(@"^\| ratio: (?<stage>[^|]+?) \| (?<ratio>[0-9.]+) \|", RegexOptions.Multiline)]
    private static partial Regex RecordedRatio();
}
