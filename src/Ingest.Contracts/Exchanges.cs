namespace XilinIngest.Contracts;

/// <summary>The names of the exchanges, the one place they are written.</summary>
public static class Exchanges
{
    /// <summary>Submissions in.</summary>
    public const string Intake = "xilin.intake";

    /// <summary>Receipts to the units that sent them.</summary>
    public const string Receipts = "xilin.receipts";

    /// <summary>Accepted submissions, in packs, for aggregators.</summary>
    public const string Accepted = "xilin.accepted";

    /// <summary>Requests to a worker to publish accepted submissions again.</summary>
    public const string Replay = "xilin.replay";

    /// <summary>Totals, rankings and alerts.</summary>
    public const string Results = "xilin.results";
}
