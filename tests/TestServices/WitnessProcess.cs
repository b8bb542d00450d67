using System.Net;
using System.Text.RegularExpressions;
using XilinIngest.InputOutput;
using XilinIngest.SignedNotes;

namespace XilinIngest.TestServices;

/// <summary><c>xilin witness</c> as a process of its own, with a folder that outlives it.</summary>
internal sealed partial class WitnessProcess : IDisposable
{
    private static readonly string Program = Path.Combine(
        [RepositoryFiles.Root, "src", "Ingest.Client",
            .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..], "xilin.dll"]);

    private readonly TestFolder _folder = new();
    private readonly HttpClient _client = new(new ConnectionFaultHandler()) { Timeout = TimeSpan.FromSeconds(20) };
    private readonly string _name;
    private ServiceProcess? _process;
    private int _port;

    /// <param name="name">The name of its key.</param>
    /// <param name="logs">The lines of the file with the logs' keys.</param>
    internal WitnessProcess(string name, string logs)
    {
        _name = name;
        File.WriteAllText(_folder.In("logs"), logs);
    }

    /// <summary>Its address, with a slash at the end.</summary>
    internal Uri Address { get; private set; } = null!;

    /// <summary>Its public key.</summary>
    internal NoteVerifier Key { get; private set; } = null!;

    /// <summary>The file with what it cosigned.</summary>
    internal string StateFile => Path.Combine(Data, "cosigned.json");

    internal string Data => _folder.In("witness");

    internal string Output => _process?.Output ?? "";

    /// <summary>Writes the file with the logs' keys anew: it is read at the next start.</summary>
    internal void SetLogs(string logs) => File.WriteAllText(_folder.In("logs"), logs);

    /// <summary>Starts it, at the address that it had before.</summary>
    internal async Task StartAsync()
    {
        _process?.Dispose();
        _process = Run();
        Address = await _process.ServingAsync();
        _port = Address.Port;
        Key = NoteVerifier.TryParse(KeyLine().Match(Output).Groups[1].Value, out var key)
            ? key : throw new InvalidOperationException(Output);
    }

    /// <summary>Starts it where it refuses to.</summary>
    /// <returns>What it said.</returns>
    internal async Task<(int ExitCode, string Said)> RefuseToStartAsync(string? name = null)
    {
        using var process = Run(name);
        var code = await process.ExitAsync();
        return (code, process.Output);
    }

    internal async Task<(HttpStatusCode Status, string Text, string? ContentType)> AskAsync(string body)
    {
        using var content = new StringContent(body);
        using var answer = await _client.PostAsync(new Uri(Address, WitnessRequest.Path), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType?.MediaType);
    }

    internal Task<string> GetAsync(string path) => _client.GetStringAsync(new Uri(Address, path));

    internal void Kill() => _process!.Kill();

    internal void Freeze() => _process!.Freeze();

    internal void Thaw() => _process!.Thaw();

    internal async Task<int> StopAsync()
    {
        _process!.Terminate();
        return await _process.ExitAsync();
    }

    public void Dispose()
    {
        _process?.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    private ServiceProcess Run(string? name = null) => new(
        Program,
        ["witness", "--data", Data, "--logs", _folder.In("logs"), "--name", name ?? _name, "--listen", $"127.0.0.1:{_port}",
            "--lang", "en"]);

    [GeneratedRegex("The key of this witness: (\\S+)")]
    private static partial Regex KeyLine();
}
