using System.Reflection;
using XilinIngest.Storage;
using Xunit.Sdk;

namespace XilinIngest.TestEngines;

/// <summary>
/// A test on one engine: a theory's first argument; what more is said follows it. Where there is no such engine here, it is skipped, and
/// the report says why.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class OnEngineAttribute : DataAttribute
{
    private readonly object[] _arguments;

    protected OnEngineAttribute(StorageProvider provider, object[] more)
    {
        _arguments = [provider, .. more];
        Skip = TestDatabases.UnavailableReason(provider);
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [_arguments];
}

public sealed class OnSqliteAttribute(params object[] more) : OnEngineAttribute(StorageProvider.Sqlite, more);

public sealed class OnPostgreSqlAttribute(params object[] more) : OnEngineAttribute(StorageProvider.PostgreSql, more);

public sealed class OnSqlServerAttribute(params object[] more) : OnEngineAttribute(StorageProvider.SqlServer, more);
