using XilinIngest.Storage;

namespace XilinIngest.Notifier.Notices;

/// <summary>The SQL statements of the notices' database.</summary>
internal static class NoticeStatements
{
    // SQL Server receives a text parameter in UTF-16. Without the cast it would convert the whole column for the comparison, and could use
    // no index.
    private const string OfAlert =
        "unit = CAST(@Unit AS varchar(100)) AND indicator = CAST(@Indicator AS varchar(100)) AND year = @Year";
    private const string EventColumns =
        "id, unit, indicator, year, version, period, colour, silenced_by AS SilencedBy, taken_at AS TakenAt, is_late AS IsLate";
    private const string NoticeColumns =
        "number, id, route, group_key AS GroupKey, channel, reason, created_at AS CreatedAt, content, state, attempts, "
        + "next_attempt_at AS NextAttemptAt, finished_at AS FinishedAt, answer";
    private const string Due =
        "WHERE state = 'pending' AND channel = CAST(@Channel AS varchar(100)) "
        + "AND (next_attempt_at <= CAST(@Now AS varchar(100)) OR next_attempt_at > CAST(@Latest AS varchar(100))) ORDER BY number";
    private const string OldNotice =
        "FROM notice WHERE state <> 'pending' AND finished_at < CAST(@OlderThan AS varchar(100)) AND EXISTS (SELECT 1 FROM notice newer "
        + "WHERE newer.route = notice.route AND newer.group_key = notice.group_key AND newer.number > notice.number)";

    // Ids go on from the highest one, which therefore stays, as does what a route was not told.
    private const string OldEvent =
        "FROM alert_event WHERE taken_at < CAST(@OlderThan AS varchar(100)) AND id < (SELECT MAX(id) FROM alert_event) "
        + "AND EXISTS (SELECT 1 FROM alert_event newer WHERE newer.unit = alert_event.unit AND newer.indicator = alert_event.indicator "
        + "AND newer.year = alert_event.year AND newer.is_late = 0 AND newer.id > alert_event.id) "
        + "AND NOT EXISTS (SELECT 1 FROM told_alert WHERE told_alert.unit = alert_event.unit "
        + "AND told_alert.indicator = alert_event.indicator AND told_alert.year = alert_event.year "
        + "AND told_alert.event_id < alert_event.id)";
    private const string Between =
        "FROM notice WHERE created_at >= CAST(@MadeFrom AS varchar(100)) AND created_at < CAST(@MadeUntil AS varchar(100)) ORDER BY number";
    private const string Newest = "FROM notice WHERE number < @Before ORDER BY number DESC";

    internal static readonly SqlStatement
        LastEvent = new("SELECT COALESCE(MAX(id), 0) FROM alert_event"),
        CountEvents = new(
            $"SELECT COUNT(*) FROM alert_event WHERE {OfAlert} AND version = @Version "
            + "AND published_at = CAST(@PublishedAt AS varchar(100))"),
        NewestEvent = new(
            "SELECT version, published_at AS PublishedAt FROM alert_event WHERE id = (SELECT MAX(id) FROM alert_event "
            + $"WHERE {OfAlert} AND is_late = 0)"),
        InsertEvent = new(
            "INSERT INTO alert_event (id, unit, indicator, year, version, published_at, period, colour, silenced_by, taken_at, is_late, "
            + "payload) VALUES (@Id, @Unit, @Indicator, @Year, @Version, @PublishedAt, @Month, @Colour, @SilencedBy, @TakenAt, @IsLate, "
            + "@Payload)"),
        EventsAfter = new($"SELECT {EventColumns} FROM alert_event WHERE id > @Id ORDER BY id"),
        PayloadOf = new("SELECT payload FROM alert_event WHERE id = @Id"),
        HistoryPositionOf = new("SELECT publication, published_at AS PublishedAt FROM history_position WHERE id = 1"),
        SetHistoryPosition = new(
            "UPDATE history_position SET publication = @Publication, published_at = @PublishedAt WHERE id = 1"),
        Epoch = new("SELECT epoch FROM history_position WHERE id = 1"),
        RaiseEpoch = new("UPDATE history_position SET epoch = epoch + 1 WHERE id = 1"),
        AllTold = new("SELECT route, unit, indicator, year, colour, event_id AS EventId FROM told_alert"),
        UpdateTold = new(
            $"UPDATE told_alert SET colour = @Colour, event_id = @EventId WHERE route = CAST(@Route AS varchar(100)) AND {OfAlert}"),
        InsertTold = new(
            "INSERT INTO told_alert (route, unit, indicator, year, colour, event_id) "
            + "VALUES (@Route, @Unit, @Indicator, @Year, @Colour, @EventId)"),
        LastNotice = new("SELECT COALESCE(MAX(number), 0) FROM notice"),
        GroupTimes = new("SELECT route, group_key AS GroupKey, MAX(created_at) AS CreatedAt FROM notice GROUP BY route, group_key"),
        PendingGroups = new("SELECT route, group_key AS GroupKey FROM notice WHERE state = 'pending'"),
        Outbox = new("SELECT COUNT(*) AS Pending, MIN(created_at) AS Oldest FROM notice WHERE state = 'pending'"),
        InsertNotice = new(
            "INSERT INTO notice (number, id, route, group_key, channel, reason, created_at, content, state, attempts, next_attempt_at) "
            + "VALUES (@Number, @NoticeId, @Route, @GroupKey, @Channel, @Reason, @CreatedAt, @Content, 'pending', 0, @CreatedAt)"),
        DueNotices = new($"SELECT {NoticeColumns} FROM notice {Due} LIMIT @Limit")
        {
            SqlServer = $"SELECT TOP (@Limit) {NoticeColumns} FROM notice {Due}",
        },
        InsertAttempt = new(
            "INSERT INTO delivery_attempt (notice, number, tried_at, outcome, answer) "
            + "VALUES (@Notice, @Number, @TriedAt, @Outcome, @Answer)"),
        FinishNotice = new(
            "UPDATE notice SET state = @State, attempts = @Number, finished_at = @TriedAt, answer = @Answer WHERE number = @Notice"),
        PostponeNotice = new(
            "UPDATE notice SET attempts = @Number, next_attempt_at = @NextAttemptAt, answer = @Answer WHERE number = @Notice"),
        HoldNotice = new("UPDATE notice SET next_attempt_at = @NextAttemptAt WHERE number = @Number AND state = 'pending'"),
        NewestNotices = new($"SELECT {NoticeColumns} {Newest} LIMIT @Limit")
        {
            SqlServer = $"SELECT TOP (@Limit) {NoticeColumns} {Newest}",
        },
        OldNotices = new($"SELECT number {OldNotice} ORDER BY number LIMIT @Limit")
        {
            SqlServer = $"SELECT TOP (@Limit) number {OldNotice} ORDER BY number",
        },
        CountOldNotices = new(
            $"SELECT SUBSTRING(finished_at, 1, 4) AS RowYear, COUNT(*) AS Found {OldNotice} GROUP BY SUBSTRING(finished_at, 1, 4)"),
        DeleteAttempts = new("DELETE FROM delivery_attempt WHERE notice = @Number"),
        DeleteNotice = new("DELETE FROM notice WHERE number = @Number"),
        OldEvents = new($"SELECT id {OldEvent} ORDER BY id LIMIT @Limit")
        {
            SqlServer = $"SELECT TOP (@Limit) id {OldEvent} ORDER BY id",
        },
        CountOldEvents = new(
            $"SELECT SUBSTRING(taken_at, 1, 4) AS RowYear, COUNT(*) AS Found {OldEvent} GROUP BY SUBSTRING(taken_at, 1, 4)"),
        DeleteEvent = new("DELETE FROM alert_event WHERE id = @Number"),
        NoticeById = new($"SELECT {NoticeColumns} FROM notice WHERE id = CAST(@NoticeId AS varchar(100))"),
        NoticesBetween = new($"SELECT {NoticeColumns} {Between} LIMIT @Limit")
        {
            SqlServer = $"SELECT TOP (@Limit) {NoticeColumns} {Between}",
        },
        ReleaseNotice = new(
            "UPDATE notice SET state = 'pending', next_attempt_at = created_at, finished_at = NULL WHERE number = @Number "
            + "AND state <> 'pending'");
}
