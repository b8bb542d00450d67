using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Tests.Cells;

/// <summary>
/// A file with a year of rows, read by SQLite itself. A statement that stayed open after a failure would keep the connection from writing
/// when the load is tried again.
/// </summary>
public sealed class A_cube_file_that_cannot_be_loaded : IDisposable
{
    private static readonly Catalogue Catalogue = UniformDistrict.Catalogue;

    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-unloadable-").FullName;
    private readonly string _path;
    private readonly CubeStore _store;
    private readonly DbConnection _connection;
    private readonly IndicatorNumbers _numbers;

    public A_cube_file_that_cannot_be_loaded()
    {
        _path = Path.Combine(_folder, "cube.db");
        var database = new Database(_path);
        Migrator.Migrate(database, typeof(CubeStore).Assembly, ".Cube.Migrations.", NullLogger.Instance);
        _store = new CubeStore(database);
        _connection = _store.Open();
        var cube = new IndicatorCube(Catalogue);
        UniformDistrict.Pack(UniformDistrict.Year(2021)).Submissions.ToList().ForEach(cube.Apply);
        using var transaction = Database.BeginWrite(_connection);
        _numbers = IndicatorNumbers.Load(_connection, transaction, Catalogue.Indicators.Select(indicator => indicator.Code));
        CubeStore.WriteEffective(_connection, transaction, cube.EffectiveMonths()
            .Select(row => (row.Unit.Code.Value, row.Period, EffectiveMonthCodec.Encode(row.Month, _numbers))));
        transaction.Commit();
    }

    public void Dispose()
    {
        _connection.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("substr(data, 1, length(data) - 3)")]
    [InlineData("substr(data, 1, 1)")]
    [InlineData("x''")]
    [InlineData("data || x'00'")]
    public void Names_the_damage_and_leaves_the_connection_free(string data)
    {
        Change($"UPDATE cube_effective_month SET data = CAST({data} AS BLOB) WHERE period = 202106 AND unit = '{TestDistrict.Village2}'");
        Assert.Throws<DamagedDataException>(() => CubeLoader.LoadWithResults(_store, _connection, Catalogue, _numbers));
        AssertFree();
    }

    [Fact]
    public void Names_the_unit_that_is_not_in_the_catalogue_and_leaves_the_connection_free()
    {
        Change($"UPDATE cube_effective_month SET unit = '320404009209' WHERE unit = '{TestDistrict.Village2}'");
        var fault = Assert.Throws<InvalidOperationException>(
            () => CubeLoader.LoadWithResults(_store, _connection, Catalogue, _numbers));
        Assert.Contains("320404009209", fault.Message, StringComparison.Ordinal);
        AssertFree();
    }

    [Fact]
    public void Is_loaded_once_its_results_can_be_read_again()
    {
        Change("ALTER TABLE newest_publication RENAME TO aside");
        Assert.Throws<SqliteException>(() => CubeLoader.LoadWithResults(_store, _connection, Catalogue, _numbers));
        AssertFree();
        Change("ALTER TABLE aside RENAME TO newest_publication");
        Assert.NotEmpty(CubeLoader.LoadWithResults(_store, _connection, Catalogue, _numbers).Cube.UnitYears);
    }

    [Fact]
    public void Is_waited_for_while_another_process_has_it_locked_and_loaded_then()
    {
        // Without a write-ahead log, as in a copy that SQLite's tools made, a writer locks the readers out.
        _connection.Close();
        SqliteConnection.ClearAllPools();
        using var writer = new SqliteConnection($"Data Source={_path};Pooling=False");
        writer.Open();
        writer.Execute("PRAGMA journal_mode = DELETE");
        using var reader = new Database(_path, readOnly: true).Open();
        reader.Execute("SELECT 1 FROM cube_state");
        writer.Execute("BEGIN EXCLUSIVE");
        ((SqliteConnection)reader).DefaultTimeout = 1;
        var started = TimeProvider.System.GetTimestamp();
        Assert.Throws<SqliteException>(() => CubeLoader.Load(reader, Catalogue, _numbers));
        Assert.True(TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromMilliseconds(700));

        writer.Execute("COMMIT");
        Assert.NotEmpty(CubeLoader.Load(reader, Catalogue, _numbers).UnitYears);
    }

    private void Change(string statement) => _connection.Execute(statement);

    // A checkpoint that resets the log fails while a statement is open.
    private void AssertFree() => Assert.Equal(0, _connection.QueryFirst<int>("PRAGMA wal_checkpoint(TRUNCATE)"));
}
