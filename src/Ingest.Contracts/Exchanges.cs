namespace XilinIngest.Contracts;

/// <summary>The names of the exchanges.</summary>
public static class Exchanges
{
    /// <summary>Submissions to the worker.</summary>
    public const string Intake = "xilin.intake";

    /// <summary>Receipts to the units that sent them.</summary>
    public const string Receipts = "xilin.receipts";

    /// <summary>Accepted submissions, in packs, for aggregators.</summary>
    public const string Accepted = "xilin.accepted";

    /// <summary>The exchange with the packs of one partition's ledger.</summary>
    /// <param name="partition">The partition's path; empty: the whole tree, whose exchange is <see cref="Accepted"/>.</param>
    public static string AcceptedOf(string? partition) => string.IsNullOrEmpty(partition) ? Accepted : $"{Accepted}.{partition}";

    /// <summary>Requests to a worker to publish accepted submissions again.</summary>
    public const string Replay = "xilin.replay";

    /// <summary>Totals, rankings and alerts.</summary>
    public const string Results = "xilin.results";

    /// <summary>Messages that reached the delivery limit, routed to <see cref="Queues.DeadLetters"/>.</summary>
    public const string DeadLetter = "xilin.dead";
}

/// <summary>The names of queues that are used outside their consumer.</summary>
public static class Queues
{
    /// <summary>Unreadable bodies, and messages whose processing was given up; for staff.</summary>
    public const string DeadLetters = "xilin.parked";

    /// <summary>The queue with the receipts of one user, which that user alone may read.</summary>
    /// <param name="user">The user's name: the code of the office.</param>
    public static string ReceiptsOf(string user) => "xilin.receipts." + user;
}
