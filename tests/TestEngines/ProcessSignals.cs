using System.Diagnostics;
using System.Globalization;

namespace XilinIngest.TestEngines;

/// <summary>Stops processes, and lets them go on.</summary>
internal static class ProcessSignals
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    /// <summary>SIGSTOP; all have stopped when this returns.</summary>
    public static void Stop(int[] processes)
    {
        Send("STOP", processes);
        for (var since = Stopwatch.StartNew(); since.Elapsed < StopTimeout; Thread.Sleep(1))
        {
            if (processes.All(id => ReadStatus(id) is not { State: not ("T" or "Z") }))
            {
                return;
            }
        }
    }

    /// <summary>SIGCONT.</summary>
    public static void Continue(int[] processes) => Send("CONT", processes);

    /// <summary>The processes that a process has started.</summary>
    public static int[] ChildrenOf(int parent) =>
    [
        .. Directory.GetDirectories("/proc")
            .Select(folder => Path.GetFileName(folder)!).Where(name => name.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture)).Where(id => ReadStatus(id)?.Parent == parent),
    ];

    private static void Send(string signal, int[] processes) => PostgreSqlProgram.Run(PostgreSqlProgram.Prepare(
        "/bin/kill", ["-s", signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]));

    // The third and fourth field of /proc/…/stat, behind the name in brackets; null: the process has ended.
    private static (string State, int Parent)? ReadStatus(int process)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
            return (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
