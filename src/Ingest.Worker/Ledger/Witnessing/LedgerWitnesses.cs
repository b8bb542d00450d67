using System.Data.Common;
using System.Net;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.SignedNotes;

namespace XilinIngest.Worker.Ledger.Witnessing;

/// <summary>Asks the witnesses of one ledger to cosign its newest checkpoint, and knows how far each is.</summary>
internal sealed class LedgerWitnesses
{
    // A witness tells its size in the first answer; another service may ask it meanwhile.
    private const int MaxAttempts = 3;

    private readonly PartitionLedger _ledger;
    private readonly CosignatureStore _store;
    private readonly TrustPolicy _policy;
    private readonly WitnessClient _client;
    private readonly TimeProvider _clock;
    private readonly LogThrottle _throttle;
    private readonly ILogger _logger;

    public LedgerWitnesses(
        PartitionLedger ledger, TrustPolicy policy, WitnessClient client, TimeProvider clock, LogThrottle throttle, ILogger logger)
    {
        (_ledger, _policy, _client, _clock, _throttle, _logger) = (ledger, policy, client, clock, throttle, logger);
        _store = new CosignatureStore(ledger.Store, policy);
        Witnesses = [.. policy.Witnesses.Select(witness => new WitnessState(witness))];
    }

    public PartitionLedger Ledger => _ledger;

    /// <summary>How far each witness is.</summary>
    public IReadOnlyList<WitnessState> Witnesses { get; }

    /// <summary>
    /// The note of the newest checkpoint that has a quorum, with its cosignatures. Before there is one, or where none is demanded: the
    /// newest checkpoint with those that it has. Null: the ledger is empty.
    /// </summary>
    /// <param name="covering">A row that it has to cover; where the one with a quorum does not, it is the newest too.</param>
    public SignedNote? FindCheckpoint(long covering = 0)
    {
        using var connection = _ledger.Store.OpenInteractive();
        var rows = _policy.Witnesses.Count == 0 ? [] : _store.Read(connection);
        var isDemanded = !_policy.IsQuorum(_ => false);
        if (isDemanded && _store.FindQuorum(rows) is { } size && size >= covering
            && _ledger.Store.ReadCheckpoint(connection, size) is { } witnessed && witnessed.TreeSize == size)
        {
            return Compose(witnessed, rows);
        }

        return _ledger.Store.ReadCheckpoint(connection) is { } newest ? Compose(newest, rows) : null;
    }

    /// <summary>How far the ledger and its witnesses are, as the ledger has it.</summary>
    public LedgerWitnessReport Report()
    {
        using var connection = _ledger.Store.OpenInteractive();
        var rows = _store.Read(connection);
        var newest = _ledger.Store.ReadCheckpoint(connection)?.TreeSize ?? 0;
        return new LedgerWitnessReport(
            _ledger.Store.PartitionPath, _ledger.Signer.Origin, newest, _store.FindQuorum(rows) ?? 0,
            [.. Witnesses.Select(state => ReportOf(state, connection, rows, newest))]);
    }

    /// <summary>Asks those that have not cosigned the newest checkpoint and are due, side by side, each within a time.</summary>
    /// <returns>Whether all have cosigned it.</returns>
    public async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        if (ReadNewest() is not { } checkpoint)
        {
            return true;
        }

        var now = _clock.GetUtcNow();
        await Task.WhenAll(Witnesses.Where(state => !IsDone(state, checkpoint) && state.NextAttempt <= now)
            .Select(state => AskAsync(state, checkpoint, cancellationToken)));
        return Witnesses.All(state => IsDone(state, checkpoint));
    }

    // Asked once in any case: a ledger that was restored may have been cosigned further.
    private static bool IsDone(WitnessState state, Checkpoint checkpoint) =>
        state is { WasAsked: true, Fault: null } && state.CosignedSize >= checkpoint.TreeSize;

    // Other workers ask too: what they were given is in the ledger.
    private Checkpoint? ReadNewest()
    {
        using var connection = _ledger.Store.Open();
        foreach (var row in _store.Read(connection))
        {
            Witnesses.First(state => state.Witness.Key.Text == row.Witness).Learn(row.Size);
        }

        return _ledger.Store.ReadCheckpoint(connection);
    }

    private async Task AskAsync(WitnessState state, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        WitnessFault? fault;
        try
        {
            fault = await FindFaultAsync(state, checkpoint, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            fault = WitnessFault.Away(
                exception is HttpRequestException ? exception.Message : $"no answer in {WitnessClient.Timeout.TotalSeconds} s");
        }

        Record(state, fault);
    }

    // Null: it cosigned, or is asked again at once.
    private async Task<WitnessFault?> FindFaultAsync(WitnessState state, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var note = CheckpointNote.Compose(checkpoint.Origin, checkpoint.TreeSize, checkpoint.Root, checkpoint.Signatures)
            ?? throw new InvalidOperationException($"The checkpoint of {checkpoint.TreeSize} rows makes no note: run verify.");
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var old = state.SeenSize;
            if (old > checkpoint.TreeSize)
            {
                return FindLargerFault(old);
            }

            var request = new WitnessRequest(old, Prove(old, checkpoint.TreeSize), note);
            var reply = await _client.AskAsync(state.Witness, request, cancellationToken);
            switch (reply)
            {
                case { Cosignature: { } cosignature }:
                    _store.Add(new Cosignature(checkpoint.TreeSize, state.Witness.Key.Text, cosignature.Line));
                    state.Learn(checkpoint.TreeSize);
                    return null;
                case { Status: HttpStatusCode.Conflict, Size: { } told } when told != old:
                    state.SeenSize = told;
                    break;
                case { Status: HttpStatusCode.Conflict, Size: not null } when old == checkpoint.TreeSize:
                    return WitnessFault.TwoHistories(old);
                case { Status: HttpStatusCode.UnprocessableEntity }:
                    return WitnessFault.TwoHistories(old);
                default:
                    return WitnessFault.Refused(reply.Status);
            }
        }

        return WitnessFault.Away("its size changes while it is asked");
    }

    // Null: another worker committed, and asked, since the checkpoint was read.
    private WitnessFault? FindLargerFault(long seen)
    {
        using var connection = _ledger.Store.Open();
        var newest = _ledger.Store.ReadCheckpoint(connection)?.TreeSize ?? 0;
        return newest >= seen ? null : WitnessFault.Larger(seen, newest);
    }

    private List<byte[]> Prove(long old, long size) =>
        old == 0 || old == size ? [] : [.. _ledger.Proofs.Consistency(old, size).Path.Select(Convert.FromHexString)];

    private void Record(WitnessState state, WitnessFault? fault)
    {
        var before = state.Fault;
        state.Record(fault, _clock.GetUtcNow());
        var (witness, log) = (state.Witness.Name, _ledger.Signer.Origin);
        if (fault is null)
        {
            if (before is not null)
            {
                _logger.LogInformation("The witness {Witness} cosigns {Log} again.", witness, log);
            }
        }
        else if (fault.Kind == WitnessFaultKind.TwoHistories)
        {
            // Said every minute until it is settled.
            if (_throttle.TryEnter($"{witness} {log} {fault.En}") is not null)
            {
                _logger.LogCritical("The witness {Witness} does not cosign {Log}: {Fault}", witness, log, fault.En);
            }
        }
        else if (before?.Kind != fault.Kind && _throttle.TryEnter($"{witness} {fault.Kind}") is not null)
        {
            // One line for all partitions.
            _logger.LogWarning("The witness {Witness} does not cosign {Log}: {Fault}", witness, log, fault.En);
        }
    }

    private static SignedNote? Compose(Checkpoint checkpoint, IEnumerable<Cosignature> rows) => CheckpointNote.Compose(
        checkpoint.Origin, checkpoint.TreeSize, checkpoint.Root,
        [.. checkpoint.Signatures, .. rows.Where(row => row.Size == checkpoint.TreeSize).Select(row => row.Line)]);

    private WitnessReport ReportOf(
        WitnessState state, DbConnection connection, IReadOnlyList<Cosignature> rows, long newest)
    {
        var row = rows.LastOrDefault(row => row.Witness == state.Witness.Key.Text);
        var checkpoint = row is null ? null : _ledger.Store.ReadCheckpoint(connection, row.Size);
        var time = checkpoint is not null && Compose(checkpoint, []) is { } note ? row!.FindTime(state.Witness, note) : null;
        return new WitnessReport(
            state.Witness.Name, state.Witness.Key.Text, row?.Size ?? 0, time, Math.Max(0, newest - (row?.Size ?? 0)), state.Fault?.Zh,
            state.Fault?.En);
    }
}
