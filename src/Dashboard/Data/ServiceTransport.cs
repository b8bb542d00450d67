using System.Collections.Concurrent;
using System.Net;
using XilinIngest.Hosting.Access;
using XilinIngest.InputOutput;

namespace XilinIngest.Dashboard.Data;

/// <summary>
/// Sends requests to the services with the key of the pages. A request for a caller carries the caller's identity: see
/// <see cref="Impersonation"/>. If a service is unavailable or on standby, the request goes to the next one, which then becomes the
/// first choice.
/// </summary>
/// <param name="key">The key; null: the services trust every caller on this machine.</param>
/// <param name="addresses">The addresses of the services.</param>
internal sealed class ServiceTransport(string? key, ServiceAddresses addresses) : IDisposable
{
    private readonly HttpClient _client = new(new ConnectionFaultHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<ServiceRole, Uri> _firstChoices = new();

    /// <summary>After this time the caller stops waiting. A service answers within ten seconds, even if its database hangs.</summary>
    public static TimeSpan RequestTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>After this time the sender is told that no service answers.</summary>
    public static TimeSpan SubmitTimeout { get; } = TimeSpan.FromSeconds(25);

    // A service that does not answer within this time hangs, or its connection does. The next one gets the request.
    private static readonly TimeSpan FailoverTimeout = TimeSpan.FromSeconds(12);

    /// <param name="method">GET or POST.</param>
    /// <param name="path">The path from <c>/api</c> on, with any user input escaped.</param>
    /// <param name="caller">The caller that the request is for; null: the pages themselves.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <param name="complete">Adds a body or a header to each request.</param>
    /// <exception cref="HttpRequestException">No service could be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, Caller? caller, CancellationToken cancellationToken, Action<HttpRequestMessage>? complete = null)
    {
        var role = ServiceAddresses.RoleOf(path);
        var all = addresses.Of(role);
        var first = Math.Max(0, IndexOf(all, _firstChoices.GetValueOrDefault(role)));
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
                    _firstChoices[role] = address;
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
                // The next address may answer.
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
