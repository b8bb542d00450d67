namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>
/// Continues what awaits a receipt at once and on the thread that completes it, where the product would leave that to another thread.
/// </summary>
internal sealed class InlineContext : SynchronizationContext
{
    private static readonly InlineContext Instance = new();

    /// <summary>Runs code whose continuations are to run inline.</summary>
    public static T Run<T>(Func<T> code) => RunWith(Instance, code);

    /// <summary>Runs code of others within: their continuations have no context.</summary>
    public static void Leave(Action code) => RunWith(null, () =>
    {
        code();
        return true;
    });

    public override void Post(SendOrPostCallback d, object? state) => RunWith(this, () =>
    {
        d(state);
        return true;
    });

    private static T RunWith<T>(SynchronizationContext? context, Func<T> code)
    {
        var before = Current;
        SetSynchronizationContext(context);
        try
        {
            return code();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
