using System.Net;
using XilinIngest.InputOutput;

namespace XilinIngest.Notifier;

/// <summary>
/// Asks the API of an aggregator. If one is away or stands by, the next one is asked, and is the first choice from then on.
/// </summary>
/// <param name="addresses">The aggregators, which are equivalent.</param>
/// <param name="key">An access key with the right to read; null: they trust every caller on this machine.</param>
internal sealed class AggregatorConnection(IReadOnlyList<Uri> addresses, string? key) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    // An event has about a kilobyte, and a page of them is not larger by orders of magnitude; nor is the completeness of a month.
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    private readonly HttpClient _client = new(new ConnectionFaultHandler(new SocketsHttpHandler { AllowAutoRedirect = false }))
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    private int _first;

    /// <summary>The body of an answer.</summary>
    /// <param name="path">The path with the query, any text of others escaped.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null: the aggregator does not know what is asked for (404).</returns>
    /// <exception cref="HttpRequestException">No aggregator answers, or one refuses.</exception>
    public async Task<byte[]?> GetAsync(string path, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            var index = (_first + tried - 1) % addresses.Count;
            try
            {
                var body = await ReadAsync(new Uri(addresses[index], path), cancellationToken);
                _first = index;
                return body;
            }
            catch (Exception exception) when (tried < addresses.Count && IsUnavailable(exception, cancellationToken))
            {
                // The next address may answer.
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]?> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var answer = await _client.SendAsync(request, cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => await answer.Content.ReadAsByteArrayAsync(cancellationToken),
            HttpStatusCode.NotFound => null,
            var status => throw new HttpRequestException(Describe(address, status), inner: null, status),
        };
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
