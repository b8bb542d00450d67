using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Outbox;

/// <summary>A submission as the outbox keeps it: the bytes to send, and, once answered, the receipt.</summary>
internal sealed record OutboxEntry
{
    public required Guid Id { get; init; }
    public required string Unit { get; init; }
    public required string Period { get; init; }
    public required int Revision { get; init; }

    /// <summary>
    /// Who put it here, as the message queue knows them; null: over HTTP, or by an earlier version, and then it is anyone's.
    /// </summary>
    public string? User { get; init; }

    /// <summary>Of the content as it is in the file: the same content is the same submission.</summary>
    public required string Digest { get; init; }

    /// <summary>How often this content had been refused before, and was sent anew.</summary>
    public required int Attempt { get; init; }

    /// <summary>The file, sheet and row it came from, as it was shown.</summary>
    public required string Origin { get; init; }

    /// <summary>When it was put here, UTC.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>Exactly what is sent, every time.</summary>
    public required string Body { get; init; }

    /// <summary>By indicator: the explanation to give if a question is asked.</summary>
    public Dictionary<string, string>? PreparedExplanations { get; init; }

    /// <summary>
    /// Whether the same content had been accepted before, and it could not be asked whether it still stands: where it turns out to, this
    /// need not be sent.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPossibleDuplicate { get; init; }

    public SubmissionReceipt? Receipt { get; init; }

    /// <summary>In place of a receipt: why the service could not read it, in its words.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it took effect as far as is known.</summary>
    [JsonIgnore]
    public bool IsRefused => Problem is not null || Receipt?.Verdict == Verdict.Refused;

    /// <param name="user">Who sends; null: over HTTP, where no one has a name.</param>
    public bool BelongsTo(string? user) => user is null || User is null || User == user;

    [JsonIgnore]
    public IEnumerable<string> Indicators => ((JsonNode.Parse(Body)?["values"] as JsonArray) ?? [])
        .OfType<JsonObject>().Select(value => (value["indicator"] as JsonValue)?.ToString() ?? "");

    public SubmissionMessage ToMessage() => new() { Id = Id, Unit = Unit, Period = Period, Body = Encoding.UTF8.GetBytes(Body) };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, OutboxEntryJson.Options);

    /// <exception cref="InvalidDataException">The file is no entry.</exception>
    public static OutboxEntry Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<OutboxEntry>(File.ReadAllBytes(path), OutboxEntryJson.Options)
                ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}

internal static class OutboxEntryJson
{
    /// <summary>As people can read it.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
