using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Messaging;
using XilinIngest.Simulation.Tests.Bus;
using XilinIngest.Simulation.Tests.Runs;
using XilinIngest.Simulation.Tests.Stores;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>A worker: the product's intake, steps of the ledger's writer, replay and receipts.</summary>
internal sealed class WorkerProcess : SimulatedProcess
{
    private const int MaxUnacknowledged = 8;
    private static readonly TimeSpan ProbeDelay = TimeSpan.FromSeconds(1);

    private readonly List<AcceptedDelivery> _intake = [];
    private readonly PartitionLedger _ledger;
    private readonly SubmissionIntake _submissions;
    private readonly ReceiptPublisher _receipts;
    private readonly ReplayConsumer _replays;
    private (SimulatedDelivery Delivery, Task Done)? _replay;
    private Task _publishing = Task.CompletedTask;
    private TimeSpan _probeAt;

    public WorkerProcess(SimulatedRun run, string name)
        : base(run, name)
    {
        var store = new LedgerStore(run.Stores.OpenLedger(this));
        var catalogues = run.Catalogues;
        var publisher = new SimulatedTransport(run.Bus, this).CreatePublisher();
        var throttle = new LogThrottle(Clock);
        _ledger = new PartitionLedger(store, run.Signer, catalogues, publisher, Clock, NullLogger<LedgerWriter>.Instance);
        var ledgers = new Ledgers(catalogues, [_ledger]);
        _submissions = new SubmissionIntake(
            catalogues, ledgers, new IntakeQuota(new IntakeOptions(), Clock), Clock, throttle, NullLogger<SubmissionIntake>.Instance);
        _receipts = new ReceiptPublisher(publisher, new QueueSender(publisher), NullLogger<ReceiptPublisher>.Instance);
        _replays = new ReplayConsumer(ledgers, publisher, catalogues,
            new DeadLetterPublisher(new QueueSender(publisher), Clock, throttle, NullLogger<DeadLetterPublisher>.Instance),
            NullLogger<ReplayConsumer>.Instance);
        run.Bus.Intake.Open(this);
        run.Bus.Replay.Open(this);
    }

    private LedgerSteps Steps => _ledger.Writer.Steps;

    public override bool MayReceive(SimulatedQueue queue) =>
        queue == Run.Bus.Replay ? _replay is null : _intake.Count < MaxUnacknowledged;

    public override void Receive(SimulatedDelivery delivery) => Call(() =>
    {
        if (delivery.Queue == Run.Bus.Replay)
        {
            _replay = (delivery, _replays.ConsumeAsync(delivery.Message.Received, CancellationToken.None));
        }
        else
        {
            var accepted = new AcceptedDelivery(delivery);
            _intake.Add(accepted);
            Accept(accepted);
        }
    });

    public override void AddActions(ActionList actions)
    {
        if (_ledger.Writer.WaitingCount > 0 && _publishing.IsCompleted && Steps.Availability.WriteFault is null)
        {
            actions.Add(4, () => Call(Commit));
        }

        if (Steps.Availability.WriteFault is not null && Run.Now >= _probeAt)
        {
            actions.Add(2, () => Call(Probe));
        }

        if (_replay is { Done.IsCompleted: true })
        {
            actions.Add(4, () => Call(EndReplay));
        }

        foreach (var accepted in _intake)
        {
            if (accepted.MayContinue(Steps.Availability.WriteFault is null) && (accepted.IsUndecided || Run.Bus.MayPublish(this)))
            {
                actions.Add(4, () => Call(() => Continue(accepted)));
                break;
            }
        }
    }

    public override void Dispose() => _ledger.Dispose();

    // As SubmissionConsumer: while the ledger cannot be written, the message waits here without an acknowledgement.
    private void Accept(AcceptedDelivery accepted)
    {
        var message = accepted.Delivery.Message.Received;
        var sender = SenderIdentityFactory.From(message.Delivery);
        var (submissions, isPack) = _submissions.Prepare(message.Body, sender);
        accepted.Accept(EnqueueAsync([.. submissions.Select(submission => new PendingSubmission(submission, sender.Name))]), isPack);
        if (Run.ByHand == FaultByHand.AcknowledgeBeforeCommit)
        {
            Run.Bus.Acknowledge(accepted.Delivery);
        }
    }

    private async Task<PendingSubmission[]> EnqueueAsync(PendingSubmission[] submissions)
    {
        await Steps.EnqueueAsync(submissions, CancellationToken.None);
        return submissions;
    }

    private void Commit()
    {
        var committed = Steps.CommitBatch();
        if (Steps.Availability.WriteFault is not null)
        {
            _probeAt = Run.Now + ProbeDelay;
        }

        Run.Log($"{Name} commits {committed.Sum(batch => batch.Receipts.Count)} in {committed.Count} batches");
        _publishing = Steps.StartPublishingAsync(committed, CancellationToken.None);
    }

    private void Probe()
    {
        try
        {
            Steps.Availability.ProbeWrite();
        }
        catch (Exception exception) when (exception is not ProcessDiedException)
        {
            Steps.Availability.Pause(exception);
            _probeAt = Run.Now + ProbeDelay;
        }
    }

    private void EndReplay()
    {
        var (delivery, done) = _replay!.Value;
        _replay = null;
        Run.Log($"{Name} ends a replay: {done.Status}");
        if (done.IsCompletedSuccessfully)
        {
            Run.Bus.Acknowledge(delivery);
        }
        else
        {
            Run.Bus.Return(delivery);
        }
    }

    private void Continue(AcceptedDelivery accepted)
    {
        if (accepted.IsRefusedForFault)
        {
            Accept(accepted);
            return;
        }

        _intake.Remove(accepted);
        if (accepted.Receipts is not { } receipts)
        {
            Run.Log($"{Name} returns {accepted.Delivery.Message.Number}");
            Run.Bus.Return(accepted.Delivery);
            return;
        }

        var published = _receipts.PublishReceiptsAsync(
            accepted.Delivery.Message.Received.Delivery, receipts, accepted.IsPack, CancellationToken.None);
        if (!published.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("A receipt waits although the bus takes messages.", published.Exception);
        }

        Run.Log($"{Name} answers {accepted.Delivery.Message.Number}: "
            + string.Join(' ', receipts.Select(receipt => $"{receipt.Sequence} {receipt.Verdict}")));
        Run.Bus.Acknowledge(accepted.Delivery);
    }
}
