using System.Text.Json;
using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary;

/// <summary>A result as it was published.</summary>
/// <param name="Id">Its place in the feed, to resume from; null over AMQP, which has none.</param>
/// <param name="Type">The contract's name, such as <c>RankingPublished</c> or <c>AlertRaised</c>.</param>
/// <param name="Data">JSON, UTF-8.</param>
public sealed record ResultEvent(string? Id, string Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>Reads the data as a contract.</summary>
    /// <typeparam name="T">The contract that <see cref="Type"/> names.</typeparam>
    /// <returns>The result; null if <see cref="Type"/> names another contract.</returns>
    /// <exception cref="JsonException">The data is no such contract.</exception>
    public T? Read<T>() where T : class => Type == typeof(T).Name ? JsonSerializer.Deserialize<T>(Data.Span, WireFormat.Options) : null;
}
