using System.Globalization;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>The newest version and fingerprint of every published result. A result with another fingerprint is the next version.</summary>
internal sealed class PublishedResults
{
    private readonly Dictionary<(string Kind, string Unit, string Indicator, long Period),
        (long Version, long Id, string Fingerprint)> _newest = [];
    private List<Vintage> _new = [];
    private PublicationTime? _publishedAt;

    public PublishedResults(IEnumerable<PublishedResultRow> rows, long lastId)
    {
        LastId = lastId;
        foreach (var row in rows)
        {
            _newest[(row.Kind, row.Unit, row.Indicator, row.Period)] = (row.Version, row.VintageId, row.Fingerprint);
        }
    }

    /// <summary>The id of the newest vintage.</summary>
    public long LastId { get; private set; }

    /// <summary>The number of serialised results. Each result is serialised once.</summary>
    public long SerializedCount { get; private set; }

    /// <summary>The fingerprint of the newest version; null: none was published.</summary>
    public string? FingerprintOf(string kind, string unit, string indicator, long period) =>
        _newest.TryGetValue((kind, unit, indicator, period), out var newest) ? newest.Fingerprint : null;

    /// <summary>The months of which a total or a ranking was published.</summary>
    public IEnumerable<Period> PublishedMonths =>
        _newest.Keys.Where(key => key.Kind != ResultKinds.Alert)
        .Select(key => key.Period).Distinct().Select(number => Period.FromNumber((int)number));

    /// <summary>The alerts that were published and not cleared.</summary>
    public IEnumerable<(string Unit, string Indicator, long Year)> CurrentAlerts => _newest
        .Where(result => result.Key.Kind == ResultKinds.Alert && AlertEventBuilder.IsCurrent(result.Value.Fingerprint))
        .Select(result => (result.Key.Unit, result.Key.Indicator, result.Key.Period));

    /// <summary>Makes a new version of a total, if it differs from the newest one.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="period">The month.</param>
    /// <param name="total">The total, as version 0 without a cause.</param>
    /// <param name="change">The change, with the rows that can have caused it.</param>
    /// <param name="messageStart">The start of the message of this unit and month.</param>
    /// <param name="now">The time of publication.</param>
    public PublishedTotal? AddTotal(
        string unit, Period period, IndicatorTotal total, CubeChanges.NodeChange change, byte[] messageStart, DateTimeOffset now)
    {
        using var content = Serialize(total);
        if (NextVersion(ResultKinds.Total, unit, total.Indicator, period.Number, ResultJson.FingerprintOf(content.Utf8)) is not { } next)
        {
            return null;
        }

        var rows = change.CausesOf(period.Month);
        var json = ResultJson.TotalWithVersion(content.Utf8, (int)next.Version, rows);
        AddVintage(next, nameof(TotalsPublished), ResultJson.TotalsMessage(messageStart, json), now);
        return new PublishedTotal(total with { Version = (int)next.Version, Cause = rows }, json);
    }

    /// <summary>Makes a new version of a ranking, if it differs from the newest one.</summary>
    /// <param name="period">The month.</param>
    /// <param name="ranking">The ranking, as version 0 without cause and time.</param>
    /// <param name="change">The change, with the rows that can have caused it.</param>
    /// <param name="now">The time of publication.</param>
    public PublishedRanking? AddRanking(Period period, RankingPublished ranking, CubeChanges.NodeChange change, DateTimeOffset now)
    {
        using var content = Serialize(ranking);
        if (NextVersion(ResultKinds.Ranking, ranking.Parent, ranking.Indicator, period.Number,
            ResultJson.FingerprintOf(content.Utf8)) is not { } next)
        {
            return null;
        }

        var rows = change.CausesOf(period.Month);
        var json = ResultJson.RankingWithVersion(content.Utf8, (int)next.Version, rows, TimeOf(now).Json);
        AddVintage(next, nameof(RankingPublished), json, now);
        return new PublishedRanking(ranking with { Version = (int)next.Version, Cause = rows, PublishedAt = now }, json);
    }

    /// <summary>Makes the next version of an alert, which differs from the newest one.</summary>
    /// <param name="alert">The alert, without version, cause and time.</param>
    /// <param name="fingerprint">Its fingerprint.</param>
    /// <param name="cause">The rows that can have changed it.</param>
    /// <param name="now">The time of publication.</param>
    public OutgoingResult AddAlert(AlertEvent alert, string fingerprint, IReadOnlyList<long> cause, DateTimeOffset now)
    {
        var next = NextVersion(ResultKinds.Alert, alert.Unit, alert.Indicator, alert.Year, fingerprint)
            ?? throw new InvalidOperationException("An alert event leads to another state.");
        var message = alert with { Version = (int)next.Version, Cause = cause, PublishedAt = now };
        SerializedCount++;
        var json = ResultJson.Serialize((object)message);
        AddVintage(next, message.GetType().Name, json, now);
        return new OutgoingResult(message, json);
    }

    /// <summary>The new versions, to be stored.</summary>
    public List<Vintage> TakeNewVintages()
    {
        var taken = _new;
        _new = [];
        return taken;
    }

    private ResultJson.SerializedText Serialize<T>(T result)
    {
        SerializedCount++;
        return ResultJson.Serialize(result);
    }

    // Null: the newest version has this fingerprint.
    private NextResult? NextVersion(string kind, string unit, string indicator, long period, string fingerprint)
    {
        var key = (kind, unit, indicator, period);
        var isNext = _newest.TryGetValue(key, out var newest);
        return isNext && newest.Fingerprint == fingerprint
            ? null : new NextResult(key, newest.Version + 1, isNext ? newest.Id : null, fingerprint);
    }

    private void AddVintage(NextResult next, string name, byte[] json, DateTimeOffset now)
    {
        _newest[next.Key] = (next.Version, ++LastId, next.Fingerprint);
        _new.Add(new Vintage
        {
            Id = LastId,
            Kind = next.Key.Kind,
            Unit = next.Key.Unit,
            Indicator = next.Key.Indicator,
            Period = next.Key.Period,
            Version = next.Version,
            PreviousId = next.PreviousId,
            Event = name,
            Json = json,
            PublishedAt = TimeOf(now).Column,
            Fingerprint = next.Fingerprint,
        });
    }

    // All results of a step have the same time.
    private PublicationTime TimeOf(DateTimeOffset now)
    {
        if (_publishedAt is null || _publishedAt.Time != now)
        {
            _publishedAt = new(now, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                ResultJson.TimeText(now));
        }

        return _publishedAt;
    }

    /// <summary>A result to be published as its next version.</summary>
    private readonly record struct NextResult(
        (string Kind, string Unit, string Indicator, long Period) Key, long Version, long? PreviousId, string Fingerprint);

    /// <summary>A time of publication, as stored and as the contract has it.</summary>
    private sealed record PublicationTime(DateTimeOffset Time, string Column, byte[] Json);
}
