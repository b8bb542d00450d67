using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>Which results a caller may see. An enterprise has only alerts, and only if it has a target.</summary>
internal static class ResultVisibility
{
    /// <summary>
    /// The text of a publication for a caller; null: the caller may not see it. Reviews are for those who report, review or read all; who
    /// closed or reopened a month, for those who do it or read all.
    /// </summary>
    public static string? TextFor(Caller caller, Catalogue catalogue, Publication publication) => publication.Kind switch
    {
        ResultKinds.Alert => MaySee(caller, catalogue.Units, publication.Unit, (int)publication.Period) ? publication.Payload : null,
        ResultKinds.Review => MaySeeReview(caller, catalogue, publication) ? publication.Payload : null,
        ResultKinds.Month when !caller.MayReadAll && !caller.MayCloseMonths => WithoutName(publication),
        _ => publication.Payload,
    };

    public static bool MaySee(Caller caller, UnitTree tree, string unit, int year) =>
        tree.TryFind(unit, out var found)
            ? caller.MaySeeFiguresOf(found, new Period(year, 12), tree) : caller.MayReadAll;

    /// <summary>Whether a caller may read who reviewed a unit's report of a month, and why.</summary>
    public static bool MaySeeReviewsOf(Caller caller, Catalogue catalogue, Unit unit, Period period) =>
        caller.MaySeeSubmissionsOf(unit, period, catalogue.Units)
        || (catalogue.ReviewerOf(unit, period) is { } reviewer
            && caller.MayReviewFor(catalogue.Units.SelfAndAncestorCodes(reviewer, period)));

    private static bool MaySeeReview(Caller caller, Catalogue catalogue, Publication publication) =>
        catalogue.Units.TryFind(publication.Unit, out var unit)
            ? MaySeeReviewsOf(caller, catalogue, unit, Period.FromNumber((int)publication.Period)) : caller.MayReadAll;

    private static string WithoutName(Publication publication) => System.Text.Encoding.UTF8.GetString(
        WireFormat.Serialize(PublicationReader.Parse<MonthChanged>(publication) with { By = null }));
}
