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

    /// <summary>The processor time of a process, of those that it has started, and of those of them that have ended.</summary>
    public static TimeSpan ProcessorTimeOf(int process) => ReadStatus(process) is not { } status ? TimeSpan.Zero
        : status.Own + status.Ended + ChildrenOf(process).Aggregate(
            TimeSpan.Zero, (sum, child) => sum + (ReadStatus(child)?.Own ?? default));

    private static void Send(string signal, int[] processes) => PostgreSqlProgram.Run(PostgreSqlProgram.Prepare(
        "/bin/kill", ["-s", signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]));

    // From the third field of /proc/…/stat on, behind the name in brackets: times are in hundredths of a second.
    // Null: the process has ended.
    private static (string State, int Parent, TimeSpan Own, TimeSpan Ended)? ReadStatus(int process)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
            TimeSpan Time(int user) => TimeSpan.FromMilliseconds(10 * fields[user..(user + 2)].Sum(
                ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
            return (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture), Time(11), Time(13));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
