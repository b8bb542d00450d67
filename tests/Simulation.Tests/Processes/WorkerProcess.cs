using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Simulation.Tests.Bus;
using XilinIngest.Simulation.Tests.Runs;
using XilinIngest.Simulation.Tests.Stores;
using XilinIngest.Submissions;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>A worker: the product's intake, steps of the writers of all ledgers, replay and receipts.</summary>
internal sealed class WorkerProcess : SimulatedProcess
{
    private const int MaxUnacknowledged = 8;
    private static readonly TimeSpan ProbeDelay = TimeSpan.FromSeconds(1);

    private readonly List<AcceptedDelivery> _intake = [];
    private readonly List<WrittenLedger> _written;
    private readonly Ledgers _ledgers;
    private readonly SubmissionIntake _submissions;
    private readonly ReceiptPublisher _receipts;
    private readonly ReplayConsumer _replays;
    private (SimulatedDelivery Delivery, Task Done)? _replay;
    private bool _mustTakeOverMonths;

    public WorkerProcess(SimulatedRun run, string name)
        : base(run, name)
    {
        var catalogues = run.Catalogues;
        var publisher = new SimulatedTransport(run.Bus, this).CreatePublisher();
        var throttle = new LogThrottle(Clock);
        _written = [.. run.Stores.All.Select(stores => new WrittenLedger(new PartitionLedger(
            new LedgerStore(stores.OpenLedger(this), stores.Partition), run.SignerOf(stores.Partition), catalogues, publisher, Clock,
            NullLogger<LedgerWriter>.Instance), stores.Suffix))];
        _ledgers = new Ledgers(catalogues, [.. _written.Select(each => each.Ledger)]);
        _mustTakeOverMonths = run.IsSplit;
        _submissions = new SubmissionIntake(
            catalogues, _ledgers, new IntakeQuota(new IntakeOptions(), Clock), Clock, throttle, NullLogger<SubmissionIntake>.Instance);
        _receipts = new ReceiptPublisher(publisher, new QueueSender(publisher), NullLogger<ReceiptPublisher>.Instance);
        _replays = new ReplayConsumer(_ledgers, publisher, catalogues,
            new DeadLetterPublisher(new QueueSender(publisher), Clock, throttle, NullLogger<DeadLetterPublisher>.Instance),
            NullLogger<ReplayConsumer>.Instance);
        run.Bus.Intake.Open(this);
        run.Bus.Replay.Open(this);
    }

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
        foreach (var each in _written)
        {
            if (each.MayCommit)
            {
                actions.Add(4, () => Call(() => Commit(each)));
            }

            if (each.Steps.Availability.WriteFault is not null && Run.Now >= each.ProbeAt)
            {
                actions.Add(2, () => Call(() => Probe(each)));
            }
        }

        if (_mustTakeOverMonths)
        {
            actions.Add(4, () => Call(TakeOverMonths));
        }

        if (_replay is { Done.IsCompleted: true })
        {
            actions.Add(4, () => Call(EndReplay));
        }

        foreach (var accepted in _intake)
        {
            if (accepted.MayContinue && (accepted.IsUndecided || Run.Bus.MayPublish(this)))
            {
                actions.Add(4, () => Call(() => Continue(accepted)));
                break;
            }
        }
    }

    public override void Dispose() => _written.ForEach(each => each.Ledger.Dispose());

    // As LedgerWriters: a start completes what a crash interrupted. A failure leaves it to the next request about a month.
    private void TakeOverMonths()
    {
        _mustTakeOverMonths = false;
        if (Run.ByHand != FaultByHand.MonthInOneLedger)
        {
            Run.Log($"{Name} takes over months");
            InlineContext.Run(() => _ledgers.Months.TakeOverAsync(CancellationToken.None));
        }
    }

    // As SubmissionConsumer: while a ledger cannot be written, the message waits here without an acknowledgement.
    private void Accept(AcceptedDelivery accepted)
    {
        var message = accepted.Delivery.Message.Received;
        var sender = SenderIdentityFactory.From(message.Delivery);
        var (submissions, isPack) = _submissions.Prepare(message.Body, sender);
        accepted.Accept(InlineContext.Run(() => AppendAsync(submissions, sender.Name)), isPack);
        if (Run.ByHand == FaultByHand.AcknowledgeBeforeCommit)
        {
            Run.Bus.Acknowledge(accepted.Delivery);
        }
    }

    private async Task<IReadOnlyList<SubmissionReceipt>> AppendAsync(IReadOnlyList<Submission> submissions, string sender) =>
        Run.ByHand == FaultByHand.MonthInOneLedger && submissions is [{ MonthRequest: not null } request]
            ? await _ledgers.Topmost.AppendAsync([_ledgers.Months.WithMissing(request, sender)], CancellationToken.None)
            : await _ledgers.AppendAsync(submissions, sender, CancellationToken.None);

    private void Commit(WrittenLedger written)
    {
        var committed = written.Steps.CommitBatch();
        if (written.Steps.Availability.WriteFault is not null)
        {
            written.ProbeAt = Run.Now + ProbeDelay;
        }

        Run.Log($"{Name} commits {committed.Sum(batch => batch.Receipts.Count)} in {committed.Count} batches{written.Suffix}");
        written.Publishing = written.Steps.StartPublishingAsync(committed, CancellationToken.None);
        if (Run.ByHand == FaultByHand.AcknowledgeAfterOneLedger && committed.Count > 0)
        {
            _intake.ForEach(accepted => Run.Bus.Acknowledge(accepted.Delivery));
        }
    }

    private void Probe(WrittenLedger written)
    {
        var availability = written.Steps.Availability;
        try
        {
            availability.ProbeWrite();
        }
        catch (Exception exception) when (exception is not ProcessDiedException)
        {
            availability.Pause(exception);
            written.ProbeAt = Run.Now + ProbeDelay;
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

    /// <summary>The ledger of one partition in this process.</summary>
    private sealed class WrittenLedger(PartitionLedger ledger, string suffix)
    {
        public PartitionLedger Ledger => ledger;

        public string Suffix => suffix;

        public LedgerSteps Steps => ledger.Writer.Steps;

        public Task Publishing { get; set; } = Task.CompletedTask;

        public TimeSpan ProbeAt { get; set; }

        public bool MayCommit => ledger.Writer.WaitingCount > 0 && Publishing.IsCompleted && Steps.Availability.WriteFault is null;
    }
}
