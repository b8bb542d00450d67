using Microsoft.Data.SqlClient;
using Testcontainers.MsSql;

namespace XilinIngest.TestEngines;

/// <summary>A SQL Server, or what speaks its protocol, where one is named or a container can be started.</summary>
internal static class TestSqlServer
{
    private const string Variable = "XILIN_TEST_SQLSERVER";
    private const string ImageVariable = "XILIN_TEST_SQLSERVER_IMAGE";

    private static readonly Lazy<(string? ConnectionString, string? Missing)> Found = new(Find);

    public static string? UnavailableReason => Found.Value.Missing;

    public static string ConnectionString(string database) =>
        new SqlConnectionStringBuilder(Found.Value.ConnectionString) { InitialCatalog = database }.ConnectionString;

    // A container only where its image is named: it takes 2 GB of memory, and an agreement to Microsoft's licence.
    private static (string? ConnectionString, string? Missing) Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return (named, null);
        }

        if (Environment.GetEnvironmentVariable(ImageVariable) is not { Length: > 0 } image)
        {
            return (null,
                $"No SQL Server: {Variable} names none (a connection string whose user may make databases), and {ImageVariable} no "
                + "image for Docker.");
        }

        var container = new MsSqlBuilder(image).Build();
        container.StartAsync().GetAwaiter().GetResult();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => container.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return (container.GetConnectionString(), null);
    }
}
