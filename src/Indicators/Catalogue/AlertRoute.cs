namespace XilinIngest.Indicators;

/// <summary>Which units a route is about.</summary>
public enum RouteScope
{
    /// <summary>The unit and everything below it. An alert that a parent's alert silences is not told.</summary>
    Subtree,

    /// <summary>The unit alone, also while a parent's alert silences it.</summary>
    Unit,
}

/// <summary>Which alerts of a route are told together.</summary>
public enum RouteGrouping
{
    /// <summary>All of the route.</summary>
    All,

    /// <summary>Those of one unit.</summary>
    Unit,

    /// <summary>Those of one indicator.</summary>
    Indicator,

    /// <summary>Each alert alone.</summary>
    Alert,
}

/// <summary>Who hears of which alerts, by which channel, and when: a row of <c>routes.csv</c>.</summary>
public sealed record AlertRoute
{
    /// <summary>The longest name.</summary>
    public const int MaxNameLength = 32;

    /// <summary>Lower-case letters, digits and hyphens. What was told is remembered under it.</summary>
    public required string Name { get; init; }

    /// <summary>The unit; null: all units.</summary>
    public UnitCode? Unit { get; init; }

    public RouteScope Scope { get; init; }

    /// <summary>The indicators; empty: all.</summary>
    public IReadOnlyList<IndicatorCode> Indicators { get; init; } = [];

    /// <summary>The mildest colour that is told: amber or red.</summary>
    public Colour Level { get; init; } = Colour.Amber;

    /// <summary>The name of the channel in the settings, or <c>page</c>: the list of notices alone.</summary>
    public required string Channel { get; init; }

    /// <summary>Who of the unit gets a mail.</summary>
    public IReadOnlyList<ContactRole> Roles { get; init; } = [];

    /// <summary>Addresses that get a mail.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public bool English { get; init; }

    public RouteGrouping Grouping { get; init; }

    /// <summary>How long a change waits for others of its group.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>The least time between two notices of a group.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>After how long the alerts that are still there are told again; null: never.</summary>
    public TimeSpan? Repeat { get; init; }

    /// <summary>Whether an alert is not told while the alert of a unit above it on the same indicator is.</summary>
    public bool Inhibit { get; init; }

    /// <summary>When nothing is sent.</summary>
    public SendingHours Hours { get; init; } = SendingHours.Always;
}
