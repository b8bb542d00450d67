using System.Collections.Concurrent;
using System.Text.Json;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>
/// Answers, until the next news. Two hundred viewers of one page ask once: what is the same for all is kept for all, as the service says
/// that it is; anything else for those who have the same rights and units.
/// </summary>
internal sealed class ResponseCache(LiveFeed live)
{
    private const int MaxEntries = 1_000;
    private readonly Lock _replacing = new();
    private (long News, ConcurrentDictionary<string, Lazy<Task<object>>> Answers) _cache = (0, new());

    /// <param name="path">What is asked.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="send">Asks, where the answer is not there yet.</param>
    public async Task<ServiceResponse<T>> GetAsync<T>(
        string path, Caller caller, Func<Task<(ServiceResponse<T> Answer, bool IsShared)>> send)
        where T : class
    {
        var answers = Current();
        if (answers.TryGetValue(path, out var shared))
        {
            return (ServiceResponse<T>)await shared.Value;
        }

        var own = $"{caller.Rights} {JsonSerializer.Serialize(caller.Units)}\n{path}";
        var asked = answers.GetOrAdd(own, _ => new Lazy<Task<object>>(async () =>
        {
            var (answer, isShared) = await send();
            if (isShared && answer.Value is not null)
            {
                answers.TryAdd(path, new Lazy<Task<object>>(Task.FromResult<object>(answer)));
            }

            return answer;
        }));
        var answer = (ServiceResponse<T>)await asked.Value;
        if (answer.Problem is { Status: 0 or 401 or 403 or 429 or >= 500 })
        {
            // What is away now, or not for someone, may be otherwise in a moment.
            answers.TryRemove(own, out _);
        }

        return answer;
    }

    private ConcurrentDictionary<string, Lazy<Task<object>>> Current()
    {
        lock (_replacing)
        {
            if (_cache.News != live.Revision || _cache.Answers.Count > MaxEntries)
            {
                _cache = (live.Revision, new());
            }

            return _cache.Answers;
        }
    }
}
