using System.CommandLine;
using XilinIngest.Admin.Installations;
using XilinIngest.Admin.Pruning;

namespace XilinIngest.Admin;

/// <summary>Takes the figures out of old versions, and deletes old notices.</summary>
internal static class PruneCommand
{
    private const int FewestYears = 2;
    private const int MostYears = 100;

    public static Command Create()
    {
        var olderThan = new Option<int>("--older-than")
        {
            Description = $"Years, from {FewestYears}: what was published or told longer ago may go. There is no default.",
            Required = true,
        };
        olderThan.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < FewestYears or > MostYears)
            {
                result.AddError($"--older-than takes years from {FewestYears} to {MostYears}.");
            }
        });
        var archive = new Option<DirectoryInfo?>("--archive")
        {
            Description = "The folder of archives. Each year whose versions go has to be in it, whole (xilin-admin archive).",
        };
        var withoutArchive = new Option<bool>("--without-archive") { Description = "Prune years that are in no archive too." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go, and change nothing." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var compact = new Option<bool>("--compact")
        {
            Description = "Give the space of SQLite files back to the disk: with the services stopped, and as much free disk as the file.",
        };
        var place = new InstallationOptions();
        var command = new Command("prune",
            """
            Take the figures out of published versions that are old, have been replaced, and belong to no release; delete notices,
            alert events and runs of reminders that are as old and settled. Never touched: the ledger, newest versions, releases and the
            versions they name, alerts, edited texts, silences, tasks. Of a pruned version its number, time, state and the submissions
            behind it stay. Services may run. It can be broken off and run again; what it did is recorded, and verify tells it.
            Ends with 0: done, or nothing to do; 1: refused, not confirmed or broken off. See docs/retention.md.

            Examples:
              xilin-admin prune --older-than 3 --dry-run --data ./data          what would go, by year
              xilin-admin prune --older-than 3 --archive /mnt/archive --data ./data
              xilin-admin prune --older-than 3 --archive /mnt/archive --data ./data --compact --yes     with the service stopped
              Secrets__Folder=/etc/xilin/xilin-prune xilin-admin prune --older-than 5 --archive /mnt/archive --yes
            """)
        {
            olderThan, archive, withoutArchive, dryRun, yes, compact, place.Data, place.Catalogue, place.Language,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(archive) is not null && result.GetValue(withoutArchive))
            {
                result.AddError("Name either --archive or --without-archive.");
            }
        });
        command.SetAction((result, cancellation) =>
        {
            var console = place.ConsoleOf(result);
            var installation = place.Read(result, place.CatalogueOf(result));
            var request = new PruneRequest(
                result.GetValue(olderThan), result.GetValue(archive)?.FullName, result.GetValue(withoutArchive), result.GetValue(dryRun),
                result.GetValue(yes), result.GetValue(compact));
            var name = installation.Of(StoreKind.Cube).Concat(installation.Stores).FirstOrDefault()?.Database.Name ?? "";
            return console.RunGuardedAsync(
                name, "--data", () => new PruneRun(console, installation, request, TimeProvider.System).RunAsync(cancellation));
        });
        return command;
    }
}
