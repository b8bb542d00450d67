using Microsoft.AspNetCore.Components.Server.Circuits;

namespace XilinIngest.Dashboard.Shell;

/// <summary>
/// The connection of a circuit to its browser. A circuit outlives a lost connection for some minutes, and a call of the browser fails then.
/// </summary>
internal sealed class BrowserConnection : CircuitHandler
{
    private TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes as soon as there is a connection; never, if the browser does not come back.</summary>
    public Task WaitAsync() => Volatile.Read(ref _connected).Task;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Volatile.Read(ref _connected).TrySetResult();
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _connected, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return Task.CompletedTask;
    }
}
