using System.Data.Common;
using System.Text;
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
public sealed record BulkColumn<T>(string Name, ColumnType Type, Func<T, object?> Value);

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

    public void Write(DbConnection connection, DbTransaction transaction, WriteMode writing, IEnumerable<T> rows)
    {
        var used = writing == WriteMode.Delete ? columns[..keys] : columns;
        var dialect = Dialect.Of(connection);
        dialect.Write(connection, transaction, this, writing, rows.Select(row => RowValues(used, row, dialect.StoresUtf8)));
    }

    private static object?[] RowValues(BulkColumn<T>[] used, T row, bool storesUtf8)
    {
        var values = new object?[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            var value = used[i].Value(row);
            values[i] = used[i].Type == ColumnType.Utf8Text && !storesUtf8 && value is byte[] utf8 ? Encoding.UTF8.GetString(utf8) : value;
        }

        return values;
    }
}
