namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>
/// How probable each fault is in a run. A seed draws it: some kinds of faults are left out of each run, so that the others meet states that
/// these would prevent.
/// </summary>
internal sealed record FaultPlan
{
    /// <summary>A statement or a commit fails, before or after it took effect; for each statement.</summary>
    public double StatementFails { get; init; }

    /// <summary>The process stands still at a statement while the others work; for each statement.</summary>
    public double FreezesAtStatement { get; init; }

    /// <summary>The process dies at a statement; for each statement.</summary>
    public double DiesAtStatement { get; init; }

    /// <summary>A message comes twice; for each message.</summary>
    public double Repeats { get; init; }

    /// <summary>A message overtakes others; for each delivery.</summary>
    public double Reorders { get; init; }

    /// <summary>The confirm comes later; for each message.</summary>
    public double ConfirmsLate { get; init; }

    /// <summary>Those below strike between two steps; 1 is as often as an action of the least weight.</summary>
    public double Dies { get; init; }
    public double Freezes { get; init; }
    public double Blocks { get; init; }
    public double Splits { get; init; }
    public double Purges { get; init; }
    public double Disconnects { get; init; }
    public double LosesLease { get; init; }
    public double LosesStore { get; init; }

    /// <summary>Sums for another partition are dropped; for each message.</summary>
    public double DropsRollUps { get; init; }

    /// <summary>Those below strike between two steps, where the tree is split: one database fails, for all processes.</summary>
    public double LosesDatabase { get; init; }

    /// <summary>A partition leaves the process that runs it.</summary>
    public double Leaves { get; init; }

    /// <summary>A partition is started although another process runs it.</summary>
    public double RunsTwice { get; init; }

    public static readonly FaultPlan None = new();

    /// <param name="random">The run's chance.</param>
    /// <param name="isSplit">Whether the run has several partitions.</param>
    public static FaultPlan Draw(SeededRandom random, bool isSplit) => !isSplit ? Draw(random) : Draw(random) with
    {
        DropsRollUps = Draw(random, 0.3),
        LosesDatabase = Draw(random, 0.4),
        Leaves = Draw(random, 0.5),
        RunsTwice = Draw(random, 0.5),
    };

    private static FaultPlan Draw(SeededRandom random) => new()
    {
        StatementFails = Draw(random, 0.015),
        FreezesAtStatement = Draw(random, 0.02),
        DiesAtStatement = Draw(random, 0.008),
        Repeats = Draw(random, 0.2),
        Reorders = Draw(random, 0.3),
        ConfirmsLate = Draw(random, 0.6),
        Dies = Draw(random, 0.4),
        Freezes = Draw(random, 0.4),
        Blocks = Draw(random, 0.3),
        Splits = Draw(random, 0.4),
        Purges = Draw(random, 0.3),
        Disconnects = Draw(random, 0.5),
        LosesLease = Draw(random, 0.4),
        LosesStore = Draw(random, 0.3),
    };

    private static double Draw(SeededRandom random, double highest)
    {
        var share = random.Share();
        return random.Chance(0.4) ? 0 : share * highest;
    }
}
