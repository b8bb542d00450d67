using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace XilinIngest.TestEngines;

/// <summary>The programs of the installed PostgreSQL.</summary>
public static class PostgreSqlProgram
{
    /// <summary>The programs of the newest version that is installed; null: none is.</summary>
    public static string? Folder => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
        .OrderByDescending(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            .Select(folder => Path.Combine(folder, "bin")).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        : null;

    /// <summary>Runs a file as an administrator does: with psql, where the connection string says.</summary>
    /// <exception cref="InvalidOperationException">psql did not end with 0; its words are in the message.</exception>
    public static void RunScript(string connectionString, string file, params IEnumerable<(string Name, string Value)> variables)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var psql = Prepare("/usr/bin/psql",
            ["-X", "-q", .. variables.SelectMany(variable => new[] { "-v", $"{variable.Name}={variable.Value}" }), "-f", file]);
        foreach (var (name, value) in new[]
        {
            ("PGHOST", to.Host), ("PGPORT", to.Port.ToString(CultureInfo.InvariantCulture)), ("PGDATABASE", to.Database),
            ("PGUSER", to.Username),
            ("PGOPTIONS", to.SearchPath is { Length: > 0 } path ? $"-c search_path={path}" : ""),
        })
        {
            psql.Environment[name] = value;
        }

        Run(psql);
    }

    /// <exception cref="InvalidOperationException">It did not end with 0; its words are in the message.</exception>
    public static void Run(ProcessStartInfo program)
    {
        using var process = Process.Start(program)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program.FileName} ended with {process.ExitCode}: {said.Result} {error}");
        }
    }

    /// <summary>A program of the installed version; it does not run as root.</summary>
    public static ProcessStartInfo PrepareAsPostgres(string name, params string[] arguments)
    {
        var program = Path.Combine(Folder!, name);
        return Environment.UserName == "root"
            ? Prepare("/usr/bin/setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : Prepare(program, arguments);
    }

    public static ProcessStartInfo Prepare(string program, params string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
    };
}
