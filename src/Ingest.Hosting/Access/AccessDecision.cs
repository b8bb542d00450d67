using XilinIngest.Indicators;

namespace XilinIngest.Hosting.Access;

/// <summary>Whether a caller gets a response, and whether the response is the same for every caller with a right.</summary>
/// <param name="Denial">Why the caller is denied; null: the caller is allowed.</param>
/// <param name="IsShareable">Pages may show the response to other callers with a right.</param>
internal readonly record struct AccessDecision(AccessDenials.AccessDenial? Denial, bool IsShareable)
{
    private static readonly AccessDecision Answered = new(null, false);

    /// <param name="caller">The caller.</param>
    /// <param name="policy">The policy of the route.</param>
    /// <param name="unit">The unit of the query; null: it names none, or one that is not in the catalogue, which the route reports.</param>
    /// <param name="month">The month of the query; for a year, its last month.</param>
    /// <param name="tree">The tree of units.</param>
    public static AccessDecision Decide(Caller caller, AccessPolicy policy, Unit? unit, Period month, UnitTree tree)
    {
        if (DenyByRight(caller, policy) is { } denial)
        {
            return new(denial, false);
        }

        return policy switch
        {
            AccessPolicy.Published => new(null, true),
            AccessPolicy.UnitFigures when unit is { Level: not UnitLevel.Enterprise } => new(null, true),
            AccessPolicy.OwnUnits when unit is not null && !caller.MaySeeSubmissionsOf(unit, month, tree) => Foreign(unit),
            AccessPolicy.UnitFigures or AccessPolicy.Filtered when unit is not null && !caller.MaySeeFiguresOf(unit, month, tree) =>
                Foreign(unit),
            _ => Answered,
        };
    }

    /// <summary>The part of the decision that needs only the caller's rights; null: they suffice.</summary>
    public static AccessDenials.AccessDenial? DenyByRight(Caller caller, AccessPolicy policy) => policy switch
    {
        _ when caller.IsAnonymous => AccessDenials.NotSignedIn(),
        _ when !caller.MaySeePublished => AccessDenials.MissingRight(Rights.Read | Rights.Enter),
        AccessPolicy.Administrator when !caller.MayAdminister => AccessDenials.MissingRight(Rights.Administer),
        AccessPolicy.ReadEverything when !caller.MayReadAll => AccessDenials.MissingRight(Rights.Read),
        AccessPolicy.CloseMonths when !caller.MayCloseMonths => AccessDenials.MissingRight(Rights.Close),
        AccessPolicy.TakeAlerts when !caller.MayTakeAlerts => AccessDenials.MissingRight(Rights.Act),
        AccessPolicy.ActOnAlerts when !caller.MayAct => AccessDenials.MissingRight(Rights.Act),
        AccessPolicy.RemindUnits when !caller.MayRemind => AccessDenials.MissingRight(Rights.Act),
        AccessPolicy.ReviewReports when !caller.MayReview => AccessDenials.MissingRight(Rights.Review),
        AccessPolicy.EnterSubmissions when !caller.MayEnter => AccessDenials.MissingRight(Rights.Enter),
        _ => null,
    };

    private static AccessDecision Foreign(Unit unit) => new(AccessDenials.ForeignUnit(unit.Code.Value), false);
}
