using XilinIngest.Storage;

namespace XilinIngest.Notifier.Notices;

/// <summary>The SQL statements of silences.</summary>
internal static class SilenceStatements
{
    private const string Columns =
        "number, id, unit, indicator, level, starts_at AS StartsAt, ends_at AS EndsAt, made_by AS MadeBy, reason, ended_at AS EndedAt, "
        + "ended_by AS EndedBy";
    private const string Joined = "FROM silence LEFT JOIN silence_end ON silence = number";
    private const string Newest = $"{Joined} ORDER BY number DESC";

    internal static readonly SqlStatement
        OpenSilences = new(
            $"SELECT {Columns} {Joined} WHERE ends_at > CAST(@Now AS varchar(100)) AND ended_at IS NULL ORDER BY number"),
        NewestSilences = new($"SELECT {Columns} {Newest} LIMIT @Limit") { SqlServer = $"SELECT TOP (@Limit) {Columns} {Newest}" },
        SilenceOfId = new($"SELECT {Columns} {Joined} WHERE id = CAST(@SilenceId AS varchar(100))"),
        SilenceOfNumber = new($"SELECT {Columns} {Joined} WHERE number = @Number"),
        LastSilence = new("SELECT COALESCE(MAX(number), 0) FROM silence"),
        InsertSilence = new(
            "INSERT INTO silence (number, id, unit, indicator, level, starts_at, ends_at, made_by, reason) "
            + "VALUES (@Number, @SilenceId, @Unit, @Indicator, @Level, @StartsAt, @EndsAt, @MadeBy, @Reason)"),
        InsertSilenceEnd = new("INSERT INTO silence_end (silence, ended_at, ended_by) VALUES (@Number, @EndedAt, @EndedBy)");
}
