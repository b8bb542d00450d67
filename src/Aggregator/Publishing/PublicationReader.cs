using System.Text.Json;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Contracts;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>Reads stored publications: as their contract, and as the versions of results that they have.</summary>
internal static class PublicationReader
{
    /// <exception cref="DamagedDataException">The text is not the published one.</exception>
    public static object Deserialize(Publication publication) => publication.Event switch
    {
        nameof(TotalsPublished) => Parse<TotalsPublished>(publication),
        nameof(RankingPublished) => Parse<RankingPublished>(publication),
        nameof(AlertRaised) => Parse<AlertRaised>(publication),
        nameof(AlertChanged) => Parse<AlertChanged>(publication),
        nameof(AlertCleared) => Parse<AlertCleared>(publication),
        nameof(ReportReviewed) => Parse<ReportReviewed>(publication),
        nameof(MonthChanged) => Parse<MonthChanged>(publication),
        _ => throw new InvalidDataException($"Publication {publication.Id} is a {publication.Event}, which this program does not know."),
    };

    /// <exception cref="DamagedDataException">The text is not the published one.</exception>
    public static T Parse<T>(Publication publication) => Parse<T>(publication.Id, publication.Event, publication.Json);

    /// <exception cref="DamagedDataException">The text is not a total.</exception>
    public static IndicatorTotal ParseTotal(ResultVersion version) => ParseTotal(version.Publication.Id, version.Json);

    /// <param name="publication">The id of the publication that has it.</param>
    /// <param name="json">The text of the total alone.</param>
    /// <exception cref="DamagedDataException">The text is not a total.</exception>
    public static IndicatorTotal ParseTotal(long publication, byte[] json) =>
        Parse<IndicatorTotal>(publication, nameof(TotalsPublished), json);

    /// <param name="publication">The id of the publication.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="DamagedDataException">The text is not a ranking.</exception>
    public static RankingPublished ParseRanking(long publication, byte[] json) =>
        Parse<RankingPublished>(publication, nameof(RankingPublished), json);

    /// <summary>The versions of results that a publication has: a review or the change of a month has none.</summary>
    /// <exception cref="DamagedDataException">The text is not the published one.</exception>
    public static IReadOnlyList<ResultVersion> VersionsIn(Publication publication)
    {
        if (publication.Kind is ResultKinds.Review or ResultKinds.Month)
        {
            return [];
        }

        try
        {
            return publication.Indicator is { } indicator
                ? [new ResultVersion(publication, indicator, ReadVersion(publication.Json), publication.Json)]
                : publication.Event == PrunedPublication.TotalsEvent
                ? [.. PrunedPublication.TotalsIn(publication).Select(total =>
                    new ResultVersion(publication, total.Indicator, total.Version, WireFormat.Serialize(total)))]
                : ReadTotals(publication);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw Damaged(publication.Id, publication.Event, exception);
        }
    }

    /// <summary>The newest version of each result.</summary>
    /// <param name="publications">Those that have a newest version, oldest first. They may have older versions too.</param>
    /// <exception cref="DamagedDataException">A text is not the published one.</exception>
    public static IReadOnlyCollection<ResultVersion> NewestVersions(IEnumerable<Publication> publications)
    {
        var newest = new Dictionary<ResultId, ResultVersion>();

        // Two hundred codes occur in as many thousand results, so equal strings are shared.
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var publication in publications)
        {
            var shared = publication with { Unit = Shared(publication.Unit), Kind = Shared(publication.Kind) };
            foreach (var version in VersionsIn(shared))
            {
                newest[version.Id] = version with { Indicator = Shared(version.Indicator) };
            }
        }

        return newest.Values;

        string Shared(string code) => codes.TryGetValue(code, out var known) ? known : codes[code] = code;
    }

    /// <summary>The message of one version: of a total, the message as if it had this total alone.</summary>
    public static byte[] MessageOf(ResultVersion version) => version.Publication.Indicator is not null
        ? version.Json
        : version.Publication.Event == PrunedPublication.TotalsEvent
        ? PrunedPublication.MessageOf(version)
        : ResultJson.TotalsMessage(StartOf(version.Publication), version.Json);

    private static T Parse<T>(long publication, string contract, byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, WireFormat.Options) ?? throw Damaged(publication, contract, null);
        }
        catch (JsonException exception)
        {
            throw Damaged(publication, contract, exception);
        }
    }

    private static List<ResultVersion> ReadTotals(Publication publication)
    {
        var versions = new List<ResultVersion>();
        var reader = new Utf8JsonReader(publication.Json);
        SeekTotals(ref reader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            var (indicator, version) = ReadTotal(ref reader);
            versions.Add(new(publication, indicator, version, publication.Json[start..(int)reader.BytesConsumed]));
        }

        return versions;
    }

    // Ends at the start of the array of totals.
    private static void SeekTotals(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                var isTotals = reader.ValueTextEquals("totals"u8);
                reader.Read();
                if (isTotals && reader.TokenType == JsonTokenType.StartArray)
                {
                    return;
                }

                reader.Skip();
            }
        }

        throw new JsonException("The message has no totals.");
    }

    private static (string Indicator, long Version) ReadTotal(ref Utf8JsonReader reader)
    {
        var (depth, indicator, version) = (reader.CurrentDepth, (string?)null, 0L);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (isIndicator, isVersion) = (reader.ValueTextEquals("indicator"u8), reader.ValueTextEquals("version"u8));
            reader.Read();
            indicator = isIndicator ? reader.GetString() : indicator;
            version = isVersion ? reader.GetInt64() : version;
            reader.Skip();
        }

        return indicator is not null && version > 0 && reader.CurrentDepth == depth
            ? (indicator, version) : throw new JsonException("A total has no indicator or no version.");
    }

    private static long ReadVersion(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                var isVersion = reader.ValueTextEquals("version"u8);
                reader.Read();
                if (isVersion)
                {
                    return reader.GetInt64();
                }

                reader.Skip();
            }
        }

        throw new JsonException("The result has no version.");
    }

    private static byte[] StartOf(Publication publication)
    {
        var reader = new Utf8JsonReader(publication.Json);
        SeekTotals(ref reader);
        return publication.Json[..(int)reader.BytesConsumed];
    }

    private static DamagedDataException Damaged(long publication, string contract, Exception? exception) =>
        new($"Publication {publication} ({contract}) was altered in the database. Restore the cube from a backup, or rebuild "
            + "it.", exception);
}
