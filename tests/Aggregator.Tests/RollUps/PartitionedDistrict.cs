using CsCheck;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Aggregator.Verification;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.RollUps;

/// <summary>
/// The cubes of a district in partitions, and the messages between them, which may come late, twice, in any order or never.
/// </summary>
internal sealed class PartitionedDistrict
{
    private readonly SubmissionHistory _history;
    private readonly PartitionMap _partitions;
    private readonly PCG _random;
    private readonly int _lossPercent;
    private readonly Dictionary<Partition, Member> _members = [];
    private readonly List<RollUpMessage> _onTheWay = [];
    private bool _wasRestarted;
    private int _allSent;

    /// <param name="history">What is accepted.</param>
    /// <param name="paths">The paths of the partitions.</param>
    /// <param name="lossPercent">How many of a hundred messages are lost; as many come twice.</param>
    /// <param name="seed">Decides what happens when.</param>
    public PartitionedDistrict(SubmissionHistory history, IReadOnlyList<string> paths, int lossPercent, uint seed)
    {
        (_history, _lossPercent, _random) = (history, lossPercent, new PCG(3, seed));
        _partitions = new PartitionMap(history.Catalogue.Units, [.. paths.Select(path => new Partition(path))]);
        foreach (var partition in _partitions.All)
        {
            _members[partition] = new Member(history.Catalogue, _partitions, partition);
        }

        SettleAll();
        _allSent = 0;
    }

    /// <summary>Applies a part of the history, each submission where its unit is at home; messages come meanwhile.</summary>
    public void Apply(IEnumerable<AcceptedSubmission> submissions)
    {
        foreach (var group in submissions.GroupBy(HomeOf))
        {
            var member = _members[group.Key];
            member.Accepted.AddRange(group);
            LeaveOutOrSumAhead(member);
            member.Teller.Apply(group);
            LeaveOutOrSumAhead(member);
            Publish(member);
            Send(member.Outbox.Take(member.Accepted.Count));
            Deliver((int)_random.Next(6));
            if (_lossPercent > 0 && _random.Next(8) == 0)
            {
                Hear(member);
            }
        }
    }

    /// <summary>
    /// A process ends, and another makes the cube of its partition again; in the midst of messages, or when there are none.
    /// </summary>
    public void RestartAny()
    {
        var member = _members[_partitions.All[(int)_random.Next((uint)_partitions.All.Count)]];
        _wasRestarted = true;
        var isStored = _random.Next(2) == 0;
        if (_random.Next(2) == 0)
        {
            member.Restart(isStored);
            Hear(member);
            return;
        }

        SettleAll();
        var published = PublishedCount;
        member.Restart(isStored);
        if (isStored)
        {
            // It publishes at once, and from what it knew.
            Assert.False(member.Inbox.IsWaiting);
            Publish(member);
        }

        SettleAll();
        Assert.Equal(published, PublishedCount);
    }

    // Nothing is lost any more, until no message is on its way and none is missing.
    private void Settle()
    {
        while (_onTheWay.Count > 0)
        {
            Deliver(_onTheWay.Count, lossPercent: 0);
            foreach (var member in _members.Values)
            {
                Send(member.Outbox.Take(member.Accepted.Count), lossPercent: 0);
            }

            if (_onTheWay.Count == 0)
            {
                HearAll();
            }
        }
    }

    /// <summary>Each result of the oracle is published once, by one partition, and nothing else is.</summary>
    public void AssertMatchesOracle()
    {
        SettleAll();
        if (_lossPercent == 0 && !_wasRestarted)
        {
            // What changed was enough.
            Assert.Equal(0, _allSent);
        }

        var accepted = _members.Values.SelectMany(member => member.Accepted).ToList();
        var truth = Oracle.Compute(_history.Catalogue, accepted, AggregatorFixture.Now);
        var tellers = _members.Values.Select(member => member.Teller).ToList();
        AggregatorFixture.AssertNoDifferences(PublishedResultsVerifier.Compare(tellers.SelectMany(teller => teller.Newest), truth));
        foreach (var teller in tellers)
        {
            VersionAssertions.AssertContiguous(
                [.. teller.Versions.Select(version => version.Publication.Id).Distinct()], teller.Versions);
        }

        var ids = tellers.SelectMany(teller => teller.Newest.Select(version => version.Id)).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    /// <summary>Of so many publications one is held against the oracle over the rows that the cube then has; 0: none is.</summary>
    public uint PublicationsPerCheck { get; init; }

    private void Publish(Member member)
    {
        member.Publish();
        if (PublicationsPerCheck == 0 || member.Inbox.IsWaiting || _random.Next(PublicationsPerCheck) > 0)
        {
            return;
        }

        // No other partition has units below its nodes but those around it.
        var (cube, through) = (member.Teller.Cube, member.Inbox.Through);
        var rows = through.SelectMany(each => _members[each.Key].Accepted.Take((int)each.Value)).Concat(member.Accepted);
        var truth = Oracle.Compute(_history.Catalogue, rows, AggregatorFixture.Now);
        var differences = truth.Totals.Where(total => cube.HasReportsOf(total.Key.Unit)).Select(total => (total.Key, True: total.Value,
            Found: cube.TotalOf(cube.Nodes.NodeOf(total.Key.Unit), total.Key.Indicator, total.Key.Period, AggregatorFixture.Now)));
        Assert.All(differences, each => Assert.Equal(each.True, each.Found));
    }

    private int PublishedCount => _members.Values.Sum(member => member.Teller.Versions.Count);

    private void SettleAll()
    {
        Settle();
        HearAll();
        Settle();
    }

    private Partition HomeOf(AcceptedSubmission submission) =>
        _partitions.HomeOf(_history.Catalogue.Units[new UnitCode(submission.Unit)]);

    private void Send(IEnumerable<RollUpMessage> messages, int? lossPercent = null)
    {
        foreach (var message in messages)
        {
            if (_random.Next(100) >= (lossPercent ?? _lossPercent))
            {
                _onTheWay.Add(message);
            }

            if (_random.Next(100) < (lossPercent ?? _lossPercent))
            {
                _onTheWay.Add(message);
            }
        }
    }

    // Whenever it happens, the results are the same.
    private void LeaveOutOrSumAhead(Member member)
    {
        switch (_random.Next(4))
        {
            case 0:
                member.Teller.Cube.LeaveOutAhead();
                break;
            case 1:
                member.Teller.Cube.SumAhead();
                break;
        }
    }

    // With a loss the order is any; without, that of the sender.
    private void Deliver(int count, int? lossPercent = null)
    {
        for (var i = 0; i < count && _onTheWay.Count > 0; i++)
        {
            var at = (lossPercent ?? _lossPercent) == 0 ? 0 : (int)_random.Next((uint)_onTheWay.Count);
            var message = _onTheWay[at];
            _onTheWay.RemoveAt(at);
            var member = _members[message.To];
            member.Inbox.Take(OverTheWire(message));
            Publish(member);
            Send(member.Outbox.Take(member.Accepted.Count), lossPercent);
        }
    }

    private static RollUpMessage OverTheWire(RollUpMessage message) =>
        RollUpBody.Read(RollUpBody.Of(message, new Dictionary<string, long>()).Serialize()).ToMessage(message.From, message.To)!;

    private void HearAll()
    {
        foreach (var member in _members.Values)
        {
            Hear(member);
        }
    }

    private void Hear(Member member)
    {
        foreach (var neighbour in member.Teller.Cube.Scope?.Neighbours ?? [])
        {
            var other = _members[neighbour];
            member.Inbox.Hear(neighbour, other.Outbox.LastTo(member.Own));
            if (member.Inbox.Missing.Contains(neighbour))
            {
                _allSent++;
                _onTheWay.Add(other.Outbox.All(member.Own, other.Accepted.Count));
            }
        }
    }

    /// <summary>One partition.</summary>
    private sealed class Member
    {
        private readonly Catalogue _catalogue;
        private int _epoch;

        public Member(Catalogue catalogue, PartitionMap partitions, Partition own)
        {
            (_catalogue, Own, Teller) = (catalogue, own, new AggregatorFixture(catalogue, (partitions, own)));
            Connect();
        }

        public Partition Own { get; }

        public AggregatorFixture Teller { get; }

        public RollUpOutbox Outbox { get; private set; } = null!;

        public RollUpInbox Inbox { get; private set; } = null!;

        public List<AcceptedSubmission> Accepted { get; } = [];

        public void Publish()
        {
            if (!Inbox.IsWaiting)
            {
                Teller.Publish();
            }
        }

        /// <param name="isStored">Whether what others sent is stored, or the database is a new one.</param>
        public void Restart(bool isStored)
        {
            var stored = isStored ? Inbox.Export() : StoredRollUps.None;
            Teller.Restart(Accepted);
            Connect();
            Inbox.Restore(stored);
        }

        private void Connect()
        {
            Inbox = new(Teller.Cube);
            Outbox = new(Teller.Cube, Inbox, ++_epoch);
        }
    }
}
