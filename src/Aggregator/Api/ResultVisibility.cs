using XilinIngest.Aggregator.Publishing;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>Which results a caller may see. An enterprise has only alerts, and only if it has a target.</summary>
internal static class ResultVisibility
{
    public static bool MaySee(Caller caller, UnitTree tree, Publication publication) =>
        publication.Kind != ResultKinds.Alert || MaySee(caller, tree, publication.Unit, (int)publication.Period);

    public static bool MaySee(Caller caller, UnitTree tree, string unit, int year) =>
        tree.TryFind(unit, out var found)
            ? caller.MaySeeFiguresOf(found, new Period(year, 12), tree) : caller.MayReadAll;
}
