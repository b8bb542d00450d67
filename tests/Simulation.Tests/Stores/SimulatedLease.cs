namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>
/// The lease of the cube as a server keeps it: a lock of a session. The server frees it when the holder dies, and also when it has lost the
/// holder, who does not notice.
/// </summary>
internal sealed class SimulatedLease
{
    private object? _holder;

    public bool IsFree => _holder is null;

    public bool IsHeldBy(object process) => _holder == process;

    public IDisposable? TryAcquire(object process)
    {
        if (_holder is not null && _holder != process)
        {
            return null;
        }

        _holder = process;
        return new Release(this, process);
    }

    public void Free(object process) => _holder = _holder == process ? null : _holder;

    private sealed class Release(SimulatedLease lease, object process) : IDisposable
    {
        public void Dispose() => lease.Free(process);
    }
}
