using System.Data.Common;
using Dapper;
using XilinIngest.Storage.Dialects;
using XilinIngest.TestEngines;

namespace XilinIngest.Storage.Tests;

public sealed class A_database_that_is_only_read : IDisposable
{
    private static readonly string[] Writes =
        ["INSERT INTO one (id) VALUES (2)", "UPDATE one SET id = 3", "DELETE FROM one", "CREATE TABLE another (id bigint)",
            "DROP TABLE one"];
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-readonly-").FullName;

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Gives_its_rows_and_takes_no_change(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "one");
        using (var connection = database.Open())
        {
            connection.Execute("CREATE TABLE one (id bigint)");
            connection.Execute("INSERT INTO one (id) VALUES (1)");
        }

        using var reading = database.AsReadOnly().Open();
        Check(reading, typeof(DbException), typeof(InvalidOperationException));
    }

    /// <summary>What stands before SQL Server's client, before a client that can be had here.</summary>
    [Theory, OnPostgreSql]
    public void Refuses_before_the_server_sees_it_where_a_server_has_no_such_mode(StorageProvider engine)
    {
        using var inner = TestDatabases.NewDatabase(engine, _folder, "inner").Open();
        inner.Execute("CREATE TABLE one (id bigint)");
        inner.Execute("INSERT INTO one (id) VALUES (1)");
        using var reading = new ReadOnlyConnection(inner);

        Check(reading, typeof(InvalidOperationException));
        Assert.Throws<InvalidOperationException>(() => reading.ExecuteScalar("DELETE FROM one"));
        Assert.Throws<InvalidOperationException>(() => reading.Query("DELETE FROM one RETURNING id").AsList());
    }

    private static void Check(DbConnection reading, params Type[] refusals)
    {
        foreach (var write in Writes)
        {
            Assert.Contains(refusals, refusal => refusal.IsInstanceOfType(Record.Exception(() => reading.Execute(write))));
        }

        using var transaction = Database.BeginRead(reading);
        Assert.Equal(1, reading.QuerySingle<long>("SELECT id FROM one WHERE id >= @Least", new { Least = 0 }, transaction));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
