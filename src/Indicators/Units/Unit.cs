namespace XilinIngest.Indicators;

/// <summary>The kind of a unit, as the division code names it.</summary>
public enum UnitKind { Province, City, District, Street, Town, Village, Community, Enterprise }

/// <summary>The levels of the tree, from the root down. Siblings may differ in kind (a street beside a town), never in level.</summary>
public enum UnitLevel { Province, City, District, Street, Village, Enterprise }

/// <summary>A unit's position for a span of months: its parent, and the registers (名录库) it is on.</summary>
/// <param name="From">The first month.</param>
/// <param name="To">The last month, inclusive; null if it has no end.</param>
/// <param name="Parent">The parent in these months; null for the root.</param>
/// <param name="Registers">Such as <c>industry</c>, <c>trade</c>. They determine which restricted indicators the unit reports.</param>
public sealed record UnitSpan(Period From, Period? To, UnitCode? Parent, IReadOnlySet<string> Registers)
{
    public bool Covers(Period period) => period >= From && (To is null || period <= To);
}

/// <summary>One unit: the rows of <c>units.csv</c> with its code, where each row is a span.</summary>
public sealed record Unit
{
    public required UnitCode Code { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    public required UnitKind Kind { get; init; }

    /// <summary>
    /// A unit that sends the totals of all units below it, because those do not report here, such as the other streets of the district. It
    /// reports the indicators of the levels below, and may have no units under it.
    /// </summary>
    public bool ReportsWhole { get; init; }

    /// <summary>In order of time; spans do not overlap.</summary>
    public required IReadOnlyList<UnitSpan> Spans { get; init; }

    /// <summary>The unit's position in the tree's list, from 0; also its index in the cube.</summary>
    public required int Index { get; init; }

    public UnitLevel Level => LevelOf(Kind);

    public UnitSpan? SpanIn(Period period)
    {
        // The loop uses an index to avoid allocating an enumerator: it runs for every figure of every contribution.
        for (var i = 0; i < Spans.Count; i++)
        {
            if (Spans[i].Covers(period))
            {
                return Spans[i];
            }
        }

        return null;
    }

    public static UnitLevel LevelOf(UnitKind kind) => kind switch
    {
        UnitKind.Province => UnitLevel.Province,
        UnitKind.City => UnitLevel.City,
        UnitKind.District => UnitLevel.District,
        UnitKind.Street or UnitKind.Town => UnitLevel.Street,
        UnitKind.Village or UnitKind.Community => UnitLevel.Village,
        UnitKind.Enterprise => UnitLevel.Enterprise,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
