namespace XilinIngest.Dashboard.Data;

/// <summary>
/// Polls the ledger for new rows, once for all viewers. A refused submission changes no result, and several workers write to one
/// ledger, so no single process could publish the event.
/// </summary>
internal sealed class LedgerPoller(ServiceTransport http, LiveFeed live, IHostApplicationLifetime lifetime, ILogger<LedgerPoller> logger)
    : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private bool _isUnreachable;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WaitForStartAsync(stoppingToken);
        (string? Partition, long Sequence)? newest = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var row = await NewestAsync(stoppingToken);
            if (row != newest)
            {
                newest = row;
                live.Notify();
            }

            await Task.Delay(PollInterval, stoppingToken);
        }
    }

    // Null: the workers cannot be reached at present. The pages show this themselves when they send a request.
    private async Task<(string? Partition, long Sequence)?> NewestAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            timeout.CancelAfter(ServiceTransport.RequestTimeout);
            using var answer = await http.SendAsync(HttpMethod.Get, "/api/submissions?limit=1", null, timeout.Token);
            answer.EnsureSuccessStatusCode();
            var rows = await answer.Content.ReadFromJsonAsync<List<SubmissionRow>>(Hosting.ApiJson.Options, timeout.Token);
            _isUnreachable = false;
            return rows is [var row, ..] ? (row.Partition, row.Sequence) : (null, 0);
        }
        catch (Exception exception)
        when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            // While the service stops, its own API ends before this does.
            if (!_isUnreachable && !lifetime.ApplicationStopping.IsCancellationRequested)
            {
                logger.LogWarning("The workers cannot be asked for new submissions: {Reason} It is tried again. 无法查询新的报送，正在重试。",
                    exception.Message);
            }

            _isUnreachable = true;
            return null;
        }
    }
}
