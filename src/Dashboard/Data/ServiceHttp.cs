using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>The line to the services, with the pages' own key. An answer for someone is asked for in their name: see <see cref="OnBehalf"/>.</summary>
/// <param name="key">The key; null: the services know everyone on this machine.</param>
internal sealed class ServiceHttp(string? key) : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Whom a question is for waits no longer.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(100);

    /// <param name="method">GET or POST.</param>
    /// <param name="address">Of a service.</param>
    /// <param name="viewer">Whose eyes the answer is for; null: the pages' own.</param>
    public HttpRequestMessage Request(HttpMethod method, Uri address, Viewer? viewer)
    {
        var request = new HttpRequestMessage(method, address);
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        if (viewer is { IsEveryone: false })
        {
            request.Headers.Add(OnBehalf.Header, OnBehalf.Write(viewer));
        }

        return request;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose() => _client.Dispose();
}
