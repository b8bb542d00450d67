using XilinIngest.Storage;

namespace XilinIngest.Notifier.Notices;

/// <summary>The SQL statements that record the runs of <c>xilin-admin prune</c>.</summary>
internal static class NoticePruningStatements
{
    internal static readonly SqlStatement
        LastPruning = new("SELECT COALESCE(MAX(number), 0) FROM pruning"),
        InsertPruning = new(
            "INSERT INTO pruning (number, started_at, ended_at, older_than, made_by, notices, events, reminder_runs) "
            + "VALUES (@Number, @StartsAt, NULL, @OlderThan, @MadeBy, 0, 0, 0)"),
        AddToPruning = new(
            "UPDATE pruning SET notices = notices + @Notices, events = events + @Events, reminder_runs = reminder_runs + @Runs "
            + "WHERE number = @Number"),
        EndOldPrunings = new(
            "UPDATE pruning SET ended_at = @EndedAt WHERE ended_at IS NULL AND older_than <= CAST(@OlderThan AS varchar(100))"),
        AllPrunings = new(
            "SELECT number, started_at AS StartedAt, ended_at AS EndedAt, older_than AS OlderThan, made_by AS MadeBy, notices, events, "
            + "reminder_runs AS ReminderRuns FROM pruning ORDER BY number");
}
