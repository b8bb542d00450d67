using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using XilinIngest.Client.Outbox;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Sending;

/// <summary><c>POST /api/submissions</c>, tried again for a while where the service is not there or says "later".</summary>
internal sealed class HttpTransport(HttpClient service, TimeSpan timeout, TimeProvider clock) : ISubmissionTransport
{
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(5);

    public int MaxConcurrency => 8;

    public async Task<SubmissionReply> SendAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(250); ; pause *= 2)
        {
            try
            {
                return await SendOnceAsync(entry, cancellationToken);
            }
            catch (TransportUnavailableException exception) when (!exception.IsPermanent && clock.GetElapsedTime(start) + pause < timeout)
            {
                await Task.Delay(pause < MaxRetryDelay ? pause : MaxRetryDelay, clock, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        service.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SubmissionReply> SendOnceAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            using var content =
                new ByteArrayContent(Encoding.UTF8.GetBytes(entry.Body))
                {
                    Headers =
                    { ContentType = new MediaTypeHeaderValue("application/json") }
                };
            using var answer = await service.PostAsync("api/submissions", content, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity => new(ParseReceipt(entry, text)),
                // In the service's own form: another one in between, or the wrong one, has no say in what becomes of it.
                HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType
                    when answer.Content.Headers.ContentType?.MediaType == "application/problem+json" => new(null, ProblemDetail(text)),

                // Waits for another key, or for more rights: of one unit, the others' may go.
                HttpStatusCode.Unauthorized =>
                    throw new TransportUnavailableException(
                        $"{service.BaseAddress} 不认识此访问密钥（XILIN_ACCESS_KEY 或 --access-key-file）：{ProblemDetail(text)}",
                        $"{service.BaseAddress} does not know the access key (XILIN_ACCESS_KEY or --access-key-file): "
                            + ProblemDetail(text))
                    { IsPermanent = true },
                HttpStatusCode.Forbidden =>
                    throw new TransportUnavailableException($"{service.BaseAddress} 拒绝：{ProblemDetail(text)}",
                        $"{service.BaseAddress} refuses: {ProblemDetail(text)}")
                    { IsPermanent = true, AffectsOnlyThisEntry = true },
                var status =>
                    throw new TransportUnavailableException($"{service.BaseAddress} 答复 {(int)status}:{ProblemDetail(text)}",
                        $"{service.BaseAddress} answers {(int)status}: {ProblemDetail(text)}"),
            };
        }
        catch (HttpRequestException exception)
        {
            throw new TransportUnavailableException($"无法连接 {service.BaseAddress}:{exception.Message}",
                $"{service.BaseAddress} cannot be reached: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new TransportUnavailableException($"{service.BaseAddress} 没有答复。", $"{service.BaseAddress} does not answer.", exception);
        }
    }

    private SubmissionReceipt ParseReceipt(OutboxEntry entry, string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<SubmissionReceipt>(text, WireFormat.Options) is { } receipt && receipt.SubmissionId == entry.Id)
            {
                return receipt;
            }
        }
        catch (JsonException)
        {
            // Told below: it is no receipt.
        }

        throw new TransportUnavailableException($"{service.BaseAddress} 的答复不是本报表的回执，请核对地址。",
            $"{service.BaseAddress} answers with something that is not this submission's receipt: check the address.");
    }

    private static string ProblemDetail(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("detail", out var detail)
                ? TerminalText.ToSingleLine(detail.ToString()) : Truncate(text);
        }
        catch (JsonException)
        {
            return Truncate(text);
        }
    }

    // It is kept and shown: by another than the service it may be anything.
    private static string Truncate(string text) => TerminalText.ToSingleLine(text.Length > 200 ? text[..200] + "…" : text);
}
