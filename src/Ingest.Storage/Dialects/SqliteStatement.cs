using System.Buffers;
using System.Text;
using SQLitePCL;

namespace XilinIngest.Storage.Dialects;

/// <summary>
/// A prepared statement that writes rows. It is kept with its connection: preparing it and the objects of a data reader would cost more
/// than inserting a row.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int IdLength = 36;
    private const int MaxStackBytes = 256;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    // The texts that the parameters hold.
    private readonly string?[] _texts;

    /// <param name="database">An open database.</param>
    /// <param name="text">The statement, with one parameter for each value of a row, in their order.</param>
    public SqliteStatement(sqlite3 database, string text)
    {
        _database = database;
        Microsoft.Data.Sqlite.SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v3(database, text, raw.SQLITE_PREPARE_PERSISTENT, out _statement), database);
        _texts = new string?[raw.sqlite3_bind_parameter_count(_statement)];
    }

    /// <summary>Runs the statement for one row. The connection must hold the write lock: there is no wait for it.</summary>
    /// <param name="columns">The columns, one for each parameter.</param>
    /// <param name="row">The row.</param>
    public void Execute<T>(ReadOnlySpan<BulkColumn<T>> columns, T row)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            ThrowUnless(raw.SQLITE_OK, Bind(i, columns[i].Type, columns[i].Value(row)));
        }

        var result = raw.sqlite3_step(_statement);

        // Resetting returns the error of the step once more.
        raw.sqlite3_reset(_statement);
        ThrowUnless(raw.SQLITE_DONE, result);
    }

    private int Bind(int column, ColumnType type, in ColumnValue value)
    {
        var index = column + 1;
        if (value.Form == ColumnValue.ValueForm.Text)
        {
            return BindText(column, value.Text);
        }

        _texts[column] = null;
        switch (value.Form)
        {
            case ColumnValue.ValueForm.Number:
                return raw.sqlite3_bind_int64(_statement, index, value.Number);
            case ColumnValue.ValueForm.Id:
                Span<byte> id = stackalloc byte[IdLength];
                value.Id.TryFormat(id, out _, "D");
                return raw.sqlite3_bind_text(_statement, index, id);
            case ColumnValue.ValueForm.Bytes when type == ColumnType.Utf8Text:
                return BindUtf8(index, value.Memory.Span);
            case ColumnValue.ValueForm.Bytes:
                return raw.sqlite3_bind_blob(_statement, index, value.Memory.Span);
            default:
                return raw.sqlite3_bind_null(_statement, index);
        }
    }

    // A parameter keeps its value from row to row, and the rows of a batch have many texts in common.
    private int BindText(int column, string text)
    {
        if (ReferenceEquals(_texts[column], text))
        {
            return raw.SQLITE_OK;
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        Span<byte> buffer = most <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : (rented = ArrayPool<byte>.Shared.Rent(most));
        var result = BindUtf8(column + 1, buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        _texts[column] = result == raw.SQLITE_OK ? text : null;
        return result;
    }

    // SQLite takes an empty span for NULL.
    private int BindUtf8(int index, ReadOnlySpan<byte> text) =>
        text.IsEmpty ? raw.sqlite3_bind_text(_statement, index, "") : raw.sqlite3_bind_text(_statement, index, text);

    private void ThrowUnless(int expected, int result)
    {
        if (result != expected)
        {
            Microsoft.Data.Sqlite.SqliteException.ThrowExceptionForRC(result, _database);
        }
    }

    public void Dispose() => _statement.Dispose();
}
