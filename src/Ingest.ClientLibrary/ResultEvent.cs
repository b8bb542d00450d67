using System.Text.Json;
using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary;

/// <summary>A published result.</summary>
/// <param name="Id">The position in the feed, from which it can be resumed; null over AMQP, which has no positions.</param>
/// <param name="Type">The contract's name, such as <c>RankingPublished</c> or <c>AlertRaised</c>.</param>
/// <param name="Data">The contract as JSON in UTF-8.</param>
public sealed record ResultEvent(string? Id, string Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>Deserialises the data.</summary>
    /// <typeparam name="T">The contract that <see cref="Type"/> names.</typeparam>
    /// <returns>The result; null if <see cref="Type"/> names another contract.</returns>
    /// <exception cref="JsonException">The data does not match the contract.</exception>
    public T? Read<T>() where T : class => Type == typeof(T).Name ? JsonSerializer.Deserialize<T>(Data.Span, WireFormat.Options) : null;
}
