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

    /// <summary>What the delivery limit ends, on its way to <see cref="Queues.DeadLetters"/>.</summary>
    public const string DeadLetter = "xilin.dead";
}

/// <summary>The names of the queues that more than their reader must know.</summary>
public static class Queues
{
    /// <summary>Bodies that no one can read, and messages that were given up; for staff.</summary>
    public const string DeadLetters = "xilin.parked";

    /// <summary>The queue with the receipts of one user, which that user alone may read.</summary>
    /// <param name="user">The user's name: the code of the office.</param>
    public static string ReceiptsOf(string user) => "xilin.receipts." + user;
}
