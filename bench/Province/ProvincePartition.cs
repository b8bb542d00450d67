using System.Diagnostics;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Bench.Province;

/// <summary>The cube of one partition with its messages and its published results, without broker and database.</summary>
internal sealed class ProvincePartition
{
    private readonly PublishedResults _published = new([], 0);
    private readonly RollUpInbox _inbox;
    private readonly RollUpOutbox _outbox;
    private readonly Unit[] _enterprises;
    private long _sequence;

    public ProvincePartition(Catalogue province, Partition own)
    {
        Own = own;
        Cube = new IndicatorCube(province, partition: (province.Partitions, own));
        _inbox = new RollUpInbox(Cube);
        _outbox = new RollUpOutbox(Cube, _inbox, epoch: 1);
        _enterprises =
            [.. province.Units.All.Where(unit => unit.Kind == UnitKind.Enterprise && province.Partitions.HomeOf(unit) == own)];
    }

    public Partition Own { get; }

    public IndicatorCube Cube { get; }

    /// <summary>How long its steps have taken.</summary>
    public Stopwatch Time { get; } = new();

    /// <summary>The results that were published.</summary>
    public long Published { get; private set; }

    public int EnterpriseCount => _enterprises.Length;

    /// <summary>All that the partitions around it need, as at a start.</summary>
    public IEnumerable<RollUpMessage> All() => Cube.Scope!.Neighbours.Select(neighbour => _outbox.All(neighbour, _sequence));

    public void Take(IEnumerable<RollUpMessage> messages)
    {
        Time.Start();
        foreach (var message in messages)
        {
            _inbox.Take(message);
        }

        Time.Stop();
    }

    /// <summary>Applies a part of a month's submissions, and publishes what they and the messages before changed.</summary>
    /// <returns>The messages to other partitions.</returns>
    public List<RollUpMessage> Step(Period month, int from, int count)
    {
        var submissions = _enterprises.Skip(from).Take(count).Select(unit => Submission(unit, month)).ToList();
        Time.Start();
        submissions.ForEach(Cube.Apply);
        if (!_inbox.IsWaiting)
        {
            var results = new ResultBuilder(Cube, _published, DateTimeOffset.UnixEpoch.AddYears(53)).Build(Cube.TakeChanges());
            _published.TakeNew();
            Published += results.Messages.Count;
        }

        List<RollUpMessage> messages = [.. _outbox.Take(_sequence)];
        Time.Stop();
        return messages;
    }

    private AcceptedSubmission Submission(Unit unit, Period month) => new()
    {
        Sequence = ++_sequence,
        SubmissionId = new Guid((int)_sequence, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0),
        Unit = unit.Code.Value,
        Period = month.ToString(),
        Revision = 1,
        SubmittedAt = DateTimeOffset.UnixEpoch.AddYears(52),
        Values =
        [
            .. Enumerable.Range(0, BenchData.IndicatorCount).Select(i => new AcceptedValue
            {
                Indicator = BenchData.Indicator(i),
                Value = (10_000 + (unit.Index * 7919L + i * 104_729L + month.Number * 31L) % 90_000) / 100m,
            }),
        ],
    };
}
