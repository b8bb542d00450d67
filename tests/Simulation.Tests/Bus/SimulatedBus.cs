using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Simulation.Tests.Processes;
using XilinIngest.Simulation.Tests.Runs;

namespace XilinIngest.Simulation.Tests.Bus;

/// <summary>
/// A broker that delivers at least once: it keeps what is not acknowledged, and repeats, delays and reorders what it likes. What it has
/// confirmed is in a queue; the queues of the cubes may be emptied, and sums for other partitions may be dropped.
/// </summary>
internal sealed class SimulatedBus(SimulatedRun run, IReadOnlyList<Partition> partitions)
{
    private readonly List<SimulatedDelivery> _unacknowledged = [];
    private readonly Dictionary<string, SimulatedQueue> _accepted = partitions.ToDictionary(
        each => Exchanges.AcceptedOf(each.Path),
        each => new SimulatedQueue(each.IsWholeTree ? "accepted" : $"accepted of {each.Path}", IsSingleActive: true, each.Path));

    private readonly Dictionary<string, SimulatedQueue> _rollUps = partitions.Where(each => !each.IsWholeTree).ToDictionary(
        each => each.Path, each => new SimulatedQueue($"rollups of {each.Path}", IsSingleActive: true, each.Path));

    private readonly List<PendingSend> _pending = [];
    private int _published;

    public SimulatedQueue Intake { get; } = new("intake", IsSingleActive: false);

    public SimulatedQueue Replay { get; } = new("replay", IsSingleActive: false);

    /// <summary>The queues of the cubes.</summary>
    public IReadOnlyList<SimulatedQueue> OfCubes => [.. _accepted.Values, .. _rollUps.Values];

    /// <summary>All receipts, as the offices' queues got them.</summary>
    public List<SubmissionReceipt> Receipts { get; } = [];

    /// <summary>All results, in the order in which a reader of all of them saw them.</summary>
    public List<OutgoingMessage> Results { get; } = [];

    /// <summary>Whether publishes wait, as at a broker short of memory.</summary>
    public bool IsBlocked { get; set; }

    public bool IsIdle => _pending.Count == 0 && _unacknowledged.Count == 0
        && Queues.All(queue => queue.Messages.All(message => message.IsBeat));

    private IEnumerable<SimulatedQueue> Queues => [Intake, Replay, .. OfCubes];

    public SimulatedQueue Find(IBusQueue queue) =>
        queue.Exchange == ServiceExchanges.RollUps ? _rollUps[queue.Binding] : _accepted[queue.Exchange];

    /// <summary>What an office publishes is in the queue.</summary>
    public void Submit(string office, byte[] body) => Route(new SimulatedMessage(++_published,
        new OutgoingMessage { Exchange = Exchanges.Intake, RoutingKey = office, Body = body }, office));

    /// <summary>What a service publishes. Completes with the confirm.</summary>
    public Task SendAsync(SimulatedProcess from, OutgoingMessage message)
    {
        if (from.IsDead)
        {
            return new TaskCompletionSource().Task;
        }

        var sent = new SimulatedMessage(++_published, message, Sender: null);
        if (MayPublish(from) && !(message.Exchange != Exchanges.Receipts && run.Random.Chance(run.Faults.ConfirmsLate)))
        {
            Route(sent);
            return Task.CompletedTask;
        }

        // Perhaps the broker has it already, and the confirm alone is late.
        var pending = new PendingSend(from, sent);
        _pending.Add(pending);
        if (MayPublish(from) && run.Random.Chance(0.5))
        {
            pending.IsRouted = true;
            Route(sent);
        }

        return pending.Confirm.Task;
    }

    public bool MayPublish(SimulatedProcess from) => !IsBlocked && from.IsReachable;

    public bool CanConfirm => !IsBlocked && _pending.Exists(pending => pending.From.IsReachable);

    /// <summary>Confirms one of the messages that wait, of any process.</summary>
    public void ConfirmOne()
    {
        var ready = _pending.FindAll(pending => pending.From.IsReachable);
        var chosen = run.Random.Pick(ready);
        _pending.Remove(chosen);
        if (!chosen.IsRouted)
        {
            Route(chosen.Message);
        }

        run.Log($"the bus confirms {chosen.Message.Message.Type} {chosen.Message.Number} to {chosen.From.Name}");
        chosen.Confirm.SetResult();
    }

    public IReadOnlyList<SimulatedQueue> Deliverable() =>
        [.. Queues.Where(queue => queue.Messages.Count > 0 && queue.ReadyReaders().Count > 0)];

    public void DeliverOne(SimulatedQueue queue)
    {
        var reader = run.Random.Pick(queue.ReadyReaders());
        var at = run.Random.Chance(run.Faults.Reorders) ? run.Random.Below(Math.Min(5, queue.Messages.Count)) : 0;
        var message = queue.Messages[at];
        queue.Messages.RemoveAt(at);
        var delivery = new SimulatedDelivery(queue, message, reader);
        _unacknowledged.Add(delivery);
        run.Log($"{queue.Name} delivers {message.Number} to {reader.Name}");
        reader.Receive(delivery);
    }

    /// <summary>An acknowledgement over a connection that was lost meanwhile is none.</summary>
    public void Acknowledge(SimulatedDelivery delivery)
    {
        if (delivery.To.IsReachable)
        {
            _unacknowledged.Remove(delivery);
        }
    }

    /// <summary>The message returns to the head of its queue.</summary>
    public void Return(SimulatedDelivery delivery)
    {
        if (_unacknowledged.Remove(delivery))
        {
            delivery.Queue.Messages.Insert(0, delivery.Message);
        }
    }

    /// <summary>The connection of a process is lost: what it has not acknowledged comes again, perhaps to another.</summary>
    public void Disconnect(SimulatedProcess process)
    {
        foreach (var delivery in _unacknowledged.FindAll(delivery => delivery.To == process))
        {
            Return(delivery);
        }

        foreach (var queue in Queues.Where(queue => queue.Readers.Remove(process)).ToList())
        {
            if (!process.IsDead)
            {
                queue.Readers.Add(process);
            }
        }

        if (process.IsDead)
        {
            _pending.RemoveAll(pending => pending.From == process && (pending.IsRouted || run.Random.Chance(0.5)));
            foreach (var pending in _pending.FindAll(pending => pending.From == process))
            {
                // It was on its way when the process died.
                _pending.Remove(pending);
                Route(pending.Message);
            }
        }
    }

    private void Route(SimulatedMessage message)
    {
        if (message.Message.Exchange == ServiceExchanges.RollUps && run.Random.Chance(run.Faults.DropsRollUps))
        {
            run.LogFault("sums lost", $"for {message.Message.RoutingKey}");
            return;
        }

        for (var times = run.Random.Chance(run.Faults.Repeats) ? 2 : 1; times > 0; times--)
        {
            switch (message.Message.Exchange)
            {
                case Exchanges.Intake:
                    Intake.Messages.Add(message);
                    break;
                case ServiceExchanges.RollUps:
                    _rollUps[message.Message.RoutingKey].Messages.Add(message);
                    break;
                case Exchanges.Replay:
                    Replay.Messages.Add(message);
                    break;
                case Exchanges.Receipts:
                    Receipts.AddRange(SubmissionReceiptPack.Parse(message.Message.Body.Span));
                    break;
                case Exchanges.Results:
                    Results.Add(message.Message);
                    break;
                default:
                    _accepted[message.Message.Exchange].Messages.Add(message);
                    break;
            }
        }
    }

    private sealed class PendingSend(SimulatedProcess from, SimulatedMessage message)
    {
        public SimulatedProcess From => from;

        public SimulatedMessage Message => message;

        public bool IsRouted { get; set; }

        public TaskCompletionSource Confirm { get; } = new();
    }
}
