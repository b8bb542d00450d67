using System.Globalization;
using System.Runtime.InteropServices;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Cube;
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
    private readonly string? _partition;
    private readonly Dictionary<ResultId, NewestResult> _newest = [];
    private readonly Dictionary<(string Unit, long Period), TotalsOfMonth> _months = [];
    private readonly List<TotalsOfMonth> _newMonths = [];
    private NewPublications _new = new([], []);
    private NodeResults? _nodeResults;
    private (DateTimeOffset Time, string? Column) _publishedAt;

    /// <param name="newest">The newest version of every published result.</param>
    /// <param name="lastId">The id of the newest publication.</param>
    /// <param name="partition">The path of the partition, which its results name; null: the whole tree.</param>
    public PublishedResults(IEnumerable<ResultVersion> newest, long lastId, string? partition = null)
    {
        (LastId, _partition) = (lastId, partition);
        var publications = new Dictionary<long, NewestPublication>();
        foreach (var version in newest)
        {
            ref var publication = ref CollectionsMarshal.GetValueRefOrAddDefault(publications, version.Publication.Id, out _);
            publication ??= new NewestPublication(version.Publication.Id);
            var result = GetOrAdd(version.Id);
            result.Replace((int)version.Version, publication, version.Json,
                version.Id.Kind == ResultKinds.Alert
                    ? AlertEventBuilder.Fingerprint((AlertEvent)PublicationReader.Deserialize(version.Publication)) : null);
            if (result.Month is { } month)
            {
                month.LastPublication = Math.Max(month.LastPublication, publication.Id);
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

    /// <summary>The publications that have the newest totals and rankings of months; a month without any is left out.</summary>
    public Dictionary<Period, HashSet<long>> PublicationsOf(IReadOnlySet<Period> months)
    {
        var (found, numbers) = (new Dictionary<Period, HashSet<long>>(), months.ToDictionary(month => (long)month.Number));
        foreach (var result in _newest.Values)
        {
            if (result is { Publication: { } publication, Id.Kind: not ResultKinds.Alert }
                && numbers.TryGetValue(result.Id.Period, out var month))
            {
                (found.TryGetValue(month, out var publications) ? publications : found[month] = []).Add(publication.Id);
            }
        }

        return found;
    }

    /// <summary>The alerts that were published and not cleared.</summary>
    public IEnumerable<NewestResult> CurrentAlerts =>
        _newest.Values.Where(result => result.AlertFingerprint is { } fingerprint && AlertEventBuilder.IsCurrent(fingerprint));

    /// <summary>The results of a cube's nodes.</summary>
    public NodeResults Of(IndicatorCube cube) => _nodeResults is { } known && known.Cube == cube ? known : _nodeResults = new(cube, this);

    /// <summary>The newest version of a result; null: it was never published.</summary>
    public NewestResult? Find(ResultId id) => _newest.GetValueOrDefault(id);

    /// <summary>A result that is published now.</summary>
    public NewestResult GetOrAdd(ResultId id)
    {
        ref var result = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, id, out _);
        return result ??= new NewestResult(id, id.Kind == ResultKinds.Total ? MonthOf(id.Unit, id.Period) : null);
    }

    /// <summary>
    /// Makes a new version of a total, if it differs from the newest one. <see cref="CompleteTotals"/> makes the messages of all of them.
    /// </summary>
    /// <param name="newest">The result.</param>
    /// <param name="order">The place of the indicator in the catalogue.</param>
    /// <param name="total">The total with its next version.</param>
    public PublishedTotal? AddTotal(NewestResult newest, int order, IndicatorTotal total)
    {
        using var text = Serialize(total);
        if (newest.Version > 0 && ResultJson.HaveSameContent(newest.Json, text.Utf8))
        {
            return null;
        }

        var month = newest.Month!;
        if (month.Next is null)
        {
            month.Next = new NewestPublication(++LastId);
            _newMonths.Add(month);
        }

        var json = text.Utf8.ToArray();
        Replace(newest, total.Version, month.Next, json);
        month.New.Add((order, total, json));
        return new PublishedTotal(json, month.Next.Id);
    }

    /// <summary>Makes the messages of the new totals: one for each unit and month, in the order of their ids.</summary>
    public IEnumerable<OutgoingResult> CompleteTotals(DateTimeOffset now)
    {
        foreach (var month in _newMonths)
        {
            month.New.Sort(InCatalogueOrder);
            var message = new TotalsPublished
            {
                Unit = month.Unit,
                Period = Period.FromNumber((int)month.Period).ToString(),
                PublishedAt = now,
                Partition = _partition,
                Totals = month.New.ConvertAll(total => total.Total),
            };
            var json = ResultJson.TotalsMessage(
                ResultJson.TotalsMessageStart(month.Unit, message.Period, now, _partition), [.. month.New.Select(total => total.Json)]);
            var id = month.Next!.Id;
            Add(id, new(ResultKinds.Total, month.Unit, "", month.Period), month.LastPublication == 0 ? null : month.LastPublication,
                nameof(TotalsPublished), json, now);
            (month.LastPublication, month.Next) = (id, null);
            month.New.Clear();
            yield return new OutgoingResult(message, json);
        }

        _newMonths.Clear();
    }

    /// <summary>Makes a new version of a ranking, if it differs from the newest one.</summary>
    /// <param name="newest">The result.</param>
    /// <param name="ranking">The ranking with its next version.</param>
    /// <param name="now">The time of publication.</param>
    public PublishedRanking? AddRanking(NewestResult newest, RankingPublished ranking, DateTimeOffset now)
    {
        using var text = Serialize(_partition is null ? ranking : ranking with { Partition = _partition });
        if (newest.Version > 0 && ResultJson.HaveSameContent(newest.Json, text.Utf8))
        {
            return null;
        }

        var json = text.Utf8.ToArray();
        Add(++LastId, newest.Id, newest.Publication?.Id, nameof(RankingPublished), json, now);
        Replace(newest, ranking.Version, new NewestPublication(LastId), json);
        return new PublishedRanking(json, LastId);
    }

    /// <summary>Makes the next version of an alert, which differs from the newest one.</summary>
    /// <param name="newest">The result.</param>
    /// <param name="alert">The alert, without version, cause and time.</param>
    /// <param name="fingerprint">Its fingerprint.</param>
    /// <param name="cause">The rows that can have changed it.</param>
    /// <param name="now">The time of publication.</param>
    public OutgoingResult AddAlert(
        NewestResult newest, AlertEvent alert, string fingerprint, IReadOnlyList<long> cause, DateTimeOffset now)
    {
        var message = alert with { Version = newest.NextVersion, Cause = cause, PublishedAt = now, Partition = _partition };
        SerializedCount++;
        var json = WireFormat.Serialize(message);
        Add(++LastId, newest.Id, newest.Publication?.Id, message.GetType().Name, json, now);
        Replace(newest, message.Version, new NewestPublication(LastId), json, fingerprint);
        return new OutgoingResult(message, json);
    }

    /// <summary>Adds the message of a review or of a month's change. It is no result: nothing replaces it.</summary>
    /// <param name="kind"><see cref="ResultKinds.Review"/> or <see cref="ResultKinds.Month"/>.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="period">The month.</param>
    /// <param name="message">The contract.</param>
    /// <param name="now">The time of publication.</param>
    public OutgoingResult AddRequest(string kind, UnitCode unit, Period period, object message, DateTimeOffset now)
    {
        var json = WireFormat.Serialize(message);
        _new.Requests.Add(CreatePublication(
            ++LastId, new(kind, unit.Value, "", period.Number), previousId: null, message.GetType().Name, json, now));
        return new OutgoingResult(message, json);
    }

    /// <summary>The new publications, to be stored.</summary>
    public NewPublications TakeNew()
    {
        var taken = _new;
        _new = new([], []);
        return taken;
    }

    private static int InCatalogueOrder(
        (int Order, IndicatorTotal Total, byte[] Json) one, (int Order, IndicatorTotal Total, byte[] Json) other) =>
        one.Order.CompareTo(other.Order);

    private TotalsOfMonth MonthOf(string unit, long period)
    {
        ref var month = ref CollectionsMarshal.GetValueRefOrAddDefault(_months, (unit, period), out _);
        return month ??= new TotalsOfMonth(unit, period);
    }

    private ResultJson.SerializedText Serialize<T>(T result)
    {
        SerializedCount++;
        return ResultJson.Serialize(result);
    }

    private void Replace(NewestResult newest, int version, NewestPublication publication, byte[] json, string? fingerprint = null)
    {
        if (newest.Replace(version, publication, json, fingerprint) is { } superseded)
        {
            _new.Superseded.Add(superseded);
        }
    }

    private void Add(long number, ResultId id, long? previousId, string name, byte[] json, DateTimeOffset now) =>
        _new.Publications.Add(CreatePublication(number, id, previousId, name, json, now));

    private Publication CreatePublication(long number, ResultId id, long? previousId, string name, byte[] json, DateTimeOffset now) => new()
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
    };

    // All results of a step have the same time.
    private string ColumnOf(DateTimeOffset now)
    {
        if (_publishedAt.Column is null || _publishedAt.Time != now)
        {
            _publishedAt = (now, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }

        return _publishedAt.Column;
    }
}
