using System.Reflection;
using XilinIngest.Storage;
using Xunit.Sdk;

namespace XilinIngest.Engines;

/// <summary>A test on one engine: a theory's first argument. Where there is no such engine here, it is skipped, and the report says why.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class OnEngineAttribute : DataAttribute
{
    private readonly StorageProvider _provider;

    protected OnEngineAttribute(StorageProvider provider)
    {
        _provider = provider;
        Skip = TestDatabases.Missing(provider);
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[_provider]];
}

public sealed class OnSqliteAttribute() : OnEngineAttribute(StorageProvider.Sqlite);

public sealed class OnPostgreSqlAttribute() : OnEngineAttribute(StorageProvider.PostgreSql);

public sealed class OnSqlServerAttribute() : OnEngineAttribute(StorageProvider.SqlServer);
