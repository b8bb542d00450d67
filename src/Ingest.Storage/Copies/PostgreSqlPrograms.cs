using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;
using XilinIngest.InputOutput;

namespace XilinIngest.Storage.Copies;

/// <summary>
/// Calls <c>pg_dump</c> and <c>pg_restore</c> of the installed PostgreSQL client for the database of a connection string.
/// </summary>
internal static class PostgreSqlPrograms
{
    public static string DatabaseOf(Database database) => Parse(database).Database!;

    public static Task DumpAsync(Database database, string file, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateEmpty(file);
        return RunAsync(Parse(database), "pg_dump", ["--format=custom", "--no-password", $"--file={file}"], cancellationToken);
    }

    public static async Task<RestoredCopy?> RestoreAsync(Database database, string file, CancellationToken cancellationToken)
    {
        var parts = Parse(database);
        var scratch = $"xilin_check_{Guid.NewGuid():N}";
        try
        {
            await ExecuteAsync(parts, $"CREATE DATABASE {scratch}", cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await RunAsync(parts, "pg_restore", [$"--file={(OperatingSystem.IsWindows() ? "NUL" : "/dev/null")}", file], cancellationToken);
            return null;
        }

        var restored = new NpgsqlConnectionStringBuilder(parts.ConnectionString) { Database = scratch, Pooling = false };
        try
        {
            await RunAsync(
                restored, "pg_restore", ["--no-password", "--no-owner", "--no-privileges", "--exit-on-error", $"--dbname={scratch}", file],
                cancellationToken);
            return new(Database.TryParse(StorageProvider.PostgreSql, restored.ConnectionString)!.AsReadOnly(), DropAsync);
        }
        catch
        {
            await DropAsync();
            throw;
        }

        // Also when the work was cancelled.
        async ValueTask DropAsync() => await ExecuteAsync(parts, $"DROP DATABASE IF EXISTS {scratch}", CancellationToken.None);
    }

    public static async Task EnsureUnusedAsync(Database database, CancellationToken cancellationToken)
    {
        var parts = Parse(database);
        await using var connection = await ConnectAsync(parts, cancellationToken);
        if (await connection.QuerySingleAsync<long>(
            new("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = @Name", new { Name = parts.Database },
                cancellationToken: cancellationToken)) > 0)
        {
            throw InUse(database);
        }
    }

    public static async Task MoveAsideAsync(Database database, string label, CancellationToken cancellationToken)
    {
        var parts = Parse(database);
        await using var connection = await ConnectAsync(parts, cancellationToken);
        if (await connection.QuerySingleAsync<long>(
            new("SELECT COUNT(*) FROM pg_database WHERE datname = @Name", new { Name = parts.Database },
                cancellationToken: cancellationToken)) > 0)
        {
            try
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    $"ALTER DATABASE {Quote(parts.Database!)} RENAME TO {Quote($"{parts.Database}_{label}")}",
                    cancellationToken: cancellationToken));
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectInUse)
            {
                throw InUse(database);
            }
        }
    }

    private static InvalidOperationException InUse(Database database) => new(
        $"数据库 {database.Name} 正在使用：请先停止全部服务。 / The database {database.Name} is in use: stop all services first.");

    // With its owner and its rights, which the roles have to be there for.
    public static Task PutBackAsync(Database database, string file, CancellationToken cancellationToken)
    {
        var maintenance = Maintenance(Parse(database));
        return RunAsync(
            maintenance, "pg_restore", ["--no-password", "--create", "--exit-on-error", $"--dbname={maintenance.Database}", file],
            cancellationToken);
    }

    // The databases of the installation are not locked by it: it is run from the one that every server has.
    private static async Task ExecuteAsync(NpgsqlConnectionStringBuilder parts, string statement, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(parts, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(statement, cancellationToken: cancellationToken));
    }

    private static async Task<NpgsqlConnection> ConnectAsync(NpgsqlConnectionStringBuilder parts, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Maintenance(parts).ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static NpgsqlConnectionStringBuilder Maintenance(NpgsqlConnectionStringBuilder parts) =>
        new(parts.ConnectionString) { Database = "postgres", Pooling = false };

    private static string Quote(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);

    private static NpgsqlConnectionStringBuilder Parse(Database database) => new(database.ConnectionString);

    private static async Task RunAsync(
        NpgsqlConnectionStringBuilder to, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in EnvironmentOf(to).Where(pair => pair.Value is { Length: > 0 }))
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
        {
            var said = (await errors).ReplaceLineEndings(" ").Trim();
            throw new InvalidOperationException($"{program} 失败：{said} / {program} failed: {said}");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                $"无法运行 {start.FileName}：请安装 PostgreSQL 客户端（Debian：postgresql-client），版本不低于服务器。 / {start.FileName} cannot be run: "
                + "install the client of PostgreSQL (Debian: postgresql-client), of the server's version or newer.", exception);
        }
    }

    // In the environment, because the arguments of a process can be read by others.
    private static Dictionary<string, string?> EnvironmentOf(NpgsqlConnectionStringBuilder to) => new()
    {
        ["PGHOST"] = to.Host,
        ["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture),
        ["PGDATABASE"] = to.Database,
        ["PGUSER"] = to.Username,
        ["PGPASSWORD"] = to.Password,
        ["PGPASSFILE"] = to.Passfile,
        ["PGCONNECT_TIMEOUT"] = to.Timeout.ToString(CultureInfo.InvariantCulture),
        ["PGSSLROOTCERT"] = to.RootCertificate,
        ["PGSSLMODE"] = to.SslMode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            SslMode mode => mode.ToString().ToLowerInvariant(),
        },
    };
}
