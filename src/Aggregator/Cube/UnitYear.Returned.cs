using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The rows of the year that are returned. Their figures are kept, since the order rule needs them and a later approval makes them count
/// again, but readers do not get them.
/// </summary>
internal sealed partial class UnitYear
{
    /// <summary>The returned rows; null: there are none. The set is never changed, so copies share it.</summary>
    public IReadOnlySet<long>? Returned { get; private set; }

    /// <summary>Sets which rows are returned.</summary>
    public void SetReturned(IReadOnlySet<long>? returned)
    {
        if (IsFrozen)
        {
            throw new InvalidOperationException("A year that readers hold is copied before it is changed.");
        }

        Returned = returned;
    }

    private bool IsReturned(in CompactCell cell) =>
        Returned is not null && Returned.Contains(_provenances[cell.ProvenanceIndex - 1].Sequence);

    private Figures CountedFigures(OverflowEntry entry) =>
        (Returned is null ? entry.Figures : entry.Figures.With(default, entry.Sources.FieldsOf(Returned)))
            .Effective(entry.Figures.Value is not null);
}
