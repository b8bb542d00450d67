using SQLitePCL;

namespace XilinIngest.Storage.Dialects;

/// <summary>
/// A prepared statement that writes rows. It is kept with its connection: preparing it and the objects of a data reader would cost more
/// than inserting a row.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="database">An open database.</param>
    /// <param name="text">The statement, with one parameter for each value of a row, in their order.</param>
    public SqliteStatement(sqlite3 database, string text)
    {
        _database = database;
        Microsoft.Data.Sqlite.SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v3(database, text, raw.SQLITE_PREPARE_PERSISTENT, out _statement), database);
    }

    /// <summary>Runs the statement for one row. The connection must hold the write lock: there is no wait for it.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="values">The row's values of the first columns.</param>
    public void Execute(IReadOnlyList<(string Name, ColumnType Type)> columns, ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            ThrowUnless(raw.SQLITE_OK, Bind(i + 1, columns[i].Type, values[i]));
        }

        var result = raw.sqlite3_step(_statement);

        // Resetting returns the error of the step once more.
        raw.sqlite3_reset(_statement);
        ThrowUnless(raw.SQLITE_DONE, result);
    }

    private int Bind(int index, ColumnType type, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, index),
        string text => raw.sqlite3_bind_text(_statement, index, text),
        long number => raw.sqlite3_bind_int64(_statement, index, number),
        int number => raw.sqlite3_bind_int64(_statement, index, number),
        byte[] utf8 when type == ColumnType.Utf8Text => raw.sqlite3_bind_text(_statement, index, utf8),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, index, bytes),
        _ => throw new ArgumentException($"A column of type {value.GetType().Name} cannot be stored.", nameof(value)),
    };

    private void ThrowUnless(int expected, int result)
    {
        if (result != expected)
        {
            Microsoft.Data.Sqlite.SqliteException.ThrowExceptionForRC(result, _database);
        }
    }

    public void Dispose() => _statement.Dispose();
}
