using System.Data.Common;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Storage;

/// <summary>
/// A statement with one text for all databases, and another text for a database that needs it. The text is complete; only parameters are
/// added.
/// </summary>
/// <param name="Portable">The text for SQLite and for every database without a text of its own.</param>
public sealed record SqlStatement(string Portable)
{
    /// <summary>The text for PostgreSQL; null: the portable one.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>The text for SQL Server; null: the portable one.</summary>
    public string? SqlServer { get; init; }

    /// <summary>The text for the database of a connection.</summary>
    public string For(DbConnection connection) => For(Dialect.Of(connection).Provider);

    public string For(StorageProvider provider) => provider switch
    {
        StorageProvider.PostgreSql => PostgreSql ?? Portable,
        StorageProvider.SqlServer => SqlServer ?? Portable,
        _ => Portable,
    };
}
