using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.Retry;
using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary.Transports;

/// <summary>Sends submissions by <c>POST /api/submissions</c>. Retries while the service cannot be reached or asks to retry
/// later.</summary>
internal sealed class HttpTransport(HttpClient service, TimeSpan timeout, TimeProvider clock) : ISubmissionTransport
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(5);

    public int MaxConcurrency => 8;

    public async Task<SubmissionReply> SendAsync(SubmissionMessage message, Action onConfirmed, CancellationToken cancellationToken)
    {
        var reply = await RetryUntilTimeout().ExecuteAsync(async token => await SendOnceAsync(message, token), cancellationToken);
        onConfirmed();
        return reply;
    }

    public ValueTask DisposeAsync()
    {
        service.Dispose();
        return ValueTask.CompletedTask;
    }

    // The remaining time counts from the first attempt, so each submission has its own pipeline.
    private ResiliencePipeline<SubmissionReply> RetryUntilTimeout()
    {
        var start = clock.GetTimestamp();
        return new ResiliencePipelineBuilder<SubmissionReply> { TimeProvider = clock }.AddRetry(new RetryStrategyOptions<SubmissionReply>
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstRetryDelay,
            MaxDelay = MaxRetryDelay,
            ShouldHandle = failed => ValueTask.FromResult(
                failed.Outcome.Exception is TransportUnavailableException { IsPermanent: false }
                && clock.GetElapsedTime(start) + DelayAfter(failed.AttemptNumber) < timeout),
        }).Build();
    }

    private static TimeSpan DelayAfter(int attempt) =>
        TimeSpan.FromTicks(Math.Min(FirstRetryDelay.Ticks << Math.Min(attempt, 16), MaxRetryDelay.Ticks));

    private async Task<SubmissionReply> SendOnceAsync(SubmissionMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(message.Body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await service.PostAsync("api/submissions", content, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity => new(ParseReceipt(message, text)),

                // Only a problem in the service's own format is final; a proxy must not decide about a submission.
                HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType
                    when answer.Content.Headers.ContentType?.MediaType == "application/problem+json" => new(null, ProblemDetail(text)),
                HttpStatusCode.Unauthorized => throw new TransportUnavailableException(
                    TransportFailure.UnknownAccessKey,
                    $"{service.BaseAddress} 不认识此访问密钥：{ProblemDetail(text)}",
                    $"{service.BaseAddress} does not know the access key: {ProblemDetail(text)}"),
                HttpStatusCode.Forbidden => throw new TransportUnavailableException(
                    TransportFailure.Forbidden,
                    $"{service.BaseAddress} 拒绝：{ProblemDetail(text)}", $"{service.BaseAddress} refuses: {ProblemDetail(text)}"),
                var status => throw new TransportUnavailableException(
                    TransportFailure.UnexpectedAnswer,
                    $"{service.BaseAddress} 答复 {(int)status}：{ProblemDetail(text)}",
                    $"{service.BaseAddress} answers {(int)status}: {ProblemDetail(text)}"),
            };
        }
        catch (HttpRequestException exception)
        {
            throw new TransportUnavailableException(
                TransportFailure.Unreachable,
                $"无法连接 {service.BaseAddress}：{exception.Message}",
                $"{service.BaseAddress} cannot be reached: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new TransportUnavailableException(
                TransportFailure.Unreachable, $"{service.BaseAddress} 没有答复。", $"{service.BaseAddress} does not answer.", exception);
        }
    }

    private SubmissionReceipt ParseReceipt(SubmissionMessage message, string text)
    {
        JsonException? fault = null;
        try
        {
            var receipt = JsonSerializer.Deserialize<SubmissionReceipt>(text, WireFormat.Options);
            if (receipt?.SubmissionId == message.Id)
            {
                return receipt;
            }
        }
        catch (JsonException exception)
        {
            fault = exception;
        }

        throw new TransportUnavailableException(
            TransportFailure.UnexpectedAnswer,
            $"{service.BaseAddress} 的答复不是本报表的回执，请核对地址。",
            $"{service.BaseAddress} answers with something that is not this submission's receipt: check the address.", fault);
    }

    private static string ProblemDetail(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("detail", out var detail)
                ? detail.ToString()
                : Truncate(text);
        }
        catch (JsonException)
        {
            return Truncate(text);
        }
    }

    // Another server may respond with a whole page.
    private static string Truncate(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
