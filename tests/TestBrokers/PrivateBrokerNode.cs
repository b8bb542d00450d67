using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace XilinIngest.TestBrokers;

/// <summary>
/// A node of the installed rabbitmq-server as a child of this process: own ports, own cookie, own name server, everything on
/// the loopback address, nothing outside its temporary folder.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateBrokerNode : TestBroker
{
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private const string Password = "admin";

    // As a configuration names the usual one; a private node takes a free port in its place.
    private const string Listener = "127.0.0.1:5672";
    internal const string Configuration = $"""
        listeners.tcp.1 = {Listener}
        default_user = admin
        default_pass = {Password}
        loopback_users = none
        disk_free_limit.absolute = 50MB

        """;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-broker-").FullName;
    private readonly int _port;
    private readonly Dictionary<string, string> _environment;
    private readonly Process? _portMapper;
    private Process? _node;

    internal PrivateBrokerNode(NodePorts place, string? configuration, string plugins)
    {
        _port = place.Port;
        var nameServer = place.PortMapperPort.ToString(CultureInfo.InvariantCulture);
        _environment = new()
        {
            ["HOME"] = _folder,
            ["RABBITMQ_NODENAME"] = place.Name,
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = _port.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_DIST_PORT"] = place.DistributionPort.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "plugins"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "none"),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = nameServer,

            // One scheduler that sleeps when there is nothing to do: the tests share a small machine.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none",

            // Else a script stays between this process and the node, and a kill hits the script.
            ["detached"] = "1",
        };
        var cookie = Path.Combine(_folder, ".erlang.cookie");
        using (var file = new StreamWriter(cookie,
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead }))
        {
            file.Write(place.Cookie);
        }

        File.WriteAllText(_environment["RABBITMQ_ENABLED_PLUGINS_FILE"], plugins);
        File.WriteAllText(_environment["RABBITMQ_CONFIG_FILE"],
            (configuration ?? Configuration).Replace(Listener, $"127.0.0.1:{_port}", StringComparison.Ordinal));
        Name = place.Name;
        _portMapper = place.StartsPortMapper ? Start("epmd", "-address", "127.0.0.1", "-port", nameServer) : null;
    }

    public static bool IsInstalled => File.Exists(Path.Combine(Programs, "rabbitmq-server"));

    /// <summary>What the node has used of the processors since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _node!.Refresh();
            return _node.TotalProcessorTime;
        }
    }

    /// <summary>As the broker calls it.</summary>
    public string Name { get; }

    public bool IsRunning => _node is { HasExited: false };

    public override Uri Address => new($"amqp://admin:{Password}@127.0.0.1:{_port}/");

    /// <param name="configuration">rabbitmq.conf, of which only the port is another; null: one with an administrator. With one of its own,
    /// <see cref="Address"/> names no user that there must be.</param>
    /// <param name="plugins">enabled_plugins.</param>
    public static async Task<PrivateBrokerNode> StartNodeAsync(string? configuration = null, string plugins = "[].")
    {
        var node = new PrivateBrokerNode(NodePorts.Allocate(1).Single(), configuration, plugins);
        try
        {
            await node.RestartAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public override async Task RestartAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new Queue<string?>();
        _node = Start(Path.Combine(Programs, "rabbitmq-server"));
        DataReceivedEventHandler read = (_, line) =>
        {
            lock (said)
            {
                said.Enqueue(line.Data);
                if (said.Count > 40)
                {
                    said.Dequeue();
                }
            }

            if (line.Data?.Contains("Server startup complete", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        _node.OutputDataReceived += read;
        _node.ErrorDataReceived += read;
        _node.BeginOutputReadLine();
        _node.BeginErrorReadLine();
        await Task.WhenAny(ready.Task, _node.WaitForExitAsync(), Task.Delay(StartTimeout));
        if (!ready.Task.IsCompleted)
        {
            lock (said)
            {
                throw new InvalidOperationException(
                    $"rabbitmq-server did not start within {StartTimeout.TotalSeconds} s. The end of what it "
                    + $"said:\n{string.Join('\n', said)}");
            }
        }
    }

    public override async Task ImportAsync(string definitions)
    {
        var file = Path.Combine(_folder, "definitions.json");
        await File.WriteAllTextAsync(file, definitions);
        await ControlAsync("import_definitions", file);
    }

    public override async Task<string> ExportAsync()
    {
        var file = Path.Combine(_folder, "exported.json");
        await ControlAsync("export_definitions", file);
        return await File.ReadAllTextAsync(file);
    }

    public override Task KillAsync()
    {
        _node!.Kill();
        return _node.WaitForExitAsync();
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _node, _portMapper }.OfType<Process>())
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public override async Task<string> ControlAsync(params string[] arguments)
    {
        using var control = Start(Path.Combine(Programs, "rabbitmqctl"), arguments);
        var (output, errors) = (control.StandardOutput.ReadToEndAsync(), control.StandardError.ReadToEndAsync());
        await control.WaitForExitAsync();
        if (control.ExitCode != 0)
        {
            throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {await output} {await errors}");
        }

        return await output;
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
