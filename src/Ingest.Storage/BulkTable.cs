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

    Bytes,
}

/// <summary>What is done with rows.</summary>
public enum WriteMode
{
    /// <summary>They are new; one that is there already is a fault.</summary>
    Insert,

    /// <summary>One with the same key is written over.</summary>
    Upsert,

    /// <summary>Those with the same keys are taken away.</summary>
    Delete,
}

/// <summary>One column of rows to be written, and where its value comes from.</summary>
public sealed record BulkColumn<T>(string Name, ColumnType Type, Func<T, object?> Value);

/// <summary>A table as its statements see it, whatever its rows are made from.</summary>
public interface IBulkTable
{
    string Name { get; }

    /// <summary>Name and type, those of the key first.</summary>
    IReadOnlyList<(string Name, ColumnType Type)> Columns { get; }

    int KeyColumnCount { get; }

    /// <summary>Whether its rows hold whole documents, so that how they are sent counts.</summary>
    bool HasLargeDocuments { get; }
}

/// <summary>
/// A table into which rows are written in groups of hundreds, which is what intake and aggregator do all day: one statement prepared
/// once where a call costs nothing (SQLite), one round trip for the group where it does.
/// </summary>
/// <param name="name">The table.</param>
/// <param name="keys">How many of the columns, the first ones, are its key.</param>
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
        Dialect.Of(connection).Write(connection, transaction, this, writing, rows.Select(row => RowValues(used, row)));
    }

    private static object?[] RowValues(BulkColumn<T>[] used, T row)
    {
        var values = new object?[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            values[i] = used[i].Value(row);
        }

        return values;
    }
}
