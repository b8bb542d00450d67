using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using XilinIngest.InputOutput;

namespace XilinIngest.Notifier.Events;

/// <summary>
/// The published alerts, from the API of an aggregator. If one is away or stands by, the next one is asked, and is the first choice from
/// then on.
/// </summary>
/// <param name="addresses">The aggregators, which are equivalent.</param>
/// <param name="key">An access key with the right to read; null: they trust every caller on this machine.</param>
internal sealed class AlertHistoryClient(IReadOnlyList<Uri> addresses, string? key) : IAlertHistory, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    // An event has about a kilobyte, and a page of them is not larger by orders of magnitude.
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    private readonly HttpClient _client = new(new ConnectionFaultHandler(new SocketsHttpHandler { AllowAutoRedirect = false }))
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    private int _first;

    public async Task<IReadOnlyList<PublishedAlert>> ReadFromAsync(long publication, int limit, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/alerts/events?from={publication}&limit={limit}");
        for (var tried = 1; ; tried++)
        {
            var index = (_first + tried - 1) % addresses.Count;
            try
            {
                var page = await ReadAsync(new Uri(addresses[index], path), cancellationToken);
                _first = index;
                return page;
            }
            catch (Exception exception) when (tried < addresses.Count && IsUnavailable(exception, cancellationToken))
            {
                // The next address may answer.
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<IReadOnlyList<PublishedAlert>> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var answer = await _client.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException(Describe(address, answer.StatusCode), inner: null, answer.StatusCode);
        }

        using var events = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        return
        [
            .. events.RootElement.EnumerateArray().Select(each => new PublishedAlert(
                each.GetProperty("id").GetInt64(), Encoding.UTF8.GetBytes(each.GetProperty("data").GetRawText()))),
        ];
    }

    private static string Describe(Uri address, HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        ? $"{address.Authority} refuses the access key; write one with the right read into Services__Key, and start again."
        : FormattableString.Invariant($"{address.Authority} answers with {(int)status}.");

    // A wrong key is not tried elsewhere: all of them have the same.
    private static bool IsUnavailable(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError } => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };
}
