using CsCheck;
using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Tests.Histories;

/// <summary>How a history comes: in packs of any size, in any order, some of them again.</summary>
internal static class RandomDelivery
{
    /// <summary>Every submission at least once.</summary>
    public static List<AcceptedSubmission> Shuffled(IReadOnlyList<AcceptedSubmission> accepted, uint seed)
    {
        var pcg = new PCG(1, seed);
        var all = accepted.Concat(accepted.Where(_ => pcg.Next(4) == 0)).ToArray();
        Shuffle(all, pcg);
        return [.. all];
    }

    /// <summary>Packs that cover the ledger from 1 without a gap, cut anywhere, some delivered twice, then mixed.</summary>
    public static List<SubmissionsAccepted> Packs(IReadOnlyList<AcceptedSubmission> accepted, uint seed)
    {
        var pcg = new PCG(2, seed);
        var packs = new List<SubmissionsAccepted>();
        for (var from = 0; from < accepted.Count;)
        {
            var to = Math.Min(accepted.Count, from + 1 + (int)pcg.Next(40));
            packs.Add(new SubmissionsAccepted
            {
                FromSequence = from + 1,
                ToSequence = to,
                Submissions = [.. accepted.Skip(from).Take(to - from)]
            });
            from = to;
        }

        var all = packs.Concat(packs.Where(_ => pcg.Next(4) == 0)).ToArray();
        Shuffle(all, pcg);
        return [.. all];
    }

    private static void Shuffle<T>(T[] items, PCG pcg)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)pcg.Next((uint)i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
