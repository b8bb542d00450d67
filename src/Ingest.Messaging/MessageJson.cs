using System.Text.Json;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>The bodies of messages: the contracts as plain JSON in UTF-8.</summary>
public static class MessageJson
{
    /// <summary>Reads a body as a contract.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize<T>(body, WireFormat.Options)
        ?? throw new JsonException($"The body is null instead of a {typeof(T).Name}.");

    /// <summary>Writes a contract; the body of an intake message is not changed.</summary>
    internal static ReadOnlyMemory<byte> Write(object message) => message is IntakeMessage intake
        ? intake.Body
        : WireFormat.Serialize(message);

    /// <summary>The name of the contract; null: an intake message, whose body is not read.</summary>
    internal static string? TypeOf(object message) => message is IntakeMessage ? null : message.GetType().Name;
}
