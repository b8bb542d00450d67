using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using XilinIngest.Client.Checking;
using XilinIngest.Client.Outbox;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;

namespace XilinIngest.Client.Sending;

/// <summary>Requests effective figures over HTTP before anything is sent. A message queue has no such request.</summary>
/// <param name="service">The service; null: there is no HTTP.</param>
/// <param name="clock">The clock of the wait.</param>
internal sealed class ServerMonthClient(HttpClient? service, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Why a request failed; null: none did.</summary>
    public string? FailureReason { get; private set; }

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, Checkpoint> _heads = [];

    /// <summary>Whether a service is known.</summary>
    public bool HasService => service is not null;

    /// <summary>Whether the service could not be reached. It is not asked again.</summary>
    public bool IsUnavailable { get; private set; }

    /// <param name="unit">The unit.</param>
    /// <param name="period">The month.</param>
    /// <param name="known">The known entries of the unit's month. A response without their rows would be outdated.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>Null: the figures are unknown now.</returns>
    public async Task<ServerMonth?> FetchAsync(
        string unit, string period, IEnumerable<OutboxEntry> known, CancellationToken cancellationToken)
    {
        if (service is null || IsUnavailable)
        {
            return null;
        }

        var minimumSequence = await FetchTreeSizeAsync(unit, known.Max(entry => entry.Receipt?.Sequence) ?? 0, cancellationToken);
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

            // This polls for a state; it does not retry a failure.
            await Task.Delay(PollInterval, clock, cancellationToken);
        }
    }

    /// <summary>Whether a ledger row has exactly this content, texts included.</summary>
    public async Task<bool> HasSameContentAsync(long row, JsonObject submission, CancellationToken cancellationToken)
    {
        // Where each partition has a ledger, the row is of that of the unit.
        var path = string.Create(CultureInfo.InvariantCulture, $"api/submissions/{row}");
        var inFull = await GetAsync<SubmissionDetail>(path, cancellationToken)
            ?? await GetAsync<SubmissionDetail>($"{path}?unit={Uri.EscapeDataString($"{submission["unit"]}")}", cancellationToken);
        return inFull is not null && JsonNode.Parse(inFull.Body) is JsonObject sent
            && SubmissionBody.Digest(sent) == SubmissionBody.Digest(submission);
    }

    public void Dispose()
    {
        service?.Dispose();
        _gate.Dispose();
    }

    // The last row of the unit's ledger, so that responses include everything that others sent before. It is read once, and again where a
    // receipt names a later row: such a receipt may also be of the ledger that there was before a split.
    private async Task<long> FetchTreeSizeAsync(string unit, long known, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var head = _heads.GetValueOrDefault("") ?? _heads.GetValueOrDefault(unit);
            if (head is null || head.TreeSize < known)
            {
                head = await GetAsync<Checkpoint>($"api/ledger/checkpoint?unit={Uri.EscapeDataString(unit)}", cancellationToken);
            }

            if (head is null)
            {
                return known;
            }

            _heads[head.Partition is null ? "" : unit] = head;
            return head.TreeSize;
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

            // 404 or 400: the ledger is empty, or the unit is in no catalogue. The service reports this itself.
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
