using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using XilinIngest.Hosting;

namespace XilinIngest.Dashboard.Data;

/// <summary>
/// Asks the services. Two hundred viewers of one page ask once: an answer is kept until the next news, which is when it may differ.
/// </summary>
internal sealed class ServiceClient(HttpClient http, ServiceAddresses addresses, LiveResults live)
{
    private const int MostKept = 1_000;

    // Who waits longer has to be told that no one answers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private (long News, ConcurrentDictionary<string, Lazy<Task<object>>> Answers) _kept = (0, new());

    /// <summary>The answer to a GET, at most one piece of news old.</summary>
    /// <param name="path">From <c>/api</c> on; what stands in it of a user's is escaped.</param>
    public async Task<Answer<T>> GetAsync<T>(string path)
        where T : class
    {
        var answers = Current();
        var asked = answers.GetOrAdd(path, _ => new Lazy<Task<object>>(async () => await AskAsync<T>(path)));
        var answer = (Answer<T>)await asked.Value;
        if (answer.Problem is { Status: 0 or >= 500 })
        {
            // What is away now may be back in a moment.
            answers.TryRemove(path, out _);
        }

        return answer;
    }

    private ConcurrentDictionary<string, Lazy<Task<object>>> Current()
    {
        lock (http)
        {
            if (_kept.News != live.News || _kept.Answers.Count > MostKept)
            {
                _kept = (live.News, new());
            }

            return _kept.Answers;
        }
    }

    /// <summary>The answer to a GET as it is at this moment, for this reader alone.</summary>
    public Task<Answer<T>> AskAsync<T>(string path)
        where T : class => SendAsync<T>(() => http.GetAsync(addresses.Of(path)));

    /// <summary>The answer to a POST. A submission that is refused has one too: its receipt.</summary>
    /// <param name="path">From <c>/api</c> on.</param>
    /// <param name="json">The body.</param>
    public async Task<Answer<T>> PostAsync<T>(string path, string json)
        where T : class
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var patience = new CancellationTokenSource(Patience);
        return await SendAsync<T>(() => http.PostAsync(addresses.Of(path), body, patience.Token));
    }

    private static async Task<Answer<T>> SendAsync<T>(Func<Task<HttpResponseMessage>> send)
        where T : class
    {
        try
        {
            using var answer = await send();
            if (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                return new(await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options), null);
            }

            var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>();
            return new(null, Problem.Of(problem?.Detail ?? problem?.Title ?? "?", (int)answer.StatusCode));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException)
        {
            return new(null, new($"服务暂时无法访问:{exception.Message}。稍后会自动重试。", $"The service cannot be reached: {exception.Message}. It is asked again by itself.", 0));
        }
    }
}
