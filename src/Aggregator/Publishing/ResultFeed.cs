using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Signals each publication to the followers. They read the vintages themselves, so a follower may start and resume at any vintage.
/// </summary>
internal sealed class ResultFeed
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Notify() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Completes at the next publication. Read it before reading the vintages, so that none is missed.</summary>
    public Task NextPublication => Volatile.Read(ref _next).Task;
}

/// <summary>Parses a vintage as the contract of its publication.</summary>
internal static class ResultMessages
{
    public static object Deserialize(Vintage vintage) => vintage.Event switch
    {
        nameof(TotalsPublished) => Parse<TotalsPublished>(vintage),
        nameof(RankingPublished) => Parse<RankingPublished>(vintage),
        nameof(AlertRaised) => Parse<AlertRaised>(vintage),
        nameof(AlertChanged) => Parse<AlertChanged>(vintage),
        nameof(AlertCleared) => Parse<AlertCleared>(vintage),
        _ => throw new InvalidDataException($"Vintage {vintage.Id} is a {vintage.Event}, which this program does not know."),
    };

    /// <exception cref="DamagedDataException">The text is not the published one.</exception>
    public static T Parse<T>(Vintage vintage)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(vintage.Json, WireFormat.Options)!;
        }
        catch (JsonException exception)
        {
            throw Damaged(vintage, exception);
        }
    }

    public static DamagedDataException Damaged(Vintage vintage, Exception? exception) =>
        new($"Published result {vintage.Id} ({vintage.Event}) was altered in the database. Restore the cube from a backup, or rebuild it.",
            exception);
}
