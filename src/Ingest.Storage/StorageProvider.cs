namespace XilinIngest.Storage;

/// <summary>The kind of database that holds the ledger and the cube: the values of <c>Storage__Provider</c>.</summary>
public enum StorageProvider
{
    /// <summary>A file beside the service, for a single machine.</summary>
    Sqlite,

    /// <summary>Microsoft SQL Server and servers with its protocol (Babelfish).</summary>
    SqlServer,

    /// <summary>PostgreSQL and servers with its protocol (KingbaseES, openGauss).</summary>
    PostgreSql,
}
