using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace XilinIngest.Storage.Dialects;

/// <summary>
/// A read-only connection for a server that has no such mode. Every command that does not begin with SELECT or WITH is refused before it is
/// sent.
/// </summary>
/// <param name="inner">The open connection; disposed with this one.</param>
internal sealed class ReadOnlyConnection(DbConnection inner) : DbConnection
{
    public DbConnection Inner => inner;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open() => inner.Open();

    public override void Close() => inner.Close();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new ReadOnlyCommand(inner.CreateCommand());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>A command of a <see cref="ReadOnlyConnection"/>.</summary>
/// <param name="inner">The command of the connection below.</param>
internal sealed class ReadOnlyCommand(DbCommand inner) : DbCommand
{
    [AllowNull]
    public override string CommandText
    {
        get => inner.CommandText;
        set => inner.CommandText = value;
    }

    public override int CommandTimeout
    {
        get => inner.CommandTimeout;
        set => inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => inner.CommandType;
        set => inner.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource
    {
        get => inner.UpdatedRowSource;
        set => inner.UpdatedRowSource = value;
    }

    protected override DbConnection? DbConnection
    {
        get => inner.Connection;
        set => inner.Connection = value is ReadOnlyConnection wrapped ? wrapped.Inner : value;
    }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => inner.Transaction;
        set => inner.Transaction = value;
    }

    public override void Cancel() => inner.Cancel();

    public override int ExecuteNonQuery() => throw WriteRejected();

    public override object? ExecuteScalar() => IsQuery ? inner.ExecuteScalar() : throw WriteRejected();

    public override void Prepare() => inner.Prepare();

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        IsQuery ? inner.ExecuteReader(behavior) : throw WriteRejected();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool IsQuery
    {
        get
        {
            var text = inner.CommandText.AsSpan().TrimStart();
            return inner.CommandType == CommandType.Text
                && (text.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase)
                    || text.StartsWith("WITH", StringComparison.OrdinalIgnoreCase));
        }
    }

    private InvalidOperationException WriteRejected() => new($"This connection only reads, and was given: {inner.CommandText}");
}
