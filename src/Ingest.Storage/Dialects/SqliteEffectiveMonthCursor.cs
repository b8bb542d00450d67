using Microsoft.Data.Sqlite;
using SQLitePCL;
using XilinIngest.Indicators;

namespace XilinIngest.Storage.Dialects;

/// <summary>The rows of a file, where SQLite has them: the client's data reader would make a text and an array of each.</summary>
internal sealed class SqliteEffectiveMonthCursor : EffectiveMonthCursor
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteEffectiveMonthCursor(SqliteConnection connection, string text)
    {
        _database = connection.Handle!;

        // While another process has the file locked, the client repeats its own statements for so long. Here SQLite waits itself.
        _ = raw.sqlite3_busy_timeout(_database, connection.DefaultTimeout * 1000);
        try
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, text, out _statement), _database);
        }
        catch
        {
            ResetTimeout();
            throw;
        }
    }

    // The database is in UTF-8, so the text is read as its bytes.
    public override ReadOnlySpan<byte> Unit => raw.sqlite3_column_blob(_statement, 0);

    public override Period Period => Period.FromNumber(raw.sqlite3_column_int(_statement, 1));

    public override ReadOnlySpan<byte> Data => raw.sqlite3_column_blob(_statement, 2);

    public override bool MoveNext()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }

        return result == raw.SQLITE_ROW;
    }

    protected override void Dispose(bool disposing)
    {
        _statement.Dispose();
        ResetTimeout();
    }

    // The connection returns to its pool as it was.
    private void ResetTimeout() => _ = raw.sqlite3_busy_timeout(_database, 0);
}
