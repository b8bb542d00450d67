using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace XilinIngest.Bench;

/// <summary>
/// Compares the ratios of the stages to their ceilings with those that HISTORY.md records. A machine that is busy for a moment does not
/// fail the check: a stage that costs too much is measured again, and its best ratio counts.
/// </summary>
internal static partial class StageCheck
{
    private const double Tolerance = 1.3;
    private const int Attempts = 3;

    // The check takes three minutes at most, so that it can run with the tests.
    private static readonly TimeSpan LastStart = TimeSpan.FromSeconds(100);

    /// <returns>True if every stage costs at most 1.3 times its recorded ratio.</returns>
    public static bool Passes(Func<StageFigures> measure, string history)
    {
        var recorded = RecordedRatio().Matches(File.ReadAllText(history))
            .ToDictionary(row => row.Groups["stage"].Value, row => double.Parse(row.Groups["ratio"].Value, CultureInfo.InvariantCulture));
        var best = new Dictionary<string, double>();
        var started = Stopwatch.GetTimestamp();
        for (var attempt = 0; attempt < Attempts && Stopwatch.GetElapsedTime(started) < LastStart; attempt++)
        {
            foreach (var (stage, ratio) in measure().Ratios)
            {
                best[stage] = Math.Min(ratio, best.GetValueOrDefault(stage, double.MaxValue));
            }

            if (best.All(stage => stage.Value <= Limit(recorded, stage.Key, history)))
            {
                break;
            }
        }

        var passes = true;
        foreach (var (stage, ratio) in best)
        {
            var holds = ratio <= Limit(recorded, stage, history);
            passes &= holds;
            Console.WriteLine(
                $"{stage}: {ratio:N2} of its ceiling, recorded {recorded[stage]:N2}{(holds ? "" : ", MORE THAN 1.3 TIMES AS MUCH")}");
        }

        return passes;
    }

    private static double Limit(Dictionary<string, double> recorded, string stage, string history) =>
        recorded.TryGetValue(stage, out var ratio)
            ? ratio * Tolerance
            : throw new InvalidDataException($"{history} records no ratio of the stage '{stage}'. Measure with --stages and add it.");

    // A row of the table of ratios: | ratio: read + form | 2.15 |
    [GeneratedRegex(@"^\| ratio: (?<stage>[^|]+?) \| (?<ratio>[0-9.]+) \|", RegexOptions.Multiline)]
    private static partial Regex RecordedRatio();
}
