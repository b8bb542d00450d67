using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>What was last said of every result. Whatever differs from it is the next version.</summary>
internal sealed class PublishedResults
{
    private readonly Dictionary<(string Kind, string Unit, string Indicator, long Period), (long Version, long Id, string Fingerprint)> _last = [];
    private readonly List<Vintage> _new = [];

    public PublishedResults(IEnumerable<PublishedResultRow> rows, long lastId)
    {
        LastId = lastId;
        foreach (var row in rows)
        {
            _last[(row.Kind, row.Unit, row.Indicator, row.Period)] = (row.Version, row.VintageId, row.Fingerprint);
        }
    }

    /// <summary>The id of the newest vintage.</summary>
    public long LastId { get; private set; }

    /// <summary>What was last said, in short; null: nothing ever was.</summary>
    public string? FingerprintOf(string kind, string unit, string indicator, long period) =>
        _last.TryGetValue((kind, unit, indicator, period), out var last) ? last.Fingerprint : null;

    public long VersionOf(string kind, string unit, string indicator, long period) =>
        _last.TryGetValue((kind, unit, indicator, period), out var last) ? last.Version : 0;

    /// <summary>The months of which a total or a ranking was said.</summary>
    public IEnumerable<Period> PublishedMonths => _last.Keys.Where(key => key.Kind != ResultKinds.Alert).Select(key => key.Period).Distinct().Select(number => Period.FromNumber((int)number));

    /// <summary>The alerts that were said and not cleared.</summary>
    public IEnumerable<(string Unit, string Indicator, long Year)> CurrentAlerts => _last
        .Where(said => said.Key.Kind == ResultKinds.Alert && AlertEventBuilder.IsCurrent(said.Value.Fingerprint))
        .Select(said => (said.Key.Unit, said.Key.Indicator, said.Key.Period));

    /// <summary>Makes a new version, if the result says something else than what was last said.</summary>
    /// <param name="kind">One of <see cref="ResultKinds"/>.</param>
    /// <param name="unit">The unit, or a ranking's parent.</param>
    /// <param name="indicator">The indicator.</param>
    /// <param name="period">yyyymm, or a year.</param>
    /// <param name="fingerprint">What it says, without version, cause and time.</param>
    /// <param name="createMessage">The event, given its version.</param>
    public T? AddVersion<T>(string kind, string unit, string indicator, long period, string fingerprint, Func<int, T> createMessage)
        where T : class
    {
        var key = (kind, unit, indicator, period);
        var isNext = _last.TryGetValue(key, out var last);
        if (isNext && last.Fingerprint == fingerprint)
        {
            return null;
        }

        var version = last.Version + 1;
        var said = createMessage((int)version);
        _last[key] = (version, ++LastId, fingerprint);
        _new.Add(new Vintage
        {
            Id = LastId,
            Kind = kind,
            Unit = unit,
            Indicator = indicator,
            Period = period,
            Version = version,
            PreviousId = isNext ? last.Id : null,
            Event = said.GetType().Name,
            Payload = JsonSerializer.Serialize(said, said.GetType(), WireFormat.Options),
            Fingerprint = fingerprint,
        });
        return said;
    }

    /// <summary>The new versions, to be stored.</summary>
    public List<Vintage> TakeNewVintages()
    {
        List<Vintage> taken = [.. _new];
        _new.Clear();
        return taken;
    }

    /// <summary>The fingerprint of a result with many figures: a hash of them all.</summary>
    public static string FingerprintOf<T>(T result) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(result, (JsonTypeInfo<T>)WireFormat.Options.GetTypeInfo(typeof(T)))).AsSpan(0, 12));
}
