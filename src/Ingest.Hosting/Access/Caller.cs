using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Hosting.Access;

/// <summary>What someone may do. Apart from each other; someone may have several.</summary>
[Flags]
public enum Rights
{
    None = 0,

    /// <summary>To see all that is published, and the submissions behind it.</summary>
    Read = 1,

    /// <summary>To enter for units of one's own and those below them; to see what is published, and of submissions and raw figures one's own.</summary>
    Enter = 2,

    /// <summary>All of it, for every unit.</summary>
    Administer = 4,
}

/// <summary>Who asks, and what they may do: the same whether they came with a key or by a provider.</summary>
public sealed record Caller
{
    /// <summary>As the ledger keeps it beside a submission.</summary>
    public required string Name { get; init; }

    public required Rights Rights { get; init; }

    /// <summary>Whose figures they enter: codes of units.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>The id of the key that they came with; null: by another way.</summary>
    public string? Key { get; init; }

    /// <summary>Of a browser: what ends when they sign out; null: they came by another way.</summary>
    public string? Session { get; init; }

    /// <summary>Until when their sign-in holds, where that is known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whoever is on this machine, where no sign-in is set up.</summary>
    public static Caller LocalTrusted { get; } = new() { Name = "", Rights = Rights.Administer };

    /// <summary>Who is not signed in.</summary>
    public static Caller Anonymous { get; } = new() { Name = "", Rights = Rights.None };

    public bool IsAnonymous => Name.Length == 0 && Rights == Rights.None;

    public bool IsLocalTrusted => Name.Length == 0 && MayAdminister;

    /// <summary>Has a right, whichever: may see what is published.</summary>
    public bool MaySeePublished => Rights != Rights.None;

    public bool MayReadAll => (Rights & (Rights.Read | Rights.Administer)) != 0;

    /// <summary>For some unit at least.</summary>
    public bool MayEnter => MayAdminister || (Rights.HasFlag(Rights.Enter) && Units.Count > 0);

    public bool MayAdminister => Rights.HasFlag(Rights.Administer);

    /// <summary>Whether they may submit for a unit, for pages, which have the units from the API.</summary>
    /// <param name="unitAndAbove">The unit's code and those of the units above it in the month.</param>
    public bool MayEnterFor(IEnumerable<string> unitAndAbove) => MayAdminister || (MayEnter && SubmitRight.Covers(Units, unitAndAbove));

    /// <summary>Whether they may submit for a unit of the catalogue.</summary>
    /// <param name="unit">The unit; null: the catalogue does not know it.</param>
    /// <param name="period">The month; null: it is malformed, and only the unit itself counts.</param>
    /// <param name="tree">The tree of units.</param>
    public bool MayEnterFor(Unit? unit, Period? period, UnitTree tree) => MayAdminister || (MayEnter && SubmitRight.Covers(Units, unit, period, tree));

    /// <summary>Whether they may see a unit's submissions and raw figures.</summary>
    public bool MaySeeSubmissionsOf(Unit? unit, Period? period, UnitTree tree) => MayReadAll || MayEnterFor(unit, period, tree);

    /// <summary>Whether they may see a unit's figures: those of an enterprise are raw, those of a village and above are published.</summary>
    public bool MaySeeFiguresOf(Unit unit, Period? period, UnitTree tree) => unit.Level == UnitLevel.Enterprise ? MaySeeSubmissionsOf(unit, period, tree) : MaySeePublished;

    /// <summary>As a parameter of a route.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(FromPrincipal(context.User));

    /// <summary>As a claim set, which a cookie or a request carries.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [
            // What antiforgery knows someone by.
            new(CallerClaims.Subject, Key ?? Name),
            new(CallerClaims.Name, Name),
            .. Enum.GetValues<Rights>().Where(right => right != Rights.None && Rights.HasFlag(right)).Select(right => new Claim(CallerClaims.Right, right.ToString())),
            .. Units.Select(unit => new Claim(CallerClaims.Unit, unit)),
            .. Key is null ? Array.Empty<Claim>() : [new(CallerClaims.Key, Key)],
            .. Session is null ? Array.Empty<Claim>() : [new(CallerClaims.Session, Session)],
            .. ExpiresAt is { } until ? new Claim[] { new(CallerClaims.ExpiresAt, $"{until:O}") } : [],
        ],
        scheme, CallerClaims.Name, CallerClaims.Right));

    /// <summary>Back from its claims; <see cref="Anonymous"/> where there are none.</summary>
    public static Caller FromPrincipal(ClaimsPrincipal? principal) => principal?.FindFirst(CallerClaims.Name) is not { } name ? Anonymous : new()
    {
        Name = name.Value,
        Rights = principal.FindAll(CallerClaims.Right).Aggregate(Rights.None, (rights, claim) => rights | (Enum.TryParse<Rights>(claim.Value, out var right) ? right : Rights.None)),
        Units = [.. principal.FindAll(CallerClaims.Unit).Select(claim => claim.Value)],
        Key = principal.FindFirst(CallerClaims.Key)?.Value,
        Session = principal.FindFirst(CallerClaims.Session)?.Value,
        ExpiresAt = DateTimeOffset.TryParse(principal.FindFirst(CallerClaims.ExpiresAt)?.Value, null, System.Globalization.DateTimeStyles.RoundtripKind, out var until) ? until : null,
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
