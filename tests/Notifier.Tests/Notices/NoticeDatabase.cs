using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Notifier.Notices;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Notifier.Tests.Notices;

/// <summary>New notices' databases.</summary>
internal static class NoticeDatabase
{
    /// <summary>A database with its tables.</summary>
    internal static Database Create(StorageProvider engine, TestFolder folder)
    {
        var database = TestDatabases.NewDatabase(engine, folder.Path, "notices");
        Assert.NotEmpty(NotifierRegistration.Migrate(database, NullLogger.Instance));
        Assert.Empty(NotifierRegistration.Migrate(database, NullLogger.Instance));
        return database;
    }

    internal static NoticeStore Open(StorageProvider engine, TestFolder folder) => new(Create(engine, folder));
}
