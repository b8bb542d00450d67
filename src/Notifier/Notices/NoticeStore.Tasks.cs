using System.Data.Common;
using System.Globalization;
using Dapper;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Tasks;
using static XilinIngest.Notifier.Notices.TaskStatements;

namespace XilinIngest.Notifier.Notices;

/// <summary>The tasks of alerts in the notifier's database.</summary>
internal sealed partial class NoticeStore
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>The events of the newest tasks of a year, oldest first.</summary>
    public IReadOnlyList<TaskEvent> ReadTasks(int year, int limit) => Read(connection =>
        connection.Query<TaskRow>(TasksOfYear.For(connection), new { Year = year, Limit = limit })
            .Select(row => row.ToEvent()).ToList());

    /// <summary>The last event of the newest task of each alert.</summary>
    public Dictionary<AlertKey, TaskEvent> ReadCurrentTasks() => Read(connection =>
        connection.Query<TaskRow>(NewestTaskEvents.For(connection)).Select(row => row.ToEvent()).ToDictionary(last => last.Key));

    /// <summary>Decides a change by the task and the alert as they are, and adds its event, in one transaction.</summary>
    /// <param name="key">The alert.</param>
    /// <param name="change">What is asked.</param>
    /// <returns>The decision, and the events of the task after it.</returns>
    public (TaskDecision Decision, IReadOnlyList<TaskEvent> Task) ChangeTask(AlertKey key, TaskChange change) =>
        Write((connection, transaction) =>
        {
            var task = OpenTask(connection, transaction, key);
            var stands = connection.QuerySingleOrDefault<string>(ColourOf.For(connection), Parameters(key), transaction)
                is { } colour && ColourText.Parse(colour) != Indicators.Colour.Green;
            var decision = TaskDecision.Decide(task, stands, key, change);
            return decision.Event is { } added
                ? (decision, (IReadOnlyList<TaskEvent>)[.. task, Add(connection, transaction, added)]) : (decision, task);
        });

    // The task of an alert that is cleared is done. In the transaction that takes the event, so that a task is open or its alert is not.
    private static void FinishTask(DbConnection connection, DbTransaction transaction, AlertKey key, DateTimeOffset at)
    {
        if (OpenTask(connection, transaction, key) is [.., var last])
        {
            Add(connection, transaction, last with { Action = AlertTaskAction.Done, At = at, MadeBy = null });
        }
    }

    private static List<TaskEvent> OpenTask(DbConnection connection, DbTransaction transaction, AlertKey key)
    {
        var task = connection.Query<TaskRow>(LastTaskOf.For(connection), Parameters(key), transaction)
            .Select(row => row.ToEvent()).ToList();
        return task is [.., { Action: AlertTaskAction.Done }] ? [] : task;
    }

    private static TaskEvent Add(DbConnection connection, DbTransaction transaction, TaskEvent added)
    {
        var id = connection.QuerySingle<long>(LastTaskEvent.For(connection), transaction: transaction) + 1;
        var stored = added with { Id = id, Task = added.Task == 0 ? id : added.Task };
        connection.Execute(
            InsertTaskEvent.For(connection),
            new
            {
                stored.Id,
                stored.Task,
                stored.Key.Unit,
                stored.Key.Indicator,
                stored.Key.Year,
                Action = stored.Action.ToWireName(),
                At = NoticeTime.Text(stored.At),
                stored.MadeBy,
                stored.Assignee,
                stored.Note,
                Due = stored.Due?.ToString(DateFormat, CultureInfo.InvariantCulture),
            },
            transaction);
        return stored;
    }

    private static object Parameters(AlertKey key) => new { key.Unit, key.Indicator, key.Year };

    private sealed record TaskRow
    {
        public long Id { get; init; }
        public long Task { get; init; }
        public string Unit { get; init; } = "";
        public string Indicator { get; init; } = "";
        public long Year { get; init; }
        public string Action { get; init; } = "";
        public string At { get; init; } = "";
        public string? MadeBy { get; init; }
        public string? Assignee { get; init; }
        public string? Note { get; init; }
        public string? Due { get; init; }

        public TaskEvent ToEvent() => new()
        {
            Id = Id,
            Task = Task,
            Key = new AlertKey(Unit, Indicator, (int)Year),
            Action = WireNames.Parse<AlertTaskAction>(Action)
                ?? throw new InvalidDataException($"The notices' database has an action '{Action}' of a task."),
            At = NoticeTime.Parse(At),
            MadeBy = MadeBy,
            Assignee = Assignee,
            Note = Note,
            Due = Due is null ? null : DateOnly.ParseExact(Due, DateFormat, CultureInfo.InvariantCulture),
        };
    }
}
