using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Outbox;

/// <summary>A submission in the outbox: the bytes to send, and the receipt after the reply.</summary>
internal sealed record OutboxEntry
{
    public required Guid Id { get; init; }
    public required string Unit { get; init; }
    public required string Period { get; init; }
    public required int Revision { get; init; }

    /// <summary>The message queue's user who queued it; null: it was queued over HTTP, and every user may send it.</summary>
    public string? User { get; init; }

    /// <summary>The digest of the content in the file. Entries with the same content are the same submission.</summary>
    public required string Digest { get; init; }

    /// <summary>How often this content had been refused before it was sent again.</summary>
    public required int Attempt { get; init; }

    /// <summary>The file, sheet and row of its origin, for messages.</summary>
    public required string Origin { get; init; }

    /// <summary>When it was queued, in UTC.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>The text that is sent unchanged at every attempt.</summary>
    public required string Body { get; init; }

    /// <summary>The explanations to send if a finding asks for one, by indicator.</summary>
    public Dictionary<string, string>? PreparedExplanations { get; init; }

    /// <summary>
    /// Whether the same content had been accepted before and the service could not be asked whether it is still effective. If it is, this
    /// entry need not be sent.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPossibleDuplicate { get; init; }

    public SubmissionReceipt? Receipt { get; init; }

    /// <summary>Replaces the receipt if the service could not read the submission: the service's reason.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it took effect, as far as is known.</summary>
    [JsonIgnore]
    public bool IsRefused => Problem is not null || Receipt?.Verdict == Verdict.Refused;

    /// <param name="user">The sender; null: over HTTP, without a user name.</param>
    public bool BelongsTo(string? user) => user is null || User is null || User == user;

    [JsonIgnore]
    public IEnumerable<string> Indicators => ((JsonNode.Parse(Body)?["values"] as JsonArray) ?? [])
        .OfType<JsonObject>().Select(value => (value["indicator"] as JsonValue)?.ToString() ?? "");

    public SubmissionMessage ToMessage() => new() { Id = Id, Unit = Unit, Period = Period, Body = Encoding.UTF8.GetBytes(Body) };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, OutboxEntryJson.Options);

    /// <exception cref="InvalidDataException">The file is not an entry.</exception>
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
    /// <summary>A format that people can read.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
