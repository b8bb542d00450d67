using Microsoft.Extensions.Logging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cluster.Membership;

/// <summary>The tables in which the silos find each other.</summary>
internal static class MembershipSchema
{
    private const string Folder = ".Membership.Migrations.";

    /// <summary>Makes the tables, or brings them up to date. Needs the right to create tables.</summary>
    /// <returns>The scripts that were run.</returns>
    public static IReadOnlyList<string> Migrate(Database database, ILogger logger) =>
        Migrator.Migrate(database, typeof(MembershipSchema).Assembly, Folder, logger);

    /// <exception cref="InvalidOperationException">The tables are missing, or of another version.</exception>
    public static void Check(Database database)
    {
        if (!Migrator.IsUpToDate(database, typeof(MembershipSchema).Assembly, Folder))
        {
            throw new InvalidOperationException(
                $"{database.Name} has no tables of the cluster, or older ones. Run this program with the argument "
                + "migrate and a user who may create tables.");
        }
    }
}
