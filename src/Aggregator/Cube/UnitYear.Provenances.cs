using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The submissions that set the values of the year. A cell names its submission by its place in the list.</summary>
internal sealed partial class UnitYear
{
    private readonly List<Provenance> _provenances = [];

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
        var effective = _months.SelectMany(cells => cells ?? []).Where(cell => cell.ProvenanceIndex > 0)
            .Select(cell => cell.ProvenanceIndex).Distinct().Order().ToList();
        var kept = effective.Select(index => _provenances[index - 1]).ToList();
        for (var month = 1; month <= 12; month++)
        {
            if (_months[month - 1] is not { } shared)
            {
                continue;
            }

            var cells = OwnCells(month, shared.Length);
            for (var i = 0; i < cells.Length; i++)
            {
                if (cells[i].ProvenanceIndex > 0)
                {
                    cells[i].ProvenanceIndex = (ushort)(effective.BinarySearch(cells[i].ProvenanceIndex) + 1);
                }
            }
        }

        _provenances.Clear();
        _provenances.AddRange(kept);
    }
}
