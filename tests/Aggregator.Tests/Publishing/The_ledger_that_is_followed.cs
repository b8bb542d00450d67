using CsCheck;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>
/// Packs in any order and again, from a ledger that may have been replaced by an older one which went on with other rows.
/// </summary>
public sealed class The_ledger_that_is_followed
{
    private static readonly Gen<(int Through, int Kept, int More, int Seed)> Any =
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 60], Gen.Int[0, 90], Gen.Int[0, int.MaxValue]);

    [Fact]
    public void Is_never_taken_for_another_and_comes_whole() => Any.Sample((through, _, more, seed) =>
    {
        var rows = Rows("a", through + more);
        var reader = new AppliedRowReader(rows, through);
        reader.Run(Cut(rows, seed), seed);
        Assert.Equal(0, reader.Restarts);
        Assert.Equal(rows.Skip(through), reader.Applied.OrderBy(row => row.Sequence));
    });

    [Fact]
    public void Is_read_anew_where_it_is_another() => Any.Where(any => any.Kept < any.Through).Sample((through, kept, more, seed) =>
    {
        var before = Rows("a", through);
        List<Row> rows = [.. before.Take(kept), .. Rows("b", kept + more).Skip(kept)];
        var reader = new AppliedRowReader(rows, before[^1]);

        // Some packs of the lost rows are still on their way.
        reader.Run([.. Cut(rows, seed), .. Cut(before, seed + 1)], seed);
        Assert.True(reader.Restarts > 0);
        Assert.Equal(rows, reader.Applied.OrderBy(row => row.Sequence));
    });

    [Fact]
    public void Is_found_to_be_another_while_it_is_followed_by_its_rows_that_are_there_already() => Any.Where(any => any.Kept < any.Through)
    .Sample((through, kept, more, seed) =>
    {
        var before = Rows("a", through);
        var reader = new AppliedRowReader(before, before[^1]);
        reader.Run([], seed);
        Assert.Equal(0, reader.Restarts);

        // The service that reads goes on; the one that writes came back with an older file, and took one submission.
        List<Row> rows = [.. before.Take(kept), .. Rows("b", kept + 1 + more).Skip(kept)];
        reader.Ledger = rows;
        reader.Run([Pack(rows, kept + 1, kept + 1)], seed);
        Assert.True(reader.Restarts > 0);
        Assert.Equal(rows, reader.Applied.OrderBy(row => row.Sequence));
    });

    private static List<Row> Rows(string name, int count) => [.. Enumerable.Range(1, count).Select(i => new Row(i, $"{name}{i}"))];

    private static List<SubmissionsAccepted> Cut(List<Row> rows, int seed)
    {
        var random = new Random(seed);
        var packs = new List<SubmissionsAccepted>();
        for (var from = 1; from <= rows.Count;)
        {
            var to = Math.Min(rows.Count, from + random.Next(9));
            packs.Add(Pack(rows, from, to));
            from = to + 1;
        }

        // Rows that were submitted again, from workers of both kinds: those that say where the ledger ends, and those that do not.
        packs.AddRange(rows.Where(_ => random.Next(5) == 0).Select(row => random.Next(2) == 0
            ? Pack(rows, row.Sequence, row.Sequence) with { PreviousLeafHash = null }
            : Resent(rows, row.Sequence, random.Next((int)row.Sequence, rows.Count + 1))));
        var all = packs.ToArray();
        random.Shuffle(all);
        return [.. all];
    }

    private static SubmissionsAccepted Resent(List<Row> rows, long sequence, int newest) =>
        Pack(rows, sequence, sequence) with { NewestSequence = newest, NewestLeafHash = rows[newest - 1].Hash };

    private static SubmissionsAccepted Pack(List<Row> rows, long from, long to) => new()
    {
        FromSequence = from,
        ToSequence = to,
        PreviousLeafHash = from < 2 ? null : rows.ElementAtOrDefault((int)from - 2)?.Hash,
        LastLeafHash = from > to ? null : rows[(int)to - 1].Hash,
        Submissions = [],
    };

    private sealed record Row(long Sequence, string Hash);

    /// <summary>What the cube's host does with the answers, on rows alone.</summary>
    private sealed class AppliedRowReader
    {
        private LedgerFollower _followed;

        public AppliedRowReader(List<Row> ledger, int through)
            : this(ledger, ledger[through - 1])
        {
        }

        public AppliedRowReader(List<Row> ledger, Row last) => (Ledger, _followed) = (ledger, new LedgerFollower(last.Sequence, last.Hash));

        public List<Row> Ledger { get; set; }

        public int Restarts { get; private set; }

        /// <summary>Since the last restart.</summary>
        public HashSet<Row> Applied { get; private set; } = [];

        private List<SubmissionsAccepted> Came { get; set; } = [];

        public void Run(IReadOnlyList<SubmissionsAccepted> packs, int seed)
        {
            var random = new Random(seed);
            Came = [.. packs];
            for (var rounds = 0; rounds < 10_000; rounds++)
            {
                foreach (var pack in Came.OrderBy(pack => pack.FromSequence).ToList())
                {
                    Take(pack);
                }

                Came = [];
                if (_followed.MissingRows is not { } missing)
                {
                    return;
                }

                Came = Answer(missing.From, missing.To, random);
            }

            Assert.Fail("It asks without end.");
        }

        private void Take(SubmissionsAccepted pack)
        {
            switch (_followed.Decide(pack))
            {
                case PackDecision.Apply:
                    var from = Source(pack);
                    Applied.UnionWith(from);
                    break;
                case PackDecision.ForeignLedger:
                    (Restarts, Applied, _followed) = (Restarts + 1, [], new LedgerFollower(0, null, toTheEnd: true));
                    break;
            }
        }

        // Only the last row of a pack carries its name: the others are those before it with the same beginning.
        private IEnumerable<Row> Source(SubmissionsAccepted pack)
        {
            var name = pack.LastLeafHash![..1];
            return Enumerable.Range((int)pack.FromSequence, (int)(pack.ToSequence - pack.FromSequence + 1))
                .Select(i => name == "b" && i <= Ledger.Count && Ledger[i - 1].Hash[..1] == "a" ? Ledger[i - 1] : new Row(i, $"{name}{i}"));
        }

        // As the worker answers; what is long comes in parts.
        private List<SubmissionsAccepted> Answer(long from, long? to, Random random)
        {
            var packs = new List<SubmissionsAccepted>();
            var next = from;
            while (next <= Math.Min(to ?? long.MaxValue, Ledger.Count))
            {
                var end = Math.Min(Math.Min(to ?? long.MaxValue, Ledger.Count), next + random.Next(20));
                packs.Add(Pack(Ledger, next, end));
                next = end + 1;
            }

            if (to is null)
            {
                packs.Add(Pack(Ledger, Math.Max(from, Ledger.Count + 1), Ledger.Count));
            }

            return packs;
        }
    }
}
