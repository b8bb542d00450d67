using XilinIngest.Storage;

namespace XilinIngest.Notifier.Notices;

/// <summary>The SQL statements of the tasks of alerts.</summary>
internal static class TaskStatements
{
    private const string OfAlert =
        "unit = CAST(@Unit AS varchar(100)) AND indicator = CAST(@Indicator AS varchar(100)) AND year = @Year";
    private const string Columns = "id, task, unit, indicator, year, action, at, made_by AS MadeBy, assignee, note, due";
    private const string FirstOfYear = "id FROM task_event WHERE id = task AND year = @Year ORDER BY id DESC";

    internal static readonly SqlStatement
        LastTaskOf = new(
            $"SELECT {Columns} FROM task_event WHERE task = (SELECT MAX(task) FROM task_event WHERE {OfAlert}) ORDER BY id"),
        TasksOfYear = new($"SELECT {Columns} FROM task_event WHERE task IN (SELECT {FirstOfYear} LIMIT @Limit) ORDER BY id")
        {
            SqlServer = $"SELECT {Columns} FROM task_event WHERE task IN (SELECT TOP (@Limit) {FirstOfYear}) ORDER BY id",
        },
        NewestTaskEvents = new(
            $"SELECT {Columns} FROM task_event WHERE id IN (SELECT MAX(id) FROM task_event GROUP BY unit, indicator, year)"),
        LastTaskEvent = new("SELECT COALESCE(MAX(id), 0) FROM task_event"),
        ColourOf = new(
            $"SELECT colour FROM alert_event WHERE id = (SELECT MAX(id) FROM alert_event WHERE {OfAlert} AND is_late = 0)"),
        InsertTaskEvent = new(
            "INSERT INTO task_event (id, task, unit, indicator, year, action, at, made_by, assignee, note, due) "
            + "VALUES (@Id, @Task, @Unit, @Indicator, @Year, @Action, @At, @MadeBy, @Assignee, @Note, @Due)");
}
