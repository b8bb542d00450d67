using Microsoft.Data.Sqlite;

namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>
/// The positions of a cube as its database took them, one after the other. None is of a process that had lost the cube, none goes back, and
/// no two steps have the same revision: those who follow the cube would miss one of them.
/// </summary>
internal sealed class StoredPositions
{
    private const string OfEpoch = "UPDATE cube_state SET epoch";
    private const string OfStep = "UPDATE cube_state SET applied_through";
    private const string OfPublished = "UPDATE cube_state SET published_through";

    private readonly List<string> _faults = [];
    private (long AppliedThrough, long Revision) _step;
    private long _publishedThrough;
    private long _epoch;

    /// <summary>What should not have been stored.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Reads a statement that is about to run.</summary>
    /// <returns>What is to be called once it has changed the position and is committed; null: it concerns no position.</returns>
    public Action? Read(SqliteCommand command)
    {
        if (command.CommandText.StartsWith(OfStep, StringComparison.Ordinal))
        {
            var (through, revision, epoch) = (Number("AppliedThrough"), Number("Revision"), Number("Epoch"));
            return () => TakeStep(through, revision, epoch);
        }

        if (command.CommandText.StartsWith(OfPublished, StringComparison.Ordinal))
        {
            var (through, epoch) = (Number("PublishedThrough"), Number("Epoch"));
            return () => TakePublished(through, epoch);
        }

        return command.CommandText.StartsWith(OfEpoch, StringComparison.Ordinal) ? () => _epoch++ : null;

        long Number(string parameter) =>
            (long)command.Parameters.Cast<SqliteParameter>().First(each => each.ParameterName.TrimStart('@') == parameter).Value!;
    }

    private void TakeStep(long through, long revision, long epoch)
    {
        AskEpoch(epoch, "stored a step");
        if (through < _step.AppliedThrough || revision <= _step.Revision)
        {
            _faults.Add($"a step was stored at row {through} with revision {revision}, after one at row {_step.AppliedThrough} with "
                + $"revision {_step.Revision}");
        }

        _step = (through, revision);
    }

    private void TakePublished(long through, long epoch)
    {
        AskEpoch(epoch, "marked results as published");
        if (through < _publishedThrough)
        {
            _faults.Add($"results were marked as published through {through}, after {_publishedThrough}");
        }

        _publishedThrough = through;
    }

    private void AskEpoch(long epoch, string what)
    {
        if (epoch != _epoch)
        {
            _faults.Add($"a process of epoch {epoch} {what}, although it was {_epoch} by then");
        }
    }
}
