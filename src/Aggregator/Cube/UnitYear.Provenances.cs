using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The submissions that set the values of the year. A cell names its submission by its place in the list.</summary>
internal sealed partial class UnitYear
{
    private GrowingList<Provenance> _provenances;

    private ushort IndexOf(Provenance source)
    {
        // The values of a submission arrive in sequence, so the last source usually matches.
        for (var i = _provenances.Count - 1; i >= 0; i--)
        {
            if (_provenances[i].Sequence == source.Sequence)
            {
                return (ushort)(i + 1);
            }
        }

        if (_provenances.Count == ushort.MaxValue)
        {
            Compact();
        }

        _provenances.Add(source);
        return (ushort)_provenances.Count;
    }

    // After sixty-five thousand revisions of one unit's year, the sources without an effective value are dropped.
    private void Compact()
    {
        var used = new HashSet<ushort>();
        for (var month = 1; month <= 12; month++)
        {
            foreach (var cell in OwnCells(month, 0))
            {
                used.Add(cell.ProvenanceIndex);
            }
        }

        used.Remove(0);
        var effective = used.Order().ToList();
        var kept = default(GrowingList<Provenance>);
        effective.ForEach(index => kept.Add(_provenances[index - 1]));
        for (var month = 1; month <= 12; month++)
        {
            var cells = OwnCells(month, 0);
            for (var i = 0; i < cells.Length; i++)
            {
                if (cells[i].ProvenanceIndex > 0)
                {
                    cells[i].ProvenanceIndex = (ushort)(effective.BinarySearch(cells[i].ProvenanceIndex) + 1);
                }
            }
        }

        _provenances = kept;
    }
}
