using System.Reflection;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace XilinIngest.Storage;

/// <summary>
/// Brings a database to the schema of its service by numbered scripts, forward only, embedded beside the feature, in a folder for each
/// engine.
/// </summary>
public static class Migrator
{
    /// <summary>Runs the missing scripts. Concurrent calls run one after the other.</summary>
    /// <param name="database">The database.</param>
    /// <param name="assembly">The service's assembly.</param>
    /// <param name="folder">The scripts' folder as a resource path part, such as <c>.Ledger.Migrations.</c>.</param>
    /// <param name="logger">Logs the scripts.</param>
    /// <returns>The scripts that were run.</returns>
    /// <exception cref="InvalidOperationException">A script failed, or the database is newer than this program.</exception>
    public static IReadOnlyList<string> Migrate(Database database, Assembly assembly, string folder, ILogger logger)
    {
        if (database.FindUnsuitableSetting() is { } unsuitable)
        {
            throw new InvalidOperationException(unsuitable);
        }

        var engine = CreateEngine(database, assembly, folder, logger);
        RejectNewerSchema(database, engine, folder);
        var result = engine.PerformUpgrade();
        return result.Successful
            ? [.. result.Scripts.Select(script => script.Name)]
            : throw new InvalidOperationException(
                $"Migration {result.ErrorScript?.Name} of {database.Name} failed: {result.Error.Message} The database is "
                + "unchanged.", result.Error);
    }

    /// <summary>Whether no script is missing. Does not wait for locks.</summary>
    /// <exception cref="InvalidOperationException">The database is newer than this program.</exception>
    public static bool IsUpToDate(Database database, Assembly assembly, string folder) =>
        FindMissing(database, assembly, folder).Count == 0;

    /// <summary>The scripts that have not been run. Changes nothing and does not wait for locks.</summary>
    /// <exception cref="InvalidOperationException">The database is newer than this program.</exception>
    public static IReadOnlyList<string> FindMissing(Database database, Assembly assembly, string folder)
    {
        var engine = PrepareEngine(database, assembly, folder, NullLogger.Instance).WithoutTransaction().Build();
        RejectNewerSchema(database, engine, folder);
        return [.. engine.GetScriptsToExecute().Select(script => script.Name)];
    }

    /// <summary>
    /// Migrates a SQLite file, which belongs to its service. Checks that a database on a server, where a service may not create tables, is
    /// up to date.
    /// </summary>
    /// <exception cref="InvalidOperationException">As for <see cref="Migrate"/>, or the database on the server is older than this
    /// program.</exception>
    public static void MigrateOrCheck(Database database, Assembly assembly, string folder, ILogger logger)
    {
        if (database.Provider == StorageProvider.Sqlite)
        {
            Migrate(database, assembly, folder, logger);
            return;
        }

        var engine = CreateEngine(database, assembly, folder, logger);
        RejectNewerSchema(database, engine, folder);
        if (engine.GetScriptsToExecute() is { Count: > 0 } missing)
        {
            throw new InvalidOperationException(
                $"{database.Name} is older than this "
                + $"program: {string.Join(", ", missing.Select(script => script.Name))} {(missing.Count == 1 ? "has" : "have")} not been "
                + "run. Stop the services of the older version, then run: xilin-admin migrate");
        }
    }

    // A new index on millions of rows takes long. The limit of a file stays, because it applies to the wait for its lock.
    private static readonly TimeSpan NoTimeout = TimeSpan.Zero;

    private static UpgradeEngine CreateEngine(Database database, Assembly assembly, string folder, ILogger logger) =>
        PrepareEngine(database, assembly, folder, logger).WithTransactionPerScript().Build();

    // The transactions of the library take the write lock, also where it only reads.
    private static UpgradeEngineBuilder PrepareEngine(Database database, Assembly assembly, string folder, ILogger logger)
    {
        var scripts = folder + database.ScriptFolder;
        var deploy = database.CreateUpgradeBuilder();
        return (database.Provider == StorageProvider.Sqlite ? deploy : deploy.WithExecutionTimeout(NoTimeout))
            .WithScriptsEmbeddedInAssembly(assembly, name => name.IndexOf(scripts, StringComparison.Ordinal) is >= 0 and var at
                && char.IsAsciiDigit(name[at + scripts.Length]))
            .WithVariablesDisabled()
            .LogTo(new UpgradeLogAdapter(logger));
    }

    private static void RejectNewerSchema(Database database, UpgradeEngine engine, string folder)
    {
        var known = engine.GetDiscoveredScripts().Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = engine.GetExecutedScripts().Where(name => !known.Contains(name)).ToList();
        if (unknown.Find(name => !name.Contains(folder, StringComparison.Ordinal)) is { } other)
        {
            throw new InvalidOperationException(
                $"{database.Name} holds the tables of another program ({other}). Ledger and cube each need a database of their own.");
        }

        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"{database.Name} was written by a newer version ({string.Join(", ", unknown)}). Run that version, or restore a backup "
                + "made before it.");
        }
    }

    private sealed class UpgradeLogAdapter(ILogger logger) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) => Write(LogLevel.Trace, format, args);
        public void LogDebug(string format, params object[] args) => Write(LogLevel.Debug, format, args);
        public void LogInformation(string format, params object[] args) => Write(LogLevel.Debug, format, args);
        public void LogWarning(string format, params object[] args) => Write(LogLevel.Warning, format, args);

        // A failure is also thrown, and printed for the user.
        public void LogError(string format, params object[] args) => Write(LogLevel.Debug, format, args);
        public void LogError(Exception ex, string format, params object[] args) => Write(LogLevel.Debug, format, args, ex);

        private void Write(LogLevel level, string format, object[] args, Exception? ex = null) =>
            logger.Log(level, ex, "{Message}",
                args.Length == 0 ? format : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));
    }
}
