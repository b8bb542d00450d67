using System.Data.Common;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Storage;

/// <summary>
/// A statement: one text for all databases, and another for one that says it differently. Whole; nothing is put into it but parameters.
/// </summary>
/// <param name="Portable">What SQLite runs, and every database without a text of its own.</param>
public sealed record SqlStatement(string Portable)
{
    /// <summary>PostgreSQL's own; null: the portable one.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>SQL Server's own; null: the portable one.</summary>
    public string? SqlServer { get; init; }

    /// <summary>The text for the database that a connection is to.</summary>
    public string For(DbConnection connection) => For(Dialect.Of(connection).Provider);

    public string For(StorageProvider provider) => provider switch
    {
        StorageProvider.PostgreSql => PostgreSql ?? Portable,
        StorageProvider.SqlServer => SqlServer ?? Portable,
        _ => Portable,
    };
}
