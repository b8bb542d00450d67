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
    private (DateTimeOffset Time, string Text) _publishedAt;

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
    /// <param name="cause">The rows that can have changed it.</param>
    /// <param name="now">The time of publication.</param>
    public PublishedTotal? AddTotal(string unit, Period period, IndicatorTotal total, Func<IReadOnlyList<long>> cause, DateTimeOffset now)
    {
        using var content = Serialize(total);
        if (NextVersion(ResultKinds.Total, unit, total.Indicator, period.Number, ResultJson.FingerprintOf(content.Utf8)) is not { } next)
        {
            return null;
        }

        var rows = cause();
        var json = ResultJson.TotalWithVersion(content.Utf8, (int)next.Version, rows);
        AddVintage(next with { Event = nameof(TotalsPublished) }, ResultJson.TotalsMessage(unit, period.ToString(), now, [json]), now);
        return new PublishedTotal(total with { Version = (int)next.Version, Cause = rows }, json);
    }

    /// <summary>Makes a new version of a ranking, if it differs from the newest one.</summary>
    /// <param name="period">The month.</param>
    /// <param name="ranking">The ranking, as version 0 without cause and time.</param>
    /// <param name="cause">The rows that can have changed it.</param>
    /// <param name="now">The time of publication.</param>
    public PublishedRanking? AddRanking(Period period, RankingPublished ranking, Func<IReadOnlyList<long>> cause, DateTimeOffset now)
    {
        using var content = Serialize(ranking);
        if (NextVersion(ResultKinds.Ranking, ranking.Parent, ranking.Indicator, period.Number,
            ResultJson.FingerprintOf(content.Utf8)) is not { } next)
        {
            return null;
        }

        var rows = cause();
        var json = ResultJson.RankingWithVersion(content.Utf8, (int)next.Version, rows, now);
        AddVintage(next with { Event = nameof(RankingPublished) }, json, now);
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
        AddVintage(next with { Event = message.GetType().Name }, json, now);
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
    private Vintage? NextVersion(string kind, string unit, string indicator, long period, string fingerprint)
    {
        var isNext = _newest.TryGetValue((kind, unit, indicator, period), out var newest);
        return isNext && newest.Fingerprint == fingerprint
            ? null
            : new Vintage
            {
                Kind = kind,
                Unit = unit,
                Indicator = indicator,
                Period = period,
                Version = newest.Version + 1,
                PreviousId = isNext ? newest.Id : null,
                Fingerprint = fingerprint,
            };
    }

    private void AddVintage(Vintage vintage, byte[] json, DateTimeOffset now)
    {
        _newest[(vintage.Kind, vintage.Unit, vintage.Indicator, vintage.Period)] = (vintage.Version, ++LastId, vintage.Fingerprint);
        _new.Add(vintage with { Id = LastId, Json = json, PublishedAt = PublishedAt(now) });
    }

    // All results of a step have the same time.
    private string PublishedAt(DateTimeOffset now)
    {
        if (_publishedAt.Text is null || _publishedAt.Time != now)
        {
            _publishedAt = (now, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }

        return _publishedAt.Text;
    }
}
