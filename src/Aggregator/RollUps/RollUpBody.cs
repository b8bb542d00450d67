using System.Text.Json;
using System.Text.Json.Serialization;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// What one partition's cube sends another, as it is on the bus. Each names the sender's last message, so that a loss is seen.
/// </summary>
internal sealed record RollUpBody
{
    /// <summary>The type of the message on the bus.</summary>
    public const string TypeName = "RollUp";

    /// <summary>The path of the partition that sends it.</summary>
    public required string From { get; init; }

    /// <summary>The path of the partition that it is for.</summary>
    public required string To { get; init; }

    /// <summary>The position of this message, or of the last one with sums.</summary>
    public required RollUpPosition Position { get; init; }

    /// <summary>The row of the sender's ledger up to which the sums are true.</summary>
    public long Through { get; init; }

    /// <summary>The rows of other ledgers up to which their sums are in the sender's, by path.</summary>
    public IReadOnlyDictionary<string, long> Includes { get; init; } = new Dictionary<string, long>();

    /// <summary>The last message that the sender has of the receiver; null: none, or the message has sums.</summary>
    public RollUpPosition? Taken { get; init; }

    /// <summary>Whether the sender lacks a message, and asks for all sums.</summary>
    public bool AsksForAll { get; init; }

    /// <summary>The months of the sender and of those around it, by path; null: the message has sums.</summary>
    public IReadOnlyDictionary<string, PartitionMonths>? Months { get; init; }

    /// <summary>The sums; null: the message tells positions alone.</summary>
    public RollUpSums? Sums { get; init; }

    public byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(this, RollUpJson.Default.RollUpBody);

    /// <exception cref="JsonException">It is none.</exception>
    public static RollUpBody Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, RollUpJson.Default.RollUpBody) ?? throw new JsonException("The body is null instead of sums.");

    /// <summary>The message; null: it tells positions alone.</summary>
    public RollUpMessage? ToMessage(Partition from, Partition to) => Sums is not { } sums ? null : new(
        from, to, Position, sums.IsComplete, sums.HasWholes, Through, sums.Months, [.. sums.Nodes.Select(node => node.ToSums())]);

    /// <summary>The sums of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="includes">See <see cref="Includes"/>.</param>
    public static RollUpBody Of(RollUpMessage message, IReadOnlyDictionary<string, long> includes) => new()
    {
        From = message.From.Path,
        To = message.To.Path,
        Position = message.Position,
        Through = message.Through,
        Includes = includes,
        Sums = new(message.IsComplete, message.HasWholes, message.Months, [.. message.Sums.Select(NodeSumsBody.Of)]),
    };
}

/// <summary>The sums of a <see cref="RollUpMessage"/>.</summary>
internal sealed record RollUpSums(
    bool IsComplete, bool HasWholes, IReadOnlyList<ReportedMonthsOfYear> Months, IReadOnlyList<NodeSumsBody> Nodes);

/// <summary>The sums of a unit's year for one indicator; a month without any is left out.</summary>
internal sealed record NodeSumsBody(string Unit, string Indicator, int Year, IReadOnlyList<MonthSumsBody> Months)
{
    public static NodeSumsBody Of(NodeSums sums) =>
        new(sums.Unit.Value, sums.Indicator.Value, sums.Year, MonthSumsBody.Of(sums.Sums));

    public NodeSums ToSums() => new(new UnitCode(Unit), new IndicatorCode(Indicator), Year, MonthSumsBody.ToSums(Months));
}

/// <summary>The sums of a month, and how many units count as approved.</summary>
internal sealed record MonthSumsBody(int Month, int Approved, Sums Sums)
{
    public static IReadOnlyList<MonthSumsBody> Of(SumsOfYear year) =>
    [
        .. Enumerable.Range(1, 12).Select(month => new MonthSumsBody(month, year.ApprovedIn(month), year[month]))
            .Where(month => month.Approved != 0 || month.Sums != default),
    ];

    public static SumsOfYear ToSums(IReadOnlyList<MonthSumsBody> months)
    {
        var year = new SumsOfYear();
        foreach (var month in months)
        {
            year[month.Month] = month.Sums;
            year.ApprovedIn(month.Month) = month.Approved;
        }

        return year;
    }
}

/// <summary>What a cube knows of another partition besides its sums.</summary>
internal sealed record RollUpSender(
    string From, RollUpPosition Position, bool HasWholes, long Through, IReadOnlyList<ReportedMonthsOfYear> Months,
    IReadOnlyDictionary<string, long> Includes)
{
    /// <summary>What it told last of the months of itself and those around it; null: nothing since its last sums.</summary>
    public IReadOnlyDictionary<string, PartitionMonths>? Closings { get; init; }

    /// <summary>The row of the last review of each partition and month that was known when this one released the month.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<int, long>>? Released { get; init; }

    /// <summary>How far a year is reported and summed.</summary>
    public ReportedMonthsOfYear MonthsOf(int year) => Months.FirstOrDefault(months => months.Year == year);

    /// <summary>Whether the whole sums of its nodes are known of all months that have results.</summary>
    public bool HasWholesOf(IEnumerable<ReportedMonthsOfYear> reported) =>
        HasWholes && reported.All(year => year.Horizon <= MonthsOf(year.Year).WholesThrough);
}

/// <summary>A tally of stages as an array: the sum of dates, and then the number of units at each stage from 0.</summary>
internal sealed class StageTallyConverter : JsonConverter<StageTally>
{
    public override StageTally Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, RollUpJson.Default.Int64Array) is [var days, .. var units]
            ? StageTally.FromSums([.. units.Select(count => (int)count)], days)
            : throw new JsonException("A tally of stages is empty.");

    public override void Write(Utf8JsonWriter writer, StageTally value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Days);
        foreach (var count in value.Units)
        {
            writer.WriteNumberValue(count);
        }

        writer.WriteEndArray();
    }
}

// Most of a month's two dozen sums are zero, and are left out.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(StageTallyConverter)])]
[JsonSerializable(typeof(RollUpBody))]
[JsonSerializable(typeof(RollUpSender))]
[JsonSerializable(typeof(IReadOnlyList<MonthSumsBody>))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, PartitionMonths>))]
internal sealed partial class RollUpJson : JsonSerializerContext;
