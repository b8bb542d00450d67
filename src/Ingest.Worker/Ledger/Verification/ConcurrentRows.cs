using System.Data.Common;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>
/// The accepted rows that came while the ledger was verified: what they changed stands, and is not held to the rows before them.
/// </summary>
internal sealed class ConcurrentRows
{
    private readonly HashSet<(string Unit, Period Period, long Sequence)> _rows = [];
    private readonly long _through;

    private ConcurrentRows(long through) => _through = through;

    /// <param name="through">The last row that is verified; what is read of one state has none after it.</param>
    /// <param name="connection">The ledger.</param>
    /// <param name="transaction">The reading of which this is a part.</param>
    public static ConcurrentRows After(long through, DbConnection connection, DbTransaction transaction)
    {
        var later = new ConcurrentRows(through);
        if (through < long.MaxValue)
        {
            foreach (var row in LedgerStore.ReadFrom(connection, through + 1, long.MaxValue, transaction))
            {
                if (row.Verdict == StoredVerdicts.Accepted && Period.TryParse(row.Period, out var period))
                {
                    later._rows.Add((row.Unit, period, row.Sequence));
                }
            }
        }

        return later;
    }

    /// <summary>Whether what stands is what the verified rows come to, but for what later rows changed.</summary>
    /// <param name="unit">Whose figures they are.</param>
    /// <param name="period">Of which month.</param>
    /// <param name="verified">What the verified rows come to; null: none of them is of this unit and month.</param>
    /// <param name="stands">What the ledger says that stands.</param>
    public bool Explains(string unit, Period period, EffectiveMonth? verified, EffectiveMonth stands)
    {
        // Where a later row has set any field of an indicator, the whole of it is left to the next verification.
        var changed = stands.Values.Where(value => SequencesAfter(value).Any()).ToDictionary(value => value.Indicator);
        return changed.Values.SelectMany(SequencesAfter).All(sequence => _rows.Contains((unit, period, sequence)))
            && (verified is not null || changed.Count > 0)
            && stands.Values.Where(value => !changed.ContainsKey(value.Indicator)).ToHashSet()
                .SetEquals((verified?.Values ?? []).Where(value => !changed.ContainsKey(value.Indicator)));
    }

    private IEnumerable<long> SequencesAfter(EffectiveValue value) =>
        value.Provenance.All.Select(set => set.Provenance.Sequence).Where(sequence => sequence > _through);
}
