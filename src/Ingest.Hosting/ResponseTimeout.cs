using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace XilinIngest.Hosting;

/// <summary>
/// How long a person waits for an answer that a database gives. The drivers' own limits are seconds too, but each of them may then wait as long again
/// for a server that hangs to take note of it.
/// </summary>
public static class ResponseTimeout
{
    // Longer than a question waits for the cube, which is told in words of its own.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(8_500);

    /// <summary>Whatever the routes of the group answer, they answer in time.</summary>
    public static RouteGroupBuilder WithResponseTimeout(this RouteGroupBuilder group) =>
        group.AddEndpointFilter(async (context, next) => await RunAsync(() => next(context).AsTask()));

    /// <summary>Asks on a thread of its own, and does not wait for one that gets no answer.</summary>
    /// <exception cref="DatabaseTimeoutException">It took too long.</exception>
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

/// <summary>The database has not answered a question in time.</summary>
public sealed class DatabaseTimeoutException() : Exception("The database has not answered in time.");
