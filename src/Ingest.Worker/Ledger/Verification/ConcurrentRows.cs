using System.Data.Common;
using XilinIngest.Indicators;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>
/// The accepted rows that were committed during the verification. The effective values that they changed are not compared with the verified
/// rows.
/// </summary>
internal sealed class ConcurrentRows
{
    private readonly HashSet<(string Unit, Period Period, long Sequence)> _rows = [];
    private readonly long _through;

    private ConcurrentRows(long through) => _through = through;

    /// <param name="through">The last verified row. A reading with snapshot has no later rows.</param>
    /// <param name="connection">The ledger.</param>
    /// <param name="transaction">The transaction of the verification.</param>
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

    /// <summary>Whether the effective month follows from the verified rows, except for the values that later rows changed.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="period">The month.</param>
    /// <param name="verified">The effective month that the verified rows produce; null: they have no row of this unit and month.</param>
    /// <param name="stands">The effective month in the ledger.</param>
    public bool Explains(string unit, Period period, EffectiveMonth? verified, EffectiveMonth stands)
    {
        // If a later row has set a field of an indicator, the next verification checks the whole indicator.
        var changed = stands.Values.Where(value => SequencesAfter(value).Any()).ToDictionary(value => value.Indicator);
        return changed.Values.SelectMany(SequencesAfter).All(sequence => _rows.Contains((unit, period, sequence)))
            && (verified is not null || changed.Count > 0)
            && stands.Values.Where(value => !changed.ContainsKey(value.Indicator)).ToHashSet()
                .SetEquals((verified?.Values ?? []).Where(value => !changed.ContainsKey(value.Indicator)));
    }

    private IEnumerable<long> SequencesAfter(EffectiveValue value) =>
        value.Provenance.All.Select(set => set.Provenance.Sequence).Where(sequence => sequence > _through);
}
