using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// What one partition's cube has from those around it and tells them, as bodies of messages: sums after each step, now and then positions
/// alone, by which a loss at the end is seen, and all sums to those that ask.
/// </summary>
internal sealed class RollUpExchange
{
    // Epochs count starts. A message that names another kind of number is none of ours.
    private const long MaxEpoch = 1L << 40;

    private readonly IndicatorCube _cube;
    private readonly CubeScope _scope;
    private readonly RollUpInbox _inbox;
    private readonly RollUpOutbox _outbox;
    private readonly HashSet<Partition> _toSendAll;

    /// <param name="cube">The cube of a partition among several.</param>
    /// <param name="epoch">Greater than any epoch of a former cube of this partition.</param>
    public RollUpExchange(IndicatorCube cube, long epoch)
    {
        (_cube, _scope) = (cube, cube.Scope ?? throw new ArgumentException("The cube has the whole tree.", nameof(cube)));
        _inbox = new RollUpInbox(cube);
        _outbox = new RollUpOutbox(cube, _inbox, epoch);
        _toSendAll = [.. _scope.Neighbours];
    }

    /// <inheritdoc cref="RollUpInbox.IsWaiting"/>
    public bool IsWaiting => _inbox.IsWaiting;

    /// <summary>The partitions whose sums are missing, or not all.</summary>
    public IReadOnlyCollection<Partition> Missing => [.. _inbox.Missing.Union(_inbox.Awaited)];

    /// <inheritdoc cref="RollUpInbox.Senders"/>
    public IReadOnlyList<RollUpSender> Senders => _inbox.Senders;

    /// <summary>All that is known of the other partitions, for a store or for the cube of another catalogue.</summary>
    public StoredRollUps Export() => _inbox.Export();

    /// <summary>Takes what was stored, before anything arrives.</summary>
    /// <returns>False: some is not known to the catalogue, and what is stored has to be replaced.</returns>
    public bool Restore(StoredRollUps stored) => _inbox.Restore(stored);

    /// <inheritdoc cref="RollUpInbox.IsFinal"/>
    public bool IsFinal(int month, int changes) => _inbox.IsFinal(month, changes);

    /// <inheritdoc cref="RollUpInbox.HasReviewsSinceRelease"/>
    public bool HasReviewsSinceRelease(int month) => _inbox.HasReviewsSinceRelease(month);

    /// <inheritdoc cref="RollUpInbox.MarkReleased"/>
    public void MarkReleased(int month) => _inbox.MarkReleased(month);

    /// <summary>Asks all for everything: with another catalogue, units and indicators may be known that were not.</summary>
    public void AskAll() => _inbox.AskAll();

    /// <summary>Takes a message of another partition. One that is not from around this one is ignored.</summary>
    public void Take(RollUpBody body)
    {
        if (body.Position.Epoch > MaxEpoch || body.Taken?.Epoch > MaxEpoch
            || body.To != _scope.Own.Path || _scope.Neighbours.FirstOrDefault(each => each.Path == body.From) is not { } from)
        {
            return;
        }

        if (body.Taken is { } taken && taken.CompareTo(_outbox.LastTo(from)) > 0)
        {
            FormerEpoch = Math.Max(FormerEpoch ?? 0, taken.Epoch);
        }

        if (body.AsksForAll)
        {
            _toSendAll.Add(from);
        }

        if (body.ToMessage(from, _scope.Own) is { } message)
        {
            _inbox.Take(message, body.Includes);
        }
        else
        {
            _inbox.Hear(from, body.Position, body.Through, body.Includes, body.Months);
        }
    }

    /// <summary>
    /// The newest epoch from which others have a message that this cube never sent; null: there is none. The store was lost or is an older
    /// one, and what this cube sends counts as older than what they have, until its epoch is a greater one.
    /// </summary>
    public long? FormerEpoch { get; private set; }

    /// <summary>What has changed of what others sent, to be stored.</summary>
    public StoredRollUps TakeChanges() => _inbox.TakeChanges();

    /// <summary>Whether sums wait to be sent, or how far they go: others may publish once they know.</summary>
    public bool HasToSend => _cube.HasToSend || _toSendAll.Count > 0 || _outbox.HasNewMonths;

    /// <summary>The messages to send, once what the cube has is stored.</summary>
    /// <param name="through">The ledger row through which the cube is.</param>
    /// <param name="months">Its months, if the positions are told too, and what is missing is asked for; null: they are not.</param>
    public IReadOnlyList<RollUpBody> TakeOutgoing(long through, PartitionMonths? months)
    {
        var includes = _inbox.Through.ToDictionary(each => each.Key.Path, each => each.Value);
        var messages = _outbox.Take(through).ToList();
        _toSendAll.ExceptWith(messages.Where(message => message.IsComplete).Select(message => message.To));
        messages.AddRange(_toSendAll.Select(neighbour => _outbox.All(neighbour, through)));
        _toSendAll.Clear();
        return
        [
            .. messages.Select(message => RollUpBody.Of(message, includes)),
            .. months is null ? [] : _scope.Neighbours.Select(neighbour => Beat(neighbour, through, includes, months)),
        ];
    }

    private RollUpBody Beat(
        Partition neighbour, long through, IReadOnlyDictionary<string, long> includes, PartitionMonths months) => new()
        {
            From = _scope.Own.Path,
            To = neighbour.Path,
            Position = _outbox.LastTo(neighbour),
            Through = through,
            Includes = includes,
            Taken = _inbox.TakenOf(neighbour),
            AsksForAll = _inbox.Missing.Contains(neighbour),

            // What those around this one told of themselves: the one with the topmost unit is around all.
            Months = Senders.Where(sender => sender.From != neighbour.Path && sender.Closings?.ContainsKey(sender.From) == true)
            .ToDictionary(sender => sender.From, sender => sender.Closings![sender.From]).Append(new(_scope.Own.Path, months))
            .ToDictionary(each => each.Key, each => each.Value),
        };
}

/// <summary>What is known of other partitions: with their sums, of which empty ones are gone.</summary>
internal sealed record StoredRollUps(IReadOnlyList<RollUpSender> Senders, IReadOnlyList<(string From, NodeSums Sums)> Sums)
{
    public static StoredRollUps None { get; } = new([], []);

    public bool IsEmpty => Senders.Count == 0 && Sums.Count == 0;
}
