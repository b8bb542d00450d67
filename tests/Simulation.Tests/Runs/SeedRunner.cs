using System.Collections.Concurrent;
using System.Globalization;
using XilinIngest.Simulation.Tests.Stores;

namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>Runs many seeds: each on one thread, without a synchronisation context, so that what continues does so at once.</summary>
internal static class SeedRunner
{
    private const int StackBytes = 16 << 20;
    private const int SeedsPerProgress = 500;

    /// <param name="seeds">The seeds, in the order in which they are run.</param>
    /// <param name="each">Told of each run. False: no further seed is run.</param>
    /// <param name="byHand">A fault that each run has.</param>
    /// <param name="threads">How many seeds run at the same time, each on a thread of its own.</param>
    public static void Run(
        IEnumerable<int> seeds, Func<SeedResult, bool> each, FaultByHand byHand = FaultByHand.None, int threads = 1)
    {
        var waiting = new ConcurrentQueue<int>(seeds);
        var failures = new ConcurrentQueue<Exception>();
        var running = Enumerable.Range(0, threads)
            .Select(_ => new Thread(() => RunAll(waiting, each, byHand, failures), StackBytes)).ToList();
        running.ForEach(thread => thread.Start());
        running.ForEach(thread => thread.Join());
        if (!failures.IsEmpty)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>One line for each five hundred seeds, in the file that XILIN_PROGRESS names.</summary>
    public static void ReportProgress(int done, int all, int found)
    {
        if (Environment.GetEnvironmentVariable("XILIN_PROGRESS") is { Length: > 0 } file && (done % SeedsPerProgress == 0 || done == all))
        {
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {all:N0} seeds, {found} failed\n"));
        }
    }

    private static void RunAll(
        ConcurrentQueue<int> waiting, Func<SeedResult, bool> each, FaultByHand byHand, ConcurrentQueue<Exception> failures)
    {
        try
        {
            using var template = new StoreTemplate();
            while (failures.IsEmpty && waiting.TryDequeue(out var seed))
            {
                using var run = new SimulatedRun(template, seed, byHand);
                IReadOnlyList<string> broken;
                try
                {
                    broken = run.Run();
                }
                catch (Exception exception)
                {
                    broken = [$"The simulator failed: {exception}"];
                }

                if (!each(new SeedResult(seed, run.Trace, broken)))
                {
                    waiting.Clear();
                }
            }
        }
        catch (Exception exception)
        {
            failures.Enqueue(exception);
        }
    }
}

/// <summary>What became of a seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Trace">What happened.</param>
/// <param name="Broken">The promises that were broken; empty: none was.</param>
internal sealed record SeedResult(int Seed, Trace Trace, IReadOnlyList<string> Broken)
{
    private const int LastLines = 60;
    private const int MaxBroken = 10;

    /// <param name="isWhole">Whether all lines are wanted.</param>
    public string Describe(bool isWhole) => string.Join('\n',
        [
            $"Seed {Seed}: ./simulate.sh 1 {Seed} repeats exactly this run (trace {Trace.Hash:x16}).",
            .. Broken.Take(MaxBroken),
            isWhole ? "What happened:" : $"The last of {Trace.Lines.Count} lines of what happened:",
            .. isWhole ? Trace.Lines : Trace.Lines.TakeLast(LastLines),
        ]);
}
