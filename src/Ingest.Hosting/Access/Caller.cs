using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Hosting.Access;

/// <summary>The rights of a caller. They are independent; a caller may have several.</summary>
[Flags]
public enum Rights
{
    None = 0,

    /// <summary>Sees everything that is published, and the submissions behind it.</summary>
    Read = 1,

    /// <summary>
    /// Enters figures for its own units and those below them. Sees published figures, and its own submissions and raw figures.
    /// </summary>
    Enter = 2,

    /// <summary>Everything, for every unit.</summary>
    Administer = 4,

    /// <summary>Closes and reopens months (关账). Sees published figures.</summary>
    Close = 8,

    /// <summary>
    /// Acts on the alerts of its own units and those below them (督办): takes them, directs who has them, silences them. Sees published
    /// figures.
    /// </summary>
    Act = 16,

    /// <summary>
    /// Approves and returns reports (审核): those that its units, or those below them, review; without units, all. Sees published figures,
    /// and the submissions that it reviews.
    /// </summary>
    Review = 32,
}

/// <summary>The caller of a request and its rights, whether it signed in with a key or through a provider.</summary>
public sealed record Caller
{
    /// <summary>The name that the ledger stores with a submission.</summary>
    public required string Name { get; init; }

    public required Rights Rights { get; init; }

    /// <summary>The codes of the units that the caller enters figures for, or reviews for.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>The id of the key; null: the caller signed in another way.</summary>
    public string? Key { get; init; }

    /// <summary>The session of a browser, which ends at sign-out; null: the caller signed in another way.</summary>
    public string? Session { get; init; }

    /// <summary>When the sign-in expires; null: unknown.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Everyone on this machine, if no sign-in is configured.</summary>
    public static Caller LocalTrusted { get; } = new() { Name = "", Rights = Rights.Administer };

    /// <summary>A caller that is not signed in.</summary>
    public static Caller Anonymous { get; } = new() { Name = "", Rights = Rights.None };

    public bool IsAnonymous => Name.Length == 0 && Rights == Rights.None;

    public bool IsLocalTrusted => Name.Length == 0 && MayAdminister;

    /// <summary>Whether the caller has any right, and so may see published figures.</summary>
    public bool MaySeePublished => Rights != Rights.None;

    public bool MayReadAll => (Rights & (Rights.Read | Rights.Administer)) != 0;

    /// <summary>Whether the caller may enter figures for any unit.</summary>
    public bool MayEnter => MayAdminister || (Rights.HasFlag(Rights.Enter) && Units.Count > 0);

    /// <summary>Whether the caller may close and reopen months.</summary>
    public bool MayCloseMonths => (Rights & (Rights.Close | Rights.Administer)) != 0;

    /// <summary>Whether the caller may silence alerts of any unit, and change what others have taken.</summary>
    public bool MayAct => MayAdminister || (Rights.HasFlag(Rights.Act) && Units.Count > 0);

    /// <summary>Whether the caller may take alerts of any unit: who acts on them, and the offices that enter the figures.</summary>
    public bool MayTakeAlerts => MayAct || MayEnter;

    /// <summary>Whether the caller may review reports of any unit.</summary>
    public bool MayReview => (Rights & (Rights.Review | Rights.Administer)) != 0;

    /// <summary>Whether the caller may review the reports that a unit reviews; for pages, which get the units from the API.</summary>
    /// <param name="reviewerAndAbove">The code of the unit that reviews, and those of the units above it in the month.</param>
    public bool MayReviewFor(IEnumerable<string> reviewerAndAbove) => MayAdminister
        || (Rights.HasFlag(Rights.Review) && (Units.Count == 0 || SubmitRight.Covers(Units, reviewerAndAbove)));

    public bool MayAdminister => Rights.HasFlag(Rights.Administer);

    /// <summary>Whether the caller may submit for a unit; for pages, which get the units from the API.</summary>
    /// <param name="unitAndAbove">The unit's code and those of the units above it in the month.</param>
    public bool MayEnterFor(IEnumerable<string> unitAndAbove) => MayAdminister || (MayEnter && SubmitRight.Covers(Units, unitAndAbove));

    /// <summary>Whether the caller may submit for a unit of the catalogue.</summary>
    /// <param name="unit">The unit; null: the catalogue does not know it.</param>
    /// <param name="period">The month; null: it is malformed, and only the unit itself counts.</param>
    /// <param name="tree">The tree of units.</param>
    public bool MayEnterFor(Unit? unit, Period? period, UnitTree tree) =>
        MayAdminister || (MayEnter && SubmitRight.Covers(Units, unit, period, tree));

    /// <summary>Whether the caller may see a unit's submissions and raw figures.</summary>
    public bool MaySeeSubmissionsOf(Unit? unit, Period? period, UnitTree tree) => MayReadAll || MayEnterFor(unit, period, tree)
        || (unit is not null && MayReviewFor(tree.SelfAndAncestorCodes(unit, period)));

    /// <summary>
    /// Whether the caller may see a unit's figures. Those of an enterprise are raw; those of a village and above are published.
    /// </summary>
    public bool MaySeeFiguresOf(Unit unit, Period? period, UnitTree tree) =>
        unit.Level == UnitLevel.Enterprise ? MaySeeSubmissionsOf(unit, period, tree) : MaySeePublished;

    /// <summary>Whether the caller may silence a unit's alerts; for pages, which get the units from the API.</summary>
    /// <param name="unitAndAbove">The unit's code and those of the units above it in the month.</param>
    public bool MayActFor(IEnumerable<string> unitAndAbove) => MayAdminister || (MayAct && SubmitRight.Covers(Units, unitAndAbove));

    /// <summary>Whether the caller may take a unit's alerts; for pages, which get the units from the API.</summary>
    /// <param name="unitAndAbove">The unit's code and those of the units above it in the month.</param>
    public bool MayTakeAlertsOf(IEnumerable<string> unitAndAbove) =>
        MayAdminister || (MayTakeAlerts && SubmitRight.Covers(Units, unitAndAbove));

    /// <summary>Whether the caller may silence a unit's alerts, and change what others have taken of them.</summary>
    public bool MayActFor(Unit? unit, Period? period, UnitTree tree) =>
        MayAdminister || (MayAct && SubmitRight.Covers(Units, unit, period, tree));

    /// <summary>Whether the caller may take a unit's alerts.</summary>
    public bool MayTakeAlertsOf(Unit? unit, Period? period, UnitTree tree) =>
        MayActFor(unit, period, tree) || MayEnterFor(unit, period, tree);

    /// <summary>Whether the caller may remind units of any unit: who acts for it, and who closes months.</summary>
    public bool MayRemind => MayAct || MayCloseMonths;

    /// <summary>Whether the caller may remind a unit and those below it; for pages, which get the units from the API.</summary>
    /// <param name="unitAndAbove">The unit's code and those of the units above it in the month.</param>
    public bool MayRemindFor(IEnumerable<string> unitAndAbove) => MayCloseMonths || MayActFor(unitAndAbove);

    /// <summary>Whether the caller may remind a unit and those below it of their reports.</summary>
    public bool MayRemindFor(Unit? unit, Period? period, UnitTree tree) => MayCloseMonths || MayActFor(unit, period, tree);

    /// <summary>
    /// Whether the caller may see the contacts of a unit: personal data, for those who work with it. An office also sees whom it reports
    /// to.
    /// </summary>
    public bool MaySeeContactsOf(Unit unit, Period period, UnitTree tree) => MaySeeSubmissionsOf(unit, period, tree)
        || (MayEnter && Units.Any(own => tree.TryFind(own, out var office)
            && (office == unit || tree.AncestorsOf(office, period).Contains(unit))));

    /// <summary>Whether the caller may read who made a silence, and who has an alert of a unit.</summary>
    public bool MaySeeWhoActs(Unit? unit, Period? period, UnitTree tree) => MayReadAll || MayTakeAlertsOf(unit, period, tree);

    /// <summary>Binds the caller as a parameter of a route.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(FromPrincipal(context.User));

    /// <summary>The caller as claims, which a cookie or a request carries.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [
            // Antiforgery identifies the user by this claim.
            new(CallerClaims.Subject, Key ?? Name),
            new(CallerClaims.Name, Name),
            .. Enum.GetValues<Rights>()
                .Where(right => right != Rights.None && Rights.HasFlag(right))
                    .Select(right => new Claim(CallerClaims.Right, right.ToString())),
            .. Units.Select(unit => new Claim(CallerClaims.Unit, unit)),
            .. Key is null ? Array.Empty<Claim>() : [new(CallerClaims.Key, Key)],
            .. Session is null ? Array.Empty<Claim>() : [new(CallerClaims.Session, Session)],
            .. ExpiresAt is { } until ? new Claim[] { new(CallerClaims.ExpiresAt, $"{until:O}") } : [],
        ],
        scheme, CallerClaims.Name, CallerClaims.Right));

    /// <summary>Reads the caller from its claims; <see cref="Anonymous"/> if there are none.</summary>
    public static Caller FromPrincipal(ClaimsPrincipal? principal) =>
        principal?.FindFirst(CallerClaims.Name) is not { } name ? Anonymous : new()
        {
            Name = name.Value,
            Rights = principal.FindAll(CallerClaims.Right)
        .Aggregate(Rights.None, (rights, claim) => rights | (Enum.TryParse<Rights>(claim.Value, out var right) ? right : Rights.None)),
            Units = [.. principal.FindAll(CallerClaims.Unit).Select(claim => claim.Value)],
            Key = principal.FindFirst(CallerClaims.Key)?.Value,
            Session = principal.FindFirst(CallerClaims.Session)?.Value,
            ExpiresAt = DateTimeOffset.TryParse(principal.FindFirst(CallerClaims.ExpiresAt)?.Value, null,
            System.Globalization.DateTimeStyles.RoundtripKind, out var until) ? until : null,
        };
}

internal static class CallerClaims
{
    internal const string Subject = "sub";
    internal const string Name = "xilin:name";
    internal const string Right = "xilin:right";
    internal const string Unit = "xilin:unit";
    internal const string Key = "xilin:key";
    internal const string Session = "xilin:session";
    internal const string ExpiresAt = "xilin:until";
}
