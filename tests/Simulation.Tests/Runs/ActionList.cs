namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>What could happen next. One is drawn.</summary>
internal sealed class ActionList
{
    private const int Scale = 100;

    private readonly List<(int Weight, Action Run)> _actions = [];
    private int _total;

    public int Count => _actions.Count;

    /// <param name="weight">How often it is drawn, beside the weights of the others.</param>
    /// <param name="run">What is done.</param>
    public void Add(int weight, Action run) => AddScaled(weight * Scale, run);

    /// <param name="share">0: never, 1: as often as an action of weight 1.</param>
    /// <param name="run">What is done.</param>
    public void AddFault(double share, Action run) => AddScaled((int)(share * Scale), run);

    public Action Draw(SeededRandom random)
    {
        var at = random.Below(_total);
        foreach (var (weight, run) in _actions)
        {
            if ((at -= weight) < 0)
            {
                return run;
            }
        }

        throw new InvalidOperationException("The weights are wrong.");
    }

    private void AddScaled(int weight, Action run)
    {
        _actions.Add((weight, run));
        _total += weight;
    }
}
