using System.Data.Common;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Storage;

public enum ColumnType
{
    /// <summary>A whole number of 64 bits.</summary>
    Number,

    /// <summary>A code, a name or a time: at most 100 ASCII characters.</summary>
    Code,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>Any text, given as UTF-8: a file database stores it as it is.</summary>
    Utf8Text,

    Bytes,
}

/// <summary>How rows are written.</summary>
public enum WriteMode
{
    /// <summary>Inserts new rows; an existing key is a fault.</summary>
    Insert,

    /// <summary>Inserts rows, or replaces those with the same key.</summary>
    Upsert,

    /// <summary>Deletes the rows with the same keys.</summary>
    Delete,
}

/// <summary>A column, and the source of its value.</summary>
public sealed record BulkColumn<T>(string Name, ColumnType Type, Func<T, ColumnValue> Value);

/// <summary>A table without the type of its rows, for the statements.</summary>
public interface IBulkTable
{
    string Name { get; }

    /// <summary>The columns by name and type; the key comes first.</summary>
    IReadOnlyList<(string Name, ColumnType Type)> Columns { get; }

    int KeyColumnCount { get; }

    /// <summary>Whether the rows hold large documents, which affects how they are sent.</summary>
    bool HasLargeDocuments { get; }
}

/// <summary>
/// A table whose rows are written in batches of hundreds. A file database uses one prepared statement for each row, because a call is cheap
/// there. A server database uses one round trip for the batch.
/// </summary>
/// <param name="name">The table.</param>
/// <param name="keys">The number of key columns, which are the first ones.</param>
/// <param name="columns">Its columns.</param>
public sealed class BulkTable<T>(string name, int keys, params BulkColumn<T>[] columns) : IBulkTable
{
    public string Name => name;

    public int KeyColumnCount => keys;

    public bool HasLargeDocuments { get; init; }

    public IReadOnlyList<(string Name, ColumnType Type)> Columns { get; } = [.. columns.Select(column => (column.Name, column.Type))];

    /// <summary>The columns that a write uses: all, or the key.</summary>
    internal ReadOnlySpan<BulkColumn<T>> ColumnsOf(WriteMode writing) => writing == WriteMode.Delete ? columns.AsSpan(0, keys) : columns;

    public void Write(DbConnection connection, DbTransaction transaction, WriteMode writing, IEnumerable<T> rows) =>
        Dialect.Of(connection).Write(connection, transaction, this, writing, rows);

    /// <summary>The rows as arrays of objects, for the clients of servers.</summary>
    internal IEnumerable<object?[]> ToObjects(WriteMode writing, IEnumerable<T> rows)
    {
        foreach (var row in rows)
        {
            var used = ColumnsOf(writing);
            var values = new object?[used.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = used[i].Value(row).ToObject(used[i].Type);
            }

            yield return values;
        }
    }
}
