using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace XilinIngest.TestEngines;

/// <summary>
/// A cluster of the installed PostgreSQL as a child of this process: a free port of the loopback address, nothing outside its temporary
/// folder.
/// </summary>
public sealed class PrivatePostgreSql : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-postgres-").FullName;
    private readonly int _port;
    private Process? _server;
    private bool _isFrozen;

    public PrivatePostgreSql()
    {
        // PostgreSQL does not run as root, and then not in a folder of root's.
        if (Environment.UserName == "root")
        {
            PostgreSqlProgram.Run(PostgreSqlProgram.Prepare("/bin/chown", "postgres", _folder));
        }

        PostgreSqlProgram.Run(PostgreSqlProgram.PrepareAsPostgres(
            "initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        Watch();

        // Just before it is used: in the seconds of initdb another test may take it.
        _port = FreePort();
        Start();
    }

    private string Data => Path.Combine(_folder, "data");

    /// <param name="database">The database; postgres: the one that every cluster has.</param>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Database = database,
        Username = "postgres",
        Timeout = 30,
        CommandTimeout = 30,
    }.ConnectionString;

    /// <summary>The processor time so far of the server and its processes, also of those that have ended.</summary>
    public TimeSpan ProcessorTime => ProcessSignals.ProcessorTimeOf(_server!.Id);

    /// <summary>Makes an empty database, and returns its connection string.</summary>
    public string NewDatabase(string name)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        command.ExecuteNonQuery();
        return ConnectionString(name);
    }

    public void Start()
    {
        _server = Process.Start(
            PostgreSqlProgram.PrepareAsPostgres("postgres", "-D", Data, "-h", "127.0.0.1", "-p",
                _port.ToString(CultureInfo.InvariantCulture), "-k", _folder, "-c", "max_connections=200"))!;
        _server.ErrorDataReceived += static (_, _) => { };
        _server.BeginErrorReadLine();
        for (var since = Stopwatch.StartNew(); ; Thread.Sleep(50))
        {
            try
            {
                using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                connection.Open();
                EnsureOwn(connection);
                return;
            }
            catch (NpgsqlException) when (since.Elapsed < StartTimeout && !_server.HasExited)
            {
                // Not yet.
            }
        }
    }

    // The port may have been taken by the cluster of another test process, which ends when it likes.
    private void EnsureOwn(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SHOW data_directory", connection);
        if (command.ExecuteScalar() is var folder && !Equals(folder, Data))
        {
            throw new InvalidOperationException($"Port {_port} belongs to the cluster in {folder}, and not to the one in {Data}.");
        }
    }

    /// <summary>SIGKILL to the server; its own processes notice and end.</summary>
    public void Kill()
    {
        // Frozen processes would not notice, and would keep the port.
        Thaw();
        _server!.Kill();
        _server.WaitForExit();

        // A backend that still writes would keep the next one from starting.
        for (var since = Stopwatch.StartNew(); since.Elapsed < StartTimeout && IsListening(); Thread.Sleep(20))
        {
        }
    }

    /// <summary>
    /// SIGSTOP to the server and every process of it: connections stay open and new ones are taken by the system, and nothing is answered.
    /// All have stopped when this returns.
    /// </summary>
    public void Freeze()
    {
        _isFrozen = true;

        // The server first: a connection that it took after its processes were listed would have a process that goes on answering.
        ProcessSignals.Stop([_server!.Id]);
        ProcessSignals.Stop([_server.Id, .. ProcessSignals.ChildrenOf(_server.Id)]);
    }

    /// <summary>SIGCONT.</summary>
    public void Thaw()
    {
        if (_isFrozen)
        {
            _isFrozen = false;
            ProcessSignals.Continue([_server!.Id, .. ProcessSignals.ChildrenOf(_server.Id)]);
        }
    }

    public void Dispose()
    {
        if (_server is null)
        {
            return;
        }

        if (!_server.HasExited)
        {
            Kill();
        }

        _server.Dispose();
        _server = null;
        Thread.Sleep(100);
        Directory.Delete(_folder, recursive: true);
    }

    // Test runners end processes without asking: a shell waits for the end of this one, then ends the server and takes its folder away.
    private void Watch() => Process.Start("/bin/sh",
    [
        "-c", "while kill -0 \"$1\" 2>/dev/null; do sleep 1; done; [ -f \"$2/data/postmaster.pid\" ] && kill -9 \"$(head -n 1 "
            + "\"$2/data/postmaster.pid\")\"; sleep 1; rm -rf \"$2\"",
        "watch", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), _folder,
    ]).Dispose();

    private bool IsListening()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
