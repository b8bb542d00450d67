using System.Data;
using Microsoft.Data.Sqlite;
using XilinIngest.Simulation.Tests.Runs;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>
/// A connection at whose statements the process may fail, stand still or die. Rows that are written by a prepared statement of
/// SQLite pass it by: what they change takes effect with a commit, which does not.
/// </summary>
internal sealed class SimulatedConnection(
    string connectionString, StatementFaults faults, FaultByHand byHand, Func<bool> isDown, StoredPositions positions)
    : SqliteDialect.StrictConnection(connectionString)
{
    private const string ReadsPosition = "SELECT applied_through";
    private const string SetsPosition = "UPDATE cube_state SET applied_through";

    // The commit took effect, and the process was told that it failed: there is nothing to roll back.
    private bool _hasCommittedUnnoticed;
    private (string Text, List<(string Name, object? Value)> Parameters)? _position;
    private Action? _uncommitted;

    public override SqliteCommand CreateCommand() => new SimulatedCommand(this) { Connection = this, Transaction = Transaction };

    public override void Open()
    {
        faults.Check();
        base.Open();
    }

    private SqliteDataReader Execute(SimulatedCommand command)
    {
        var text = command.CommandText;
        if (text.StartsWith("ROLLBACK", StringComparison.Ordinal))
        {
            return Rollback(command);
        }

        var isCommit = text.StartsWith("COMMIT", StringComparison.Ordinal);
        faults.BeforeStatement(isCommit, isDown());
        _hasCommittedUnnoticed = false;
        if (byHand is FaultByHand.WriteWithoutLease or FaultByHand.WriteWithoutEpoch)
        {
            command.CommandText = text.Replace(" AND epoch = @Epoch", " AND epoch >= @Epoch", StringComparison.Ordinal);
            if (byHand == FaultByHand.WriteWithoutLease && text.StartsWith(ReadsPosition, StringComparison.Ordinal))
            {
                // Whoever asks is told that it holds the lease.
                command.CommandText = text.Replace(", epoch", ", 1 AS epoch", StringComparison.Ordinal);
            }
        }
        else if (byHand == FaultByHand.PositionBeforeResults && text.StartsWith(SetsPosition, StringComparison.Ordinal))
        {
            // The parameters are cleared when the statement has run.
            _position = (text, [.. command.Parameters.Cast<SqliteParameter>().Select(each => (each.ParameterName, each.Value))]);
        }

        var stored = positions.Read(command);
        var result = command.ExecuteAsIs();
        if (stored is not null && result.RecordsAffected > 0)
        {
            _uncommitted = stored;
        }

        if (text.StartsWith("BEGIN IMMEDIATE", StringComparison.Ordinal))
        {
            faults.BeginWrite();
        }
        else if (isCommit)
        {
            _position = null;
            faults.EndWrite();
            TakePosition();
            _hasCommittedUnnoticed = true;
            faults.AfterCommit();
            _hasCommittedUnnoticed = false;
        }

        if (command.Transaction is null)
        {
            TakePosition();
        }

        return result;
    }

    private void TakePosition()
    {
        _uncommitted?.Invoke();
        _uncommitted = null;
    }

    private SqliteDataReader Rollback(SimulatedCommand command)
    {
        faults.EndWrite();
        _uncommitted = null;
        if (_hasCommittedUnnoticed)
        {
            command.CommandText = "SELECT 1";
        }

        var result = command.ExecuteAsIs();
        if (_position is { } position)
        {
            // The fault put in by hand: the position was committed before the rest.
            _position = null;
            using var alone = new SqliteCommand(position.Text, this, Transaction);
            foreach (var (name, value) in position.Parameters)
            {
                alone.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }

            alone.ExecuteNonQuery();
        }

        return result;
    }

    private sealed class SimulatedCommand(SimulatedConnection connection) : SqliteCommand
    {
        private CommandBehavior _behavior;

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            _behavior = behavior;
            return connection.Execute(this);
        }

        public SqliteDataReader ExecuteAsIs() => base.ExecuteReader(_behavior);
    }
}
