using XilinIngest.InputOutput;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Storage.Copies;

/// <summary>Copies databases into files while they are in use, and reads such files again.</summary>
public static class DatabaseCopy
{
    /// <summary>What the file of a copy is called.</summary>
    /// <exception cref="InvalidOperationException">The server makes its own backups.</exception>
    public static string FileName(Database database) => database.Provider switch
    {
        StorageProvider.Sqlite => Path.GetFileName(database.Name),
        StorageProvider.PostgreSql => $"{PostgreSqlPrograms.DatabaseOf(database)}.dump",
        _ => throw new InvalidOperationException(
            "SQL Server 的备份由其自身完成（BACKUP DATABASE，见 docs/backup.md）。 / SQL Server makes its own backups (BACKUP DATABASE, see "
            + "docs/backup.md)."),
    };

    /// <summary>Copies one state of a database into a new file that only its owner can read.</summary>
    /// <exception cref="InvalidOperationException">The program that copies it is missing or failed; the message has the remedy.</exception>
    public static Task CreateAsync(Database database, string file, CancellationToken cancellationToken)
    {
        if (database.Provider == StorageProvider.Sqlite)
        {
            SqliteDialect.CopyTo(database, file);
            return Task.CompletedTask;
        }

        return PostgreSqlPrograms.DumpAsync(database, file, cancellationToken);
    }

    /// <summary>Reads a copy back into a database that nothing else uses: the file itself, or a new database of the server.</summary>
    /// <param name="database">What was copied.</param>
    /// <param name="file">The copy.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The database, which its disposal removes; null: the user may not make one, and the copy was only read to its end.</returns>
    /// <exception cref="InvalidOperationException">The copy cannot be read.</exception>
    public static Task<RestoredCopy?> RestoreAsync(Database database, string file, CancellationToken cancellationToken) =>
        database.Provider == StorageProvider.Sqlite
            ? Task.FromResult<RestoredCopy?>(new(new Database(file, readOnly: true), remove: null))
            : PostgreSqlPrograms.RestoreAsync(database, file, cancellationToken);

    /// <summary>Checks that nothing uses the database of a server. Files are locked by the service that uses them.</summary>
    /// <exception cref="InvalidOperationException">It is in use.</exception>
    public static Task EnsureUnusedAsync(Database database, CancellationToken cancellationToken) =>
        database.Provider == StorageProvider.Sqlite
            ? Task.CompletedTask : PostgreSqlPrograms.EnsureUnusedAsync(database, cancellationToken);

    /// <summary>
    /// Moves a database out of the way, with the files beside it that belong to it. Nothing may use it.
    /// </summary>
    /// <param name="database">The database; it may be missing.</param>
    /// <param name="label">A file goes into a folder of this name beside it; the name of a server's database ends with it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It is in use.</exception>
    public static Task MoveAsideAsync(Database database, string label, CancellationToken cancellationToken)
    {
        if (database.Provider == StorageProvider.Sqlite)
        {
            SqliteDialect.MoveAside(database, label);
            return Task.CompletedTask;
        }

        return PostgreSqlPrograms.MoveAsideAsync(database, label, cancellationToken);
    }

    /// <summary>Copies a copy beside the database that it is to replace. <see cref="PutBackAsync"/> then has only to rename it.</summary>
    public static async Task StageAsync(Database database, string file, CancellationToken cancellationToken)
    {
        if (database.Provider == StorageProvider.Sqlite)
        {
            File.Delete(StagedFile(database));
            PrivateFiles.CreateEmpty(StagedFile(database));
            await using var from = File.OpenRead(file);
            await using var to = new FileStream(StagedFile(database), FileMode.Open, FileAccess.Write);
            await from.CopyToAsync(to, cancellationToken);
            to.Flush(flushToDisk: true);
        }
    }

    /// <summary>Deletes what was staged for a database that is not replaced.</summary>
    public static void DiscardStaged(Database database)
    {
        if (database.Provider == StorageProvider.Sqlite && File.Exists(StagedFile(database)))
        {
            File.Delete(StagedFile(database));
        }
    }

    /// <summary>Puts a copy that was staged in the place of a database that was moved aside or is missing.</summary>
    /// <exception cref="InvalidOperationException">The copy cannot be read.</exception>
    public static Task PutBackAsync(Database database, string file, CancellationToken cancellationToken)
    {
        if (database.Provider == StorageProvider.Sqlite)
        {
            File.Move(StagedFile(database), database.Name);
            return Task.CompletedTask;
        }

        return PostgreSqlPrograms.PutBackAsync(database, file, cancellationToken);
    }

    private static string StagedFile(Database database) => $"{database.Name}.restoring";

    /// <summary>
    /// The damage of a file as a whole, as the engine reports it; null: none. A server's copy was read when it was restored.
    /// </summary>
    public static string? FindDamage(Database copy) =>
        copy.Provider == StorageProvider.Sqlite ? SqliteDialect.FindDamage(copy) : null;
}

/// <summary>A database that holds what a copy has.</summary>
/// <param name="database">The database.</param>
/// <param name="remove">Removes it; null: it is the copy itself.</param>
public sealed class RestoredCopy(Database database, Func<ValueTask>? remove) : IAsyncDisposable
{
    public Database Database => database;

    public ValueTask DisposeAsync() => remove?.Invoke() ?? ValueTask.CompletedTask;
}
