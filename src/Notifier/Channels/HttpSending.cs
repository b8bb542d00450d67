using System.Globalization;
using System.Net;
using System.Text;
using XilinIngest.InputOutput;

namespace XilinIngest.Notifier.Channels;

/// <summary>Posts notices over HTTP, with limits of time and size.</summary>
internal sealed class HttpSending : IDisposable
{
    private const int MaxAnswerBytes = 16 * 1024;
    private const int MaxAnswerCharacters = 200;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // A redirect could lead anywhere, so it is refused, and shown.
    private readonly HttpClient _client = new(new ConnectionFaultHandler(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }))
    {
        Timeout = Timeout,
    };

    /// <summary>Posts once. What prevents it is in the answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads an answer with a status of success, as some receivers refuse in the body; null: the status decides.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<DeliveryAnswer> SendAsync(
        HttpRequestMessage request, Func<string, DeliveryAnswer>? read, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            var body = await ReadBeginningAsync(response, timeout.Token);
            cancellationToken.ThrowIfCancellationRequested();
            return response.IsSuccessStatusCode && read is not null ? read(body) : FromStatus(response, body);
        }
        catch (HttpRequestException exception)
        {
            return new(DeliveryOutcome.Failed, $"no answer: {exception.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(DeliveryOutcome.Failed, FormattableString.Invariant($"no answer within {Timeout.TotalSeconds} s"));
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>A text of a receiver, cut and without control characters, so that it can be shown and logged.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxAnswerCharacters)
            {
                clean.Append('…');
                break;
            }

            var category = Rune.GetUnicodeCategory(rune);
            var isInvisible = category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
            clean.Append(isInvisible ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }

    /// <summary>
    /// What came of the body, up to the limit. Its status is known already, so a body that is too long, breaks off or does not end says
    /// nothing of the notice. It is read as UTF-8 whatever charset it names, which may be one that .NET does not know.
    /// </summary>
    private static async Task<string> ReadBeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (buffer, length) = (new byte[MaxAnswerBytes], 0);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (length < buffer.Length && await body.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // The answer is judged by what came before.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static DeliveryAnswer FromStatus(HttpResponseMessage response, string body)
    {
        var said = Clean(body);
        var text = FormattableString.Invariant($"HTTP {(int)response.StatusCode}") + (said.Length > 0 ? $": {said}" : "");
        return response.IsSuccessStatusCode
            ? new(DeliveryOutcome.Accepted, text)
            : new(IsTransient(response.StatusCode) ? DeliveryOutcome.Failed : DeliveryOutcome.Refused, text,
                RetryAfterOf(response));
    }

    // Seconds, or a date, which is judged by the receiver's own clock.
    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - response.Headers.Date : null;

    // Too early, too many, a timeout, or a fault of the server.
    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests || (int)status >= 500;
}
