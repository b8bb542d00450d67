namespace XilinIngest.Standalone.Tests.Crashes;

/// <summary>One service after another on the same folder.</summary>
/// <param name="arguments">The program's.</param>
/// <param name="under">A command that runs the program in its own place, such as <c>env name=value</c>.</param>
internal sealed class RestartingService(string[] arguments, params string[] under) : IDisposable
{
    private StandaloneProcess? _process;
    private Uri _address = new("http://127.0.0.1:9");

    /// <summary>Where the newest life answers; of no one while there is none.</summary>
    internal Uri Address => Volatile.Read(ref _address);

    /// <summary>Starts one and waits until it serves.</summary>
    internal Task StartAsync()
    {
        _process = new StandaloneProcess(under, arguments);
        return WaitUntilServingAsync();
    }

    /// <summary>Starts one and does not wait: it may be killed before it serves.</summary>
    internal Task StartWithoutWaitingAsync()
    {
        var process = _process = new StandaloneProcess(under, arguments);
        _ = Task.Run(async () =>
        {
            var address = await process.Serving;
            if (_process == process)
            {
                Volatile.Write(ref _address, address);
            }
        });
        return Task.CompletedTask;
    }

    internal async Task WaitUntilServingAsync() => Volatile.Write(ref _address, await _process!.ServingAsync());

    /// <summary>For a while it does nothing, and then goes on.</summary>
    internal async Task FreezeAsync(TimeSpan time)
    {
        _process!.Freeze();
        await Task.Delay(time);
        _process.Thaw();
    }

    internal void Kill()
    {
        _process!.Kill();
        _process.Dispose();
    }

    /// <summary>The last one stops in order.</summary>
    internal async Task StopAsync()
    {
        _process!.Terminate();
        Assert.Equal(0, await _process.ExitAsync(seconds: 15));
    }

    public void Dispose() => _process?.Dispose();
}
