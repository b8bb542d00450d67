using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Worker.Ledger;

/// <summary>The routing key of a pack: the path that all its units share.</summary>
internal static class PackRouting
{
    public static string RoutingKeyFor(SubmissionsAccepted pack, UnitTree tree)
    {
        string[]? shared = null;
        foreach (var (unit, period) in pack.Submissions.Select(submission => (submission.Unit, submission.Period)).Distinct())
        {
            var path = tree.TryFind(new UnitCode(unit), out var found) && Period.TryParse(period, out var month)
                ? tree.PathOf(found, month).Split('.') : [];
            shared = shared is null ? path : [.. shared.Zip(path).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)];
        }

        return string.Join('.', shared ?? []);
    }
}
