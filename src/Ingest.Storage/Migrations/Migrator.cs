using System.Reflection;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Storage;

/// <summary>Brings a database to the schema its service ships: numbered scripts, forward only, embedded next to the feature.</summary>
public static class Migrator
{
    /// <param name="database">The database.</param>
    /// <param name="assembly">The service's assembly.</param>
    /// <param name="folder">The scripts' folder as a resource path part, such as <c>.Ledger.Migrations.</c>.</param>
    /// <param name="logger">Told what is run.</param>
    /// <exception cref="InvalidOperationException">A script failed, or the database is newer than this program.</exception>
    public static void Migrate(Database database, Assembly assembly, string folder, ILogger logger)
    {
        var engine = DeployChanges.To
            .SqliteDatabase(database.ConnectionString)
            .WithScriptsEmbeddedInAssembly(assembly, name => name.Contains(folder, StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogTo(new ToLogger(logger))
            .Build();

        RefuseNewer(database, engine);
        var result = engine.PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException(
                $"Migration {result.ErrorScript?.Name} of {database.Path} failed: {result.Error.Message} The database is as it was before it.", result.Error);
        }
    }

    private static void RefuseNewer(Database database, UpgradeEngine engine)
    {
        var known = engine.GetDiscoveredScripts().Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = engine.GetExecutedScripts().Where(name => !known.Contains(name)).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"{database.Path} was written by a newer version ({string.Join(", ", unknown)}). Run that version, or restore a backup made before it.");
        }
    }

    private sealed class ToLogger(ILogger logger) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) => Write(LogLevel.Trace, format, args);
        public void LogDebug(string format, params object[] args) => Write(LogLevel.Debug, format, args);
        public void LogInformation(string format, params object[] args) => Write(LogLevel.Debug, format, args);
        public void LogWarning(string format, params object[] args) => Write(LogLevel.Warning, format, args);

        // What fails is thrown as well, and told to the user in words.
        public void LogError(string format, params object[] args) => Write(LogLevel.Debug, format, args);
        public void LogError(Exception ex, string format, params object[] args) => Write(LogLevel.Debug, format, args, ex);

        private void Write(LogLevel level, string format, object[] args, Exception? ex = null) =>
            logger.Log(level, ex, "{Message}", args.Length == 0 ? format : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));
    }
}
