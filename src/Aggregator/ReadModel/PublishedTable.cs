using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>
/// The newest results by unit, month and indicator. A table never changes. The next one shares all months of units in which nothing
/// changed; a submission changes most indicators of few of them.
/// </summary>
internal sealed class PublishedTable<T>
    where T : class
{
    private readonly ImmutableDictionary<(string Unit, int Period), Dictionary<string, T>> _months;

    private PublishedTable(ImmutableDictionary<(string Unit, int Period), Dictionary<string, T>> months) => _months = months;

    public static PublishedTable<T> Empty { get; } = new(ImmutableDictionary<(string Unit, int Period), Dictionary<string, T>>.Empty);

    /// <summary>All results, in no order.</summary>
    public IEnumerable<KeyValuePair<FigureId, T>> All =>
        from month in _months
        from result in month.Value
        select KeyValuePair.Create(new FigureId(month.Key.Unit, result.Key, month.Key.Period), result.Value);

    /// <summary>Null: there is no such result.</summary>
    public T? Find(FigureId id) =>
        _months.TryGetValue((id.Unit, id.Period), out var month) ? month.GetValueOrDefault(id.Indicator) : null;

    /// <summary>The table with all results of some units replaced by those of another one, which has no other units.</summary>
    public PublishedTable<T> Replace(Func<string, bool> units, PublishedTable<T> by) =>
        new(_months.RemoveRange(_months.Keys.Where(month => units(month.Unit))).SetItems(by._months));

    /// <summary>The table with new or replaced results.</summary>
    public PublishedTable<T> With(IEnumerable<KeyValuePair<FigureId, T>> results)
    {
        Dictionary<(string Unit, int Period), Dictionary<string, T>> changed = [];
        foreach (var (id, result) in results)
        {
            ref var month = ref CollectionsMarshal.GetValueRefOrAddDefault(changed, (id.Unit, id.Period), out _);
            month ??= _months.TryGetValue((id.Unit, id.Period), out var before) ? new(before) : new(StringComparer.Ordinal);
            month[id.Indicator] = result;
        }

        return changed.Count == 0 ? this : new(_months.SetItems(changed));
    }
}
