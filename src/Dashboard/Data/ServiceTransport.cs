using System.Net;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>
/// The line to the services, with the pages' own key. An answer for someone is asked for in their name: see <see cref="Impersonation"/>.
/// Where
/// one service is away or stands by, the next is asked, and from then on first.
/// </summary>
/// <param name="key">The key; null: the services know everyone on this machine.</param>
/// <param name="addresses">Where the services are.</param>
internal sealed class ServiceTransport(string? key, ServiceAddresses addresses) : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private volatile Uri? _results;
    private volatile Uri? _intake;

    /// <summary>Whom a question is for waits no longer. A service answers within ten seconds, if only that its database hangs.</summary>
    public static TimeSpan RequestTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Who sends and waits longer has to be told that no one answers.</summary>
    public static TimeSpan SubmitTimeout { get; } = TimeSpan.FromSeconds(25);

    // One that is silent for longer hangs, or the line to it does: the next is asked.
    private static readonly TimeSpan FailoverTimeout = TimeSpan.FromSeconds(12);

    /// <param name="method">GET or POST.</param>
    /// <param name="path">From <c>/api</c> on; what stands in it of a user's is escaped.</param>
    /// <param name="caller">Whose eyes the answer is for; null: the pages' own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="complete">Gives each request what else it needs: a body, a header.</param>
    /// <exception cref="HttpRequestException">None could be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, Caller? caller, CancellationToken cancellationToken, Action<HttpRequestMessage>? complete = null)
    {
        var all = addresses.ForPath(path);
        var (isIntake, first) =
            (ServiceAddresses.IsIntake(path), Math.Max(0, IndexOf(all, ServiceAddresses.IsIntake(path) ? _intake : _results)));
        for (var tried = 1; ; tried++)
        {
            var address = all[(first + tried - 1) % all.Count];
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            silence.CancelAfter(tried < all.Count ? FailoverTimeout : Timeout.InfiniteTimeSpan);
            try
            {
                using var request = Request(method, new Uri(address, path), caller);
                complete?.Invoke(request);
                var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    _ = isIntake ? _intake = address : _results = address;
                    return answer;
                }

                if (tried == all.Count)
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (Exception exception)
            when (tried < all.Count && exception is HttpRequestException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested)
            {
                // The next may be there.
            }
        }
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address, Caller? caller)
    {
        var request = new HttpRequestMessage(method, address);
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        if (caller is { IsLocalTrusted: false })
        {
            request.Headers.Add(Impersonation.Header, Impersonation.Encode(caller));
        }

        return request;
    }

    private static int IndexOf(IReadOnlyList<Uri> all, Uri? one) => all.ToList().FindIndex(each => each == one);

    public void Dispose() => _client.Dispose();
}
