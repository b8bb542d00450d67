using System.Diagnostics;
using Spectre.Console;

namespace XilinIngest.Bench;

/// <summary>A stage of a submission, and the two ceilings.</summary>
internal enum Stage
{
    ReadAndForm,
    Commit,
    PackAndUnpack,
    Step,
    StepOfFour,
    StepOfBurst,
    Parse,
    Insert,
}

/// <summary>The measured rounds of each stage. All figures are medians.</summary>
internal sealed class StageFigures
{
    // In microseconds and kilobytes for one submission. For a step of four or of two hundred, the figures are for the whole step.
    private static readonly StageGoal[] Goals =
    [
        new(Stage.ReadAndForm, "read + form", 12, Stage.Parse),
        new(Stage.Commit, "commit", 45, Stage.Insert),
        new(Stage.PackAndUnpack, "pack + unpack", 10, Stage.Parse),
        new(Stage.Step, "step", 35, Stage.Parse),
        new(Stage.StepOfFour, "step of 4 submissions", 2_500, Stage.Parse),
        new(Stage.StepOfBurst, "step of 200 that touch every village", 35_000, Stage.Parse),
        new(Stage.Parse, "ceiling: the same JSON into the contract", null, Stage.Parse),
        new(Stage.Insert, "ceiling: the same rows into SQLite, 500 at a time", null, Stage.Insert),
    ];

    private const double GoalKilobytes = 12;
    private static readonly Stage[] StagesOfASubmission = [Stage.ReadAndForm, Stage.Commit, Stage.PackAndUnpack, Stage.Step];
    private readonly Dictionary<Stage, List<Sample>> _samples = [];

    public T Measure<T>(Stage stage, int count, Func<T> work)
    {
        var (allocated, processor, start) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var result = work();
        var (elapsed, worked) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - processor);
        if (!_samples.TryGetValue(stage, out var samples))
        {
            _samples[stage] = samples = [];
        }

        samples.Add(new(elapsed.TotalMicroseconds / count, worked.TotalMicroseconds / count,
            (GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / count));
        return result;
    }

    /// <summary>
    /// The processor time of a stage in units of its ceiling, which depends less on the machine and on what else it does than a time.
    /// </summary>
    public IEnumerable<(string Stage, double Ratio)> Ratios => Goals.Where(goal => goal.Microseconds is not null)
        .Select(goal => (goal.Name, Median(goal.Stage).ProcessorMicroseconds / Median(goal.Ceiling).ProcessorMicroseconds));

    public void Print()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("stage", "us", "goal", "met", "processor us", "KB", "÷ ceiling");
        foreach (var goal in Goals)
        {
            var (microseconds, processor, kilobytes) = Median(goal.Stage);
            table.AddRow(goal.Name, $"{microseconds:N1}", goal.Microseconds is { } most ? $"≤ {most:N0}" : "",
                goal.Microseconds is { } limit ? Met(microseconds <= limit) : "", $"{processor:N1}",
                $"{kilobytes:N1}",
                goal.Microseconds is null ? "" : $"{processor / Median(goal.Ceiling).ProcessorMicroseconds:N2}");
        }

        var allocated = StagesOfASubmission.Sum(stage => Median(stage).Kilobytes);
        table.AddRow("allocated for a submission, the four stages", "", $"≤ {GoalKilobytes:N0} KB", Met(allocated <= GoalKilobytes), "",
            $"{allocated:N1}", "");
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(table);
    }

    private static string Met(bool met) => met ? "yes" : "NO";

    private Sample Median(Stage stage)
    {
        var samples = _samples[stage];
        return new(Middle(sample => sample.Microseconds), Middle(sample => sample.ProcessorMicroseconds),
            Middle(sample => sample.Kilobytes));

        double Middle(Func<Sample, double> figure) => samples.Select(figure).Order().ElementAt(samples.Count / 2);
    }

    private readonly record struct Sample(double Microseconds, double ProcessorMicroseconds, double Kilobytes);

    private sealed record StageGoal(Stage Stage, string Name, double? Microseconds, Stage Ceiling);
}
