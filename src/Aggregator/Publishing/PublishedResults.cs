using System.Globalization;
using System.Runtime.InteropServices;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The newest version of every published result. A result that differs from it is the next version. The new totals of one unit and month
/// are published in one message, any other result in its own.
/// </summary>
internal sealed class PublishedResults
{
    private readonly Dictionary<ResultId, NewestVersion> _newest = [];

    // How many newest versions each publication has, and the last publication of totals by unit and month.
    private readonly Dictionary<long, int> _newestIn = [];
    private readonly Dictionary<(string Unit, long Period), long> _lastTotals = [];
    private readonly Dictionary<(string Unit, long Period), TotalsGroup> _groups = [];
    private NewPublications _new = new([], []);
    private (DateTimeOffset Time, string? Column) _publishedAt;

    /// <param name="newest">The newest version of every published result.</param>
    /// <param name="lastId">The id of the newest publication.</param>
    public PublishedResults(IEnumerable<ResultVersion> newest, long lastId)
    {
        LastId = lastId;
        foreach (var version in newest)
        {
            var (id, publication) = (version.Id, version.Publication.Id);
            _newest[id] = new(version.Version, publication, version.Json,
                id.Kind == ResultKinds.Alert
                    ? AlertEventBuilder.Fingerprint((AlertEvent)PublicationReader.Deserialize(version.Publication)) : null);
            CollectionsMarshal.GetValueRefOrAddDefault(_newestIn, publication, out _)++;
            if (id.Kind == ResultKinds.Total)
            {
                ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_lastTotals, (id.Unit, id.Period), out _);
                last = Math.Max(last, publication);
            }
        }
    }

    /// <summary>The id of the newest publication.</summary>
    public long LastId { get; private set; }

    /// <summary>The number of serialised results. Each result is serialised once.</summary>
    public long SerializedCount { get; private set; }

    /// <summary>The months of which a total or a ranking was published.</summary>
    public IEnumerable<Period> PublishedMonths =>
        _newest.Keys.Where(id => id.Kind != ResultKinds.Alert).Select(id => id.Period).Distinct()
        .Select(number => Period.FromNumber((int)number));

    /// <summary>The alerts that were published and not cleared.</summary>
    public IEnumerable<ResultId> CurrentAlerts => _newest
        .Where(result => result.Value.AlertFingerprint is { } fingerprint && AlertEventBuilder.IsCurrent(fingerprint))
        .Select(result => result.Key);

    /// <summary>The version that a result has if it is published: 1 where none was.</summary>
    public int NextVersionOf(ResultId id) => (int)(_newest.GetValueOrDefault(id)?.Version ?? 0) + 1;

    /// <summary>The fingerprint of the published state of an alert; null: it was never published.</summary>
    public string? AlertFingerprintOf(string unit, string indicator, long year) =>
        _newest.GetValueOrDefault(new(ResultKinds.Alert, unit, indicator, year))?.AlertFingerprint;

    /// <summary>
    /// Makes a new version of a total, if it differs from the newest one. <see cref="CompleteTotals"/> makes the messages of all of them.
    /// </summary>
    /// <param name="id">The result.</param>
    /// <param name="order">The place of the indicator in the catalogue.</param>
    /// <param name="total">The total with its next version.</param>
    public PublishedTotal? AddTotal(ResultId id, int order, IndicatorTotal total)
    {
        using var text = Serialize(total);
        ref var newest = ref Newest(id);
        if (newest is not null && ResultJson.HaveSameContent(newest.Json, text.Utf8))
        {
            return null;
        }

        if (!_groups.TryGetValue((id.Unit, id.Period), out var group))
        {
            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_lastTotals, (id.Unit, id.Period), out _);
            _groups[(id.Unit, id.Period)] = group = new(++LastId, last == 0 ? null : last);
            last = LastId;
        }

        var json = text.Utf8.ToArray();
        Replace(ref newest, new(total.Version, group.Id, json, null));
        var added = new PublishedTotal(total, json, group.Id);
        group.Totals.Add((order, added));
        return added;
    }

    /// <summary>Makes the messages of the new totals: one for each unit and month, in the order of their ids.</summary>
    public IEnumerable<OutgoingResult> CompleteTotals(DateTimeOffset now)
    {
        foreach (var ((unit, period), group) in _groups)
        {
            group.Totals.Sort((one, other) => one.Order.CompareTo(other.Order));
            var message = new TotalsPublished
            {
                Unit = unit,
                Period = Period.FromNumber((int)period).ToString(),
                PublishedAt = now,
                Totals = group.Totals.ConvertAll(total => total.Total.Total),
            };
            var json = ResultJson.TotalsMessage(
                ResultJson.TotalsMessageStart(unit, message.Period, now), [.. group.Totals.Select(total => total.Total.Json!)]);
            Add(group.Id, new(ResultKinds.Total, unit, "", period), group.PreviousId, nameof(TotalsPublished), json, now);
            yield return new OutgoingResult(message, json);
        }

        _groups.Clear();
    }

    /// <summary>Makes a new version of a ranking, if it differs from the newest one.</summary>
    /// <param name="id">The result.</param>
    /// <param name="ranking">The ranking with its next version.</param>
    /// <param name="now">The time of publication.</param>
    public PublishedRanking? AddRanking(ResultId id, RankingPublished ranking, DateTimeOffset now)
    {
        using var text = Serialize(ranking);
        ref var newest = ref Newest(id);
        if (newest is not null && ResultJson.HaveSameContent(newest.Json, text.Utf8))
        {
            return null;
        }

        var json = text.Utf8.ToArray();
        Add(++LastId, id, newest?.Publication, nameof(RankingPublished), json, now);
        Replace(ref newest, new(ranking.Version, LastId, json, null));
        return new PublishedRanking(ranking, json, LastId);
    }

    /// <summary>Makes the next version of an alert, which differs from the newest one.</summary>
    /// <param name="alert">The alert, without version, cause and time.</param>
    /// <param name="fingerprint">Its fingerprint.</param>
    /// <param name="cause">The rows that can have changed it.</param>
    /// <param name="now">The time of publication.</param>
    public OutgoingResult AddAlert(AlertEvent alert, string fingerprint, IReadOnlyList<long> cause, DateTimeOffset now)
    {
        var id = new ResultId(ResultKinds.Alert, alert.Unit, alert.Indicator, alert.Year);
        ref var newest = ref Newest(id);
        var version = NextVersionOf(id);
        var message = alert with { Version = version, Cause = cause, PublishedAt = now };
        SerializedCount++;
        var json = WireFormat.Serialize(message);
        Add(++LastId, id, newest?.Publication, message.GetType().Name, json, now);
        Replace(ref newest, new(version, LastId, json, fingerprint));
        return new OutgoingResult(message, json);
    }

    /// <summary>The new publications, to be stored.</summary>
    public NewPublications TakeNew()
    {
        var taken = _new;
        _new = new([], []);
        return taken;
    }

    private ref NewestVersion? Newest(ResultId id) => ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, id, out _);

    private ResultJson.SerializedText Serialize<T>(T result)
    {
        SerializedCount++;
        return ResultJson.Serialize(result);
    }

    private void Replace(ref NewestVersion? newest, NewestVersion next)
    {
        if (newest is { Publication: var former })
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_newestIn, former, out _);
            if (--count == 0)
            {
                _newestIn.Remove(former);
                _new.Superseded.Add(former);
            }
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_newestIn, next.Publication, out _)++;
        newest = next;
    }

    private void Add(long number, ResultId id, long? previousId, string name, byte[] json, DateTimeOffset now) =>
        _new.Publications.Add(new Publication
        {
            Id = number,
            Kind = id.Kind,
            Unit = id.Unit,
            Indicator = id.Indicator.Length == 0 ? null : id.Indicator,
            Period = id.Period,
            PreviousId = previousId,
            Event = name,
            Json = json,
            PublishedAt = ColumnOf(now),
        });

    // All results of a step have the same time.
    private string ColumnOf(DateTimeOffset now)
    {
        if (_publishedAt.Column is null || _publishedAt.Time != now)
        {
            _publishedAt = (now, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }

        return _publishedAt.Column;
    }

    private sealed record NewestVersion(long Version, long Publication, byte[] Json, string? AlertFingerprint);

    /// <summary>The new totals of one unit and month.</summary>
    private sealed record TotalsGroup(long Id, long? PreviousId)
    {
        public List<(int Order, PublishedTotal Total)> Totals { get; } = [];
    }
}

/// <summary>What a step adds to the stored publications.</summary>
/// <param name="Publications">The new ones, in the order of their ids.</param>
/// <param name="Superseded">The ids of those that have no newest version any more.</param>
internal sealed record NewPublications(List<Publication> Publications, List<long> Superseded);
