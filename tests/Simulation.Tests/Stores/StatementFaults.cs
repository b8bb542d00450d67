using Microsoft.Data.Sqlite;
using XilinIngest.Simulation.Tests.Processes;
using XilinIngest.Simulation.Tests.Runs;

namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>What happens to a process at its statements.</summary>
internal sealed class StatementFaults(SimulatedRun run, SimulatedProcess process)
{
    private const int InputOutput = 10;
    private const int Full = 13;

    // There is one commit among many statements, and it matters most.
    private const int CommitWeight = 4;

    // A process that holds the write lock does not stand still: on one thread the others could never get it.
    private int _openWrites;

    public void BeginWrite() => _openWrites++;

    public void EndWrite() => _openWrites = Math.Max(0, _openWrites - 1);

    /// <exception cref="ProcessDiedException">The process is dead.</exception>
    public void Check()
    {
        if (process.IsDead)
        {
            throw new ProcessDiedException();
        }
    }

    /// <param name="isCommit">Whether it is a commit.</param>
    /// <param name="isDown">Whether its database fails.</param>
    public void BeforeStatement(bool isCommit, bool isDown)
    {
        Check();
        if (process.IsCutOffFromStore || isDown)
        {
            throw new SqliteException("disk I/O error", InputOutput, InputOutput);
        }

        Strike("before a statement", isCommit ? CommitWeight : 1, isCommit ? "commit fails" : "statement fails");
    }

    /// <summary>The commit took effect. Perhaps its answer is lost, or the process dies before it continues.</summary>
    public void AfterCommit() => Strike("after a commit", CommitWeight, "commit fails after it took effect");

    // The loader of a cube reads on a second thread: nothing is drawn there, so that the order of the draws is the seed's.
    private void Strike(string where, int weight, string failure)
    {
        if (!run.IsOnItsThread)
        {
            return;
        }

        if (run.Random.Chance(run.Faults.FreezesAtStatement) && _openWrites == 0)
        {
            run.StandStill(process);
            Check();
        }

        if (run.Random.Chance(run.Faults.DiesAtStatement * weight))
        {
            run.LogFault($"dies {where}", process.Name);
            run.End(process);
            throw new ProcessDiedException();
        }

        if (run.Random.Chance(run.Faults.StatementFails * weight))
        {
            run.LogFault(failure, process.Name);
            throw run.Random.Chance(0.5)
                ? new SqliteException("disk I/O error", InputOutput, InputOutput)
                : new SqliteException("database or disk is full", Full, Full);
        }
    }
}
