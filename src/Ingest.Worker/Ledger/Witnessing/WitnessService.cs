using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XilinIngest.Messaging;
using XilinIngest.SignedNotes;

namespace XilinIngest.Worker.Ledger.Witnessing;

/// <summary>
/// Asks the witnesses of all ledgers after each commit, at most once a second: for the newest checkpoint, not for each. The ledgers do not
/// wait for it.
/// </summary>
internal sealed class WitnessService : BackgroundService
{
    // A witness that was away is asked again, and what another worker committed is noticed.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly WitnessClient _client = new();
    private readonly LogThrottle _throttle = new();
    private readonly ILogger<WitnessService> _logger;

    /// <param name="ledgers">The ledgers.</param>
    /// <param name="policy">The witnesses; null: there are none.</param>
    /// <param name="logger">Logs what keeps a witness from cosigning.</param>
    public WitnessService(Ledgers ledgers, TrustPolicy? policy, ILogger<WitnessService> logger)
    {
        _logger = logger;
        Policy = policy;
        policy ??= TrustPolicyReader.Read("quorum none"u8).Policy!;
        All = [.. ledgers.All.Select(ledger => new LedgerWitnesses(ledger, policy, _client, TimeProvider.System, _throttle, logger))];
    }

    /// <summary>The witnesses and the quorum; null: none is set.</summary>
    public TrustPolicy? Policy { get; }

    /// <summary>The witnesses of each ledger, in the order of the partitions.</summary>
    public IReadOnlyList<LedgerWitnesses> All { get; }

    /// <summary>The witnesses of a ledger.</summary>
    public LedgerWitnesses Of(PartitionLedger ledger) => All.First(each => each.Ledger == ledger);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Policy is null ? Task.CompletedTask : Task.WhenAll(All.Select(ledger => RunAsync(ledger, stoppingToken)));

    public override void Dispose()
    {
        base.Dispose();
        _client.Dispose();
    }

    private async Task RunAsync(LedgerWitnesses ledger, CancellationToken stoppingToken)
    {
        // The start is not delayed.
        await Task.Yield();
        var (commits, asked, isDone) = (-1L, TimeProvider.System.GetTimestamp(), false);
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = ledger.Ledger.Availability.CommitCount;
            if (!isDone || now != commits || TimeProvider.System.GetElapsedTime(asked) >= LongestWait)
            {
                (commits, asked) = (now, TimeProvider.System.GetTimestamp());
                isDone = await TryAskAsync(ledger, stoppingToken);
            }

            await Task.Delay(Tick, TimeProvider.System, stoppingToken);
        }
    }

    // A storage fault is in the health of the ledger.
    private async Task<bool> TryAskAsync(LedgerWitnesses ledger, CancellationToken stoppingToken)
    {
        try
        {
            return await ledger.AskAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (_throttle.TryEnter(exception) is not null)
            {
                _logger.LogWarning(
                    "The witnesses of {Log} cannot be asked: {Reason} It is tried again.", ledger.Ledger.Signer.Origin, exception.Message);
            }

            return false;
        }
    }
}
