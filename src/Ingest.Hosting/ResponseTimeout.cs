using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace XilinIngest.Hosting;

/// <summary>
/// Limits how long a caller waits for a response that needs a database. The drivers also have limits of a few seconds, but each may wait
/// twice as long until a hanging server reacts to the cancellation.
/// </summary>
public static class ResponseTimeout
{
    // Longer than the wait for the cube, which has a message of its own.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(8_500);

    /// <summary>Applies the limit to the routes of a group.</summary>
    public static RouteGroupBuilder WithResponseTimeout(this RouteGroupBuilder group) =>
        group.AddEndpointFilter(async (context, next) => await RunAsync(() => next(context).AsTask()));

    /// <summary>Runs the query on a thread of its own, and abandons the thread at the limit.</summary>
    /// <exception cref="DatabaseTimeoutException">The query took too long.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> query)
    {
        var asking = Task.Run(query);
        try
        {
            return await asking.WaitAsync(Limit, TimeProvider.System);
        }
        catch (TimeoutException) when (!asking.IsCompleted)
        {
            throw new DatabaseTimeoutException();
        }
    }
}

/// <summary>The database has not answered a query in time.</summary>
public sealed class DatabaseTimeoutException() : Exception("The database has not answered in time.");
