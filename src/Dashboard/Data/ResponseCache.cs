using System.Collections.Concurrent;
using System.Text.Json;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>
/// Caches responses until the next notification, so that two hundred viewers of one page cause one request. A response that the service
/// marks as shared is cached for all callers; any other response is cached for callers with the same rights and units.
/// </summary>
internal sealed class ResponseCache(LiveFeed live)
{
    private const int MaxEntries = 1_000;
    private readonly Lock _replacing = new();
    private (long News, ConcurrentDictionary<string, Lazy<Task<object>>> Answers) _cache = (0, new());

    /// <param name="path">The path of the request.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="send">Sends the request if the response is not cached.</param>
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
            // These failures may be over in a moment, so they are not cached.
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
