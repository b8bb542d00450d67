namespace XilinIngest.Storage;

/// <summary>What keeps the ledger and the cube: the values of <c>Storage__Provider</c>.</summary>
public enum StorageProvider
{
    /// <summary>A file beside the service, for one machine.</summary>
    Sqlite,

    /// <summary>Microsoft SQL Server, and what speaks its protocol (Babelfish).</summary>
    SqlServer,

    /// <summary>PostgreSQL, and what speaks its protocol (KingbaseES, openGauss).</summary>
    PostgreSql,
}
