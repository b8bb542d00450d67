using XilinIngest.Storage;

namespace XilinIngest.Notifier.Notices;

/// <summary>The SQL statements of reminders.</summary>
internal static class ReminderStatements
{
    private const string Columns =
        "reminder.number, reminder.unit, reminder.period, reminder.is_digest AS IsDigest, reminder.missing, reminder.channel, "
        + "reminder.withdrawn_at AS WithdrawnAt, reminder_run.by_rule AS ByRule, reminder_run.made_at AS MadeAt, "
        + "reminder_run.made_by AS MadeBy, notice.state, notice.finished_at AS FinishedAt, notice.answer";
    private const string Joined =
        "FROM reminder INNER JOIN reminder_run ON reminder_run.number = reminder.run LEFT JOIN notice ON notice.id = reminder.notice";
    private const string OfMonth = $"{Joined} WHERE reminder.period = CAST(@Month AS varchar(100)) ORDER BY reminder.number DESC";
    private const string OldRun = "FROM reminder_run WHERE made_at < CAST(@OlderThan AS varchar(100))";

    internal static readonly SqlStatement
        RunOfId = new("SELECT number FROM reminder_run WHERE id = CAST(@RunId AS varchar(100))"),
        LastRun = new("SELECT COALESCE(MAX(number), 0) FROM reminder_run"),
        InsertRun = new(
            "INSERT INTO reminder_run (number, id, by_rule, unit, period, made_at, made_by) "
            + "VALUES (@Number, @RunId, @ByRule, @Unit, @Month, @MadeAt, @MadeBy)"),
        LastReminder = new("SELECT COALESCE(MAX(number), 0) FROM reminder"),
        InsertReminder = new(
            "INSERT INTO reminder (number, run, unit, period, is_digest, missing, channel, notice) "
            + "VALUES (@Number, @Run, @Unit, @Month, @IsDigest, @Missing, @Channel, @NoticeId)"),
        RemindersOfRun = new($"SELECT {Columns} {Joined} WHERE reminder.run = @Run ORDER BY reminder.number"),
        RemindersOfMonth = new($"SELECT {Columns} {OfMonth} LIMIT @Limit") { SqlServer = $"SELECT TOP (@Limit) {Columns} {OfMonth}" },
        LastReminders = new(
            "SELECT reminder.unit, MAX(reminder_run.made_at) AS MadeAt FROM reminder INNER JOIN reminder_run "
            + "ON reminder_run.number = reminder.run WHERE reminder.period = CAST(@Month AS varchar(100)) AND reminder.is_digest = 0 "
            + "AND reminder.notice IS NOT NULL AND reminder.withdrawn_at IS NULL GROUP BY reminder.unit"),
        CountAccepted = new("SELECT COUNT(*) FROM delivery_attempt WHERE notice = @Notice AND outcome = 'accepted'"),
        WithdrawReminder = new(
            "UPDATE reminder SET withdrawn_at = @WithdrawnAt WHERE notice = CAST(@NoticeId AS varchar(100)) AND withdrawn_at IS NULL"),
        OldRuns = new($"SELECT number {OldRun} ORDER BY number LIMIT @Limit")
        {
            SqlServer = $"SELECT TOP (@Limit) number {OldRun} ORDER BY number",
        },
        CountOldRuns = new($"SELECT SUBSTRING(made_at, 1, 4) AS RowYear, COUNT(*) AS Found {OldRun} GROUP BY SUBSTRING(made_at, 1, 4)"),
        DeleteRemindersOf = new("DELETE FROM reminder WHERE run = @Number"),
        DeleteRun = new("DELETE FROM reminder_run WHERE number = @Number");
}
