using XilinIngest.Indicators;

namespace XilinIngest.Worker.Ledger;

/// <summary>Effective months that one batch after another decodes into. For one thread.</summary>
internal sealed class EffectiveMonthPool
{
    // The months of a large batch. A month of twenty values takes two kilobytes.
    private const int MaxKept = 500;

    // A month that had more values is left to the garbage collector.
    private const int MaxValues = 200;

    private readonly Stack<EffectiveMonth> _free = [];

    /// <summary>A month without values.</summary>
    public EffectiveMonth Rent() => _free.TryPop(out var month) ? month : new EffectiveMonth();

    /// <summary>Takes back a month that nothing refers to any more.</summary>
    public void Return(EffectiveMonth month)
    {
        if (_free.Count < MaxKept && month.Values.Count <= MaxValues)
        {
            month.Clear();
            _free.Push(month);
        }
    }
}
