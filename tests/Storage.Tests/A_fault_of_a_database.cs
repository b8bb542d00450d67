using System.Data.Common;
using System.Security.Authentication;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace XilinIngest.Storage.Tests;

/// <summary>
/// Which errors are the storage's, by the number that the engine gives them: all but those of a statement or of a value in it.
/// </summary>
public sealed class A_fault_of_a_database
{
    private const string Name = "db:1433/ledger";
    private const byte User = 16;
    private const byte Fatal = 20;
    private static readonly InvalidDataException Said = new("the server's words");

    [Theory]
    [InlineData(976, "is not available now")]
    [InlineData(978, "read-only")]
    [InlineData(983, "is not available now")]
    [InlineData(922, "is not available now")]
    [InlineData(942, "is not available now")]
    [InlineData(6005, "is not available now")]
    [InlineData(18401, "is not available now")]
    [InlineData(17142, "is not available now")]
    [InlineData(1204, "run out")]
    [InlineData(8645, "run out")]
    [InlineData(9001, "run out")]
    [InlineData(3958, "run out")]
    [InlineData(3957, "busy")]
    [InlineData(1205, "busy")]
    [InlineData(40615, "refuses")]
    [InlineData(229, "refuses")]
    [InlineData(824, "damaged")]
    [InlineData(208, "xilin-admin migrate")]
    [InlineData(33557097, "failed")]
    [InlineData(0, "failed")]
    [InlineData(50000, "failed")]
    public void Of_SQL_Server_is_reported_with_its_reason(int number, string words)
    {
        var fault = SqlServerFaults.Classify(number, User, Said, Name)!;

        Assert.Contains(words, $"{fault.ReasonEn} {fault.RemedyEn}", StringComparison.Ordinal);
        Assert.Contains(Name, fault.ReasonZh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(102)]
    [InlineData(121)]
    [InlineData(213)]
    [InlineData(245)]
    [InlineData(515)]
    [InlineData(547)]
    [InlineData(2601)]
    [InlineData(2627)]
    [InlineData(2628)]
    [InlineData(8114)]
    [InlineData(8134)]
    [InlineData(8152)]
    [InlineData(13609)]
    public void Of_SQL_Server_is_none_where_the_statement_or_a_value_is_wrong(int number) =>
        Assert.Null(SqlServerFaults.Classify(number, User, Said, Name));

    [Theory]
    [InlineData(121)]
    [InlineData(233)]
    [InlineData(10054)]
    [InlineData(4014)]
    public void Of_SQL_Server_is_a_line_that_broke_where_the_connection_was_closed(int number)
    {
        Assert.Contains("cannot be reached", SqlServerFaults.Classify(number, Fatal, Said, Name)!.ReasonEn, StringComparison.Ordinal);
        Assert.True(SqlServerFaults.IsTransient(number, Fatal));
    }

    [Fact]
    public void Of_a_certificate_says_what_to_install_and_what_going_without_costs()
    {
        var fault = SqlServerFaults.Classify(0, Fatal,
            new InvalidOperationException("the handshake failed", new AuthenticationException("untrusted root")), Name)!;

        Assert.Contains("not trusted", fault.ReasonEn, StringComparison.Ordinal);
        Assert.Contains("TrustServerCertificate=true", fault.RemedyEn, StringComparison.Ordinal);
        Assert.Contains("read the password", fault.RemedyEn, StringComparison.Ordinal);
        Assert.Contains("TrustServerCertificate=true", fault.RemedyZh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("57P03", "is not available now")]
    [InlineData("57P01", "cannot be reached")]
    [InlineData("53300", "run out")]
    [InlineData("28P01", "refuses")]
    [InlineData("25P03", "failed")]
    [InlineData("26000", "failed")]
    [InlineData("55006", "failed")]
    [InlineData("F0000", "failed")]
    [InlineData("HV000", "failed")]
    [InlineData("XX000", "failed")]
    [InlineData("XX001", "damaged")]
    [InlineData("42P01", "lacks")]
    public void Of_PostgreSQL_is_reported_with_its_reason(string state, string words) =>
        Assert.Contains(words, PostgreSqlFaults.Classify(state, Said, Name)!.ReasonEn, StringComparison.Ordinal);

    [Theory]
    [InlineData("42601")]
    [InlineData("23505")]
    [InlineData("22001")]
    [InlineData("22P02")]
    [InlineData("25P02")]
    public void Of_PostgreSQL_is_none_where_the_statement_or_a_value_is_wrong(string state) =>
        Assert.Null(PostgreSqlFaults.Classify(state, Said, Name));

    [Theory]
    [InlineData(7, "failed")]
    [InlineData(9, "failed")]
    [InlineData(15, "failed")]
    [InlineData(17, "failed")]
    [InlineData(22, "failed")]
    [InlineData(5, "locked")]
    [InlineData(13, "full")]
    public void Of_SQLite_is_reported_with_its_reason(int code, string words) =>
        Assert.Contains(words, StorageFault.FromException(new SqliteException("words", code), Name)!.ReasonEn, StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(20)]
    public void Of_SQLite_is_none_where_the_statement_or_a_value_is_wrong(int code) =>
        Assert.Null(StorageFault.FromException(new SqliteException("words", code), Name));

    [Fact]
    public void Is_every_exception_of_a_database_that_no_submission_had_a_part_in()
    {
        Assert.NotNull(StorageFault.FromProbeException(new SqliteException("no such table", 1), Name));
        Assert.NotNull(
            StorageFault.FromProbeException(new InvalidOperationException("wrapped", new SqliteException("no such table", 1)), Name));
        Assert.Null(StorageFault.FromProbeException(new InvalidOperationException("a bug"), Name));
    }

    [Fact]
    public void Is_what_a_client_throws_that_is_not_known_here() =>
        Assert.NotNull(StorageFault.FromException(new UnknownDbException(), Name));

    [Fact]
    public void Is_none_where_two_commands_were_run_at_once_on_one_connection() =>
        Assert.Null(StorageFault.FromException(new NpgsqlOperationInProgressException(new NpgsqlCommand()), Name));

    private sealed class UnknownDbException : DbException;
}
