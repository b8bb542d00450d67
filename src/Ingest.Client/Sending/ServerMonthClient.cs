using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using XilinIngest.Client.Checking;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;

namespace XilinIngest.Client.Sending;

/// <summary>Asks the service over HTTP what stands, before anything is sent. A message queue cannot be asked.</summary>
/// <param name="service">Null: there is no HTTP.</param>
/// <param name="clock">For the waiting.</param>
internal sealed class ServerMonthClient(HttpClient? service, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Why a question had no answer; null: each had one.</summary>
    public string? FailureReason { get; private set; }

    private readonly SemaphoreSlim _gate = new(1);
    private long? _head;

    /// <summary>Whether there is anyone to ask.</summary>
    public bool HasService => service is not null;

    /// <summary>Whether it was found that the service cannot be reached: it is not asked again.</summary>
    public bool IsUnavailable { get; private set; }

    /// <param name="unit">The unit.</param>
    /// <param name="period">The month.</param>
    /// <param name="minimumSequence">A ledger row that is known here: an answer that does not have it yet would be of the past.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>Null: it cannot be told now.</returns>
    public async Task<ServerMonth?> FetchAsync(string unit, string period, long minimumSequence, CancellationToken cancellationToken)
    {
        if (service is null || IsUnavailable)
        {
            return null;
        }

        minimumSequence = Math.Max(minimumSequence, await FetchTreeSizeAsync(cancellationToken));
        var start = clock.GetTimestamp();
        while (true)
        {
            var form = await GetAsync<UnitForm>($"api/form?unit={Uri.EscapeDataString(unit)}&period={Uri.EscapeDataString(period)}",
                cancellationToken);
            if (form is null || form.AppliedThrough >= minimumSequence)
            {
                return form is null ? null : new(form);
            }

            if (clock.GetElapsedTime(start) > RequestTimeout)
            {
                FailureReason = $"{form.AppliedThrough} < {minimumSequence}";
                return null;
            }

            // Polling for a state, no retry of a failure: a loop says it best.
            await Task.Delay(PollInterval, clock, cancellationToken);
        }
    }

    /// <summary>Whether a ledger row holds this very content, words included.</summary>
    public async Task<bool> HasSameContentAsync(long row, JsonObject submission, CancellationToken cancellationToken)
    {
        var inFull = await GetAsync<SubmissionDetail>(string.Create(CultureInfo.InvariantCulture, $"api/submissions/{row}"),
            cancellationToken);
        return inFull is not null && JsonNode.Parse(inFull.Body) is JsonObject sent
            && SubmissionBody.Digest(sent) == SubmissionBody.Digest(submission);
    }

    public void Dispose()
    {
        service?.Dispose();
        _gate.Dispose();
    }

    // The ledger's last row when it was first asked: what others had sent until then is in the answer too.
    private async Task<long> FetchTreeSizeAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _head ??= (await GetAsync<Checkpoint>("api/ledger/checkpoint", cancellationToken))?.TreeSize ?? 0;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<T?> GetAsync<T>(string path, CancellationToken cancellationToken) where T : class
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(RequestTimeout);
            using var answer = await service!.GetAsync(path, limit.Token);
            if (answer.IsSuccessStatusCode)
            {
                return JsonSerializer.Deserialize<T>(await answer.Content.ReadAsByteArrayAsync(limit.Token), JsonSerializerOptions.Web);
            }

            // An empty ledger has no checkpoint, and a unit that is in no catalogue no form: of these the service itself will speak.
            FailureReason = answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest
                ? FailureReason : $"{(int)answer.StatusCode}";
        }
        catch (Exception exception)
        when (exception is HttpRequestException or JsonException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            (FailureReason, IsUnavailable) = (exception.Message, exception is not JsonException);
        }

        return null;
    }
}
