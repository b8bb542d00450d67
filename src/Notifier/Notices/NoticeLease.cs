using Microsoft.Extensions.Logging;
using XilinIngest.Storage;

namespace XilinIngest.Notifier.Notices;

/// <summary>The lease of the notices. One process sends them, because two would send each of them twice.</summary>
internal sealed class NoticeLease(Database notices, ILogger<NoticeStore> logger) : StandbyLease(
    notices, LeaseName,
    () => Migrator.MigrateOrCheck(notices, typeof(NoticeLease).Assembly, NotifierRegistration.MigrationFolder, logger), logger)
{
    internal const string LeaseName = "notices";
}
