using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.InputOutput;
using XilinIngest.SubmissionFiles.Catalogues;

namespace XilinIngest.Admin.Federation;

/// <summary>The API of an installation.</summary>
/// <param name="address">Its address: of all of it, or of its aggregator.</param>
/// <param name="worker">The address of its worker, which has the ledger and the intake; the same one if it is one process.</param>
/// <param name="key">The access key; null: it wants none.</param>
internal sealed class InstallationClient(Uri address, Uri worker, string? key) : IDisposable
{
    private static readonly string[] WorkerPaths = ["api/ledger", "api/submissions"];

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private readonly HttpClient _client = new(new ConnectionFaultHandler(new SocketsHttpHandler { AllowAutoRedirect = false }))
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaxAnswerBytes,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    public void Dispose() => _client.Dispose();

    /// <summary>The catalogue in force: its indicators and units.</summary>
    public async Task<Catalogue> ReadCatalogueAsync(CancellationToken cancellationToken)
    {
        var indicators = await GetAsync<JsonElement>("api/indicators", cancellationToken);
        return CatalogueJson.Parse(indicators, await GetAsync<JsonElement>("api/units", cancellationToken));
    }

    /// <summary>An answer of the API.</summary>
    /// <exception cref="InstallationException">It does not answer, or refuses.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        Parse<T>(await SendAsync(new HttpRequestMessage(HttpMethod.Get, AddressOf(path)), cancellationToken));

    /// <summary>The answer to a body of JSON, which records nothing.</summary>
    /// <exception cref="InstallationException">It does not answer, or refuses.</exception>
    public async Task<T> CheckAsync<T>(string path, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        return Parse<T>(await SendAsync(new HttpRequestMessage(HttpMethod.Post, AddressOf(path)) { Content = content }, cancellationToken));
    }

    /// <summary>A text of the API, such as the public key.</summary>
    /// <exception cref="InstallationException">It does not answer, or refuses.</exception>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken) =>
        System.Text.Encoding.UTF8.GetString(await SendAsync(new HttpRequestMessage(HttpMethod.Get, AddressOf(path)), cancellationToken));

    private async Task<byte[]> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                using var answer = await _client.SendAsync(request, cancellationToken);
                var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                return answer.IsSuccessStatusCode ? body : throw Refusal(request, answer.StatusCode, body);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                var asked = HostOf(request);
                throw new InstallationException(
                    $"{asked} 没有答复：{exception.Message}", $"{asked} does not answer: {exception.Message}", isAway: true);
            }
        }
    }

    private T Parse<T>(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, ApiJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new InstallationException(
                $"{address} 的答复看不懂，请核对地址：{exception.Message}",
                $"The answer of {address} makes no sense, check the address: {exception.Message}", isAway: false);
        }
    }

    // 5xx, and 429 with too many requests: it will answer later.
    private static InstallationException Refusal(HttpRequestMessage request, HttpStatusCode status, byte[] body)
    {
        var isAway = (int)status >= 500 || status == HttpStatusCode.TooManyRequests;
        var detail = DetailOf(body);
        var asked = HostOf(request);
        return new($"{asked} 答复 {(int)status}：{detail}", $"{asked} answers {(int)status}: {detail}", isAway);
    }

    private Uri AddressOf(string path)
    {
        var service = WorkerPaths.Any(each => path.StartsWith(each, StringComparison.Ordinal)) ? worker : address;
        return new Uri(service.AbsoluteUri.EndsWith('/') ? service : new Uri(service.AbsoluteUri + "/"), path);
    }

    private static string HostOf(HttpRequestMessage request) => request.RequestUri!.GetLeftPart(UriPartial.Authority);

    private static string DetailOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("detail", out var detail)
                ? detail.ToString() : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}

/// <summary>An installation does not answer, or refuses.</summary>
/// <param name="messageZh">The reason in Chinese.</param>
/// <param name="messageEn">The same in English.</param>
/// <param name="isAway">Whether it is expected to answer later.</param>
internal sealed class InstallationException(string messageZh, string messageEn, bool isAway) : Exception(messageEn)
{
    public string MessageZh { get; } = messageZh;

    public bool IsAway { get; } = isAway;
}
