using Dapper;
using XilinIngest.Notifier.Silences;
using static XilinIngest.Notifier.Notices.SilenceStatements;

namespace XilinIngest.Notifier.Notices;

/// <summary>The silences in the notifier's database.</summary>
internal sealed partial class NoticeStore
{
    /// <summary>The silences that are not over.</summary>
    public IReadOnlyList<Silence> ReadOpenSilences(DateTimeOffset now) => Read(connection =>
        connection.Query<SilenceRow>(OpenSilences.For(connection), new { Now = NoticeTime.Text(now) })
            .Select(row => row.ToSilence()).ToList());

    /// <summary>The newest silences, also those that are over.</summary>
    public IReadOnlyList<Silence> ReadSilences(int limit) => Read(connection =>
        connection.Query<SilenceRow>(NewestSilences.For(connection), new { Limit = limit }).Select(row => row.ToSilence()).ToList());

    public Silence? FindSilence(long number) => Read(connection =>
        connection.QuerySingleOrDefault<SilenceRow>(SilenceOfNumber.For(connection), new { Number = number })?.ToSilence());

    /// <summary>Adds a silence, once for its id.</summary>
    /// <returns>The silence of this id; null: too many hold already.</returns>
    public Silence? AddSilence(Silence silence) => Write((connection, transaction) =>
    {
        var id = silence.Id.ToString();
        if (connection.QuerySingleOrDefault<SilenceRow>(SilenceOfId.For(connection), new { SilenceId = id }, transaction) is { } known)
        {
            return known.ToSilence();
        }

        var now = NoticeTime.Text(silence.StartsAt);
        if (connection.Query<SilenceRow>(OpenSilences.For(connection), new { Now = now }, transaction).Count() >= Silence.MaxOpen)
        {
            return null;
        }

        var number = connection.QuerySingle<long>(LastSilence.For(connection), transaction: transaction) + 1;
        connection.Execute(
            InsertSilence.For(connection),
            new
            {
                Number = number,
                SilenceId = id,
                silence.Unit,
                silence.Indicator,
                Level = ColourText.Write(silence.Level),
                StartsAt = now,
                EndsAt = NoticeTime.Text(silence.EndsAt),
                silence.MadeBy,
                silence.Reason,
            },
            transaction);
        return silence with { Number = number };
    });

    /// <summary>Ends a silence before its time. One that is over stays as it is.</summary>
    /// <returns>The silence; null: there is none with this number.</returns>
    public Silence? EndSilence(long number, string by, DateTimeOffset now) => Write((connection, transaction) =>
    {
        var silence = connection.QuerySingleOrDefault<SilenceRow>(SilenceOfNumber.For(connection), new { Number = number }, transaction)
            ?.ToSilence();
        if (silence is null || silence.EndedAt is not null || silence.EndsAt <= now)
        {
            return silence;
        }

        connection.Execute(
            InsertSilenceEnd.For(connection), new { Number = number, EndedAt = NoticeTime.Text(now), EndedBy = by }, transaction);
        return silence with { EndedAt = now, EndedBy = by };
    });

    private sealed record SilenceRow
    {
        public long Number { get; init; }
        public string Id { get; init; } = "";
        public string Unit { get; init; } = "";
        public string? Indicator { get; init; }
        public string Level { get; init; } = "";
        public string StartsAt { get; init; } = "";
        public string EndsAt { get; init; } = "";
        public string MadeBy { get; init; } = "";
        public string Reason { get; init; } = "";
        public string? EndedAt { get; init; }
        public string? EndedBy { get; init; }

        public Silence ToSilence() => new()
        {
            Number = Number,
            Id = Guid.Parse(Id),
            Unit = Unit,
            Indicator = Indicator,
            Level = ColourText.Parse(Level),
            StartsAt = NoticeTime.Parse(StartsAt),
            EndsAt = NoticeTime.Parse(EndsAt),
            MadeBy = MadeBy,
            Reason = Reason,
            EndedAt = EndedAt is null ? null : NoticeTime.Parse(EndedAt),
            EndedBy = EndedBy,
        };
    }
}
