using CsCheck;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Histories;

/// <summary>
/// A small district that has everything in it: three streets (one reports whole), villages (one moves to another street,
/// one closes, one is new), firms with lives, every kind of indicator, both bases, targets and colours.
/// </summary>
internal static class TestDistrict
{
    public const string District = "320404000000";
    public const string Street1 = "320404001000";
    public const string Street2 = "320404002000";
    public const string WholeTown = "320404003000";
    public const string Village1 = "320404001201";
    public const string Village2 = "320404001202";
    public const string Village3 = "320404002201";
    public const string MovingVillage = "320404002202";

    public const string Output = "OUTPUT";
    public const string Investment = "INVESTMENT";
    public const string Firms = "FIRMS";
    public const string Jobs = "NEW_JOBS";
    public const string Vaccination = "VACCINATION";
    public const string Index = "INDEX_GIVEN";
    public const string Budget = "BUDGET";
    public const string Visits = "VISITS";
    public const string Planning = "PLANNING";
    public const string Award = "AWARD";

    public static readonly Period Start = new(2020, 1);

    private static readonly string[] Villages = [Village1, Village2, Village3, MovingVillage];

    public static readonly IReadOnlyList<Indicator> Indicators =
    [
        Of(0, Output, FlowKind.Instance, UnitLevel.Enterprise, GrowthBasis.Recorded, RankBy.Growth),
        Of(1, Investment, FlowKind.Instance, UnitLevel.Enterprise, GrowthBasis.Comparable, RankBy.Growth) with
        {
            Register = "industry", JanuaryExempt = new JanuaryExemption(2013, 2022),
        },
        Of(2, Firms, StockKind.Instance, UnitLevel.Village, GrowthBasis.Recorded, RankBy.Value),
        Of(3, Jobs, NetIncreaseKind.Instance, UnitLevel.Village, GrowthBasis.None,
            RankBy.Value) with { Direction = Direction.LowerIsBetter },
        Of(4, Vaccination, RateKind.Instance, UnitLevel.Village, GrowthBasis.Recorded, RankBy.Growth),
        Of(5, Index, GivenKind.Instance, UnitLevel.Village, GrowthBasis.None, RankBy.Value),
        Of(6, Budget, FlowKind.Instance, UnitLevel.Street, GrowthBasis.Comparable, RankBy.Completion),
        Of(7, Visits, FlowKind.Instance, UnitLevel.Village, GrowthBasis.None, RankBy.Value),
        Of(8, Planning, MilestoneKind.Instance, UnitLevel.Village, GrowthBasis.None, RankBy.Value) with
        {
            Stages = [new("未启动", "not started"), new("编制", "drafted"), new("评审", "reviewed"), new("批复", "approved")],
            Printing = WholeNumbers,
        },
        Of(9, Award, YesNoKind.Instance, UnitLevel.Village, GrowthBasis.None, RankBy.Value) with { Printing = WholeNumbers },
    ];

    private static Printing WholeNumbers => new("个", "units", 1, 0, false, "", "", "");

    /// <summary>Any such district.</summary>
    public static readonly Gen<Catalogue> Any =
        Gen.Select(Firm.Array[2, 7], AnyTarget.Array[0, 14], AnyColours.Array[4], MonthFrom2021, MonthFrom2021, Make);

    /// <summary>The same every time: firms 0 and 1 in village 1, 2 in village 2, 3 in village 3; all on every register.</summary>
    public static Catalogue Fixed(IReadOnlyList<Target> targets, params ColourRule[] colours) =>
        Build(FourFirms, targets, colours, new Period(2030, 1), new Period(2030, 1));

    /// <summary>The fixed one without targets, in which the mover goes from street 2 to street 1 in another month.</summary>
    public static Catalogue Moving(Period moves) =>
        Build(FourFirms, [], [], moves, new Period(2030, 1));

    /// <summary>The same, with some of its indicators ranked no more.</summary>
    public static Catalogue Unranked(Catalogue catalogue, Func<Indicator, bool> which) => new(
        [.. catalogue.Indicators.Select(indicator => which(indicator) ? indicator with { RankBy = RankBy.None } : indicator)],
        catalogue.Units,
        catalogue.Targets, catalogue.Calendar, [.. Enum.GetValues<UnitLevel>().Select(catalogue.ColourRuleOf).OfType<ColourRule>()], []);

    /// <summary>The same, with reports that are reviewed.</summary>
    public static Catalogue Reviewed(Catalogue catalogue, params IReadOnlyList<ReviewRule> rules) => new(
        catalogue.Indicators, catalogue.Units, catalogue.Targets, catalogue.Calendar,
        [.. Enum.GetValues<UnitLevel>().Select(catalogue.ColourRuleOf).OfType<ColourRule>()], [], new ReviewWorkflow(rules));

    private static Unit[] FourFirms =>
        [.. new[] { Village1, Village1, Village2, Village3 }.Select(
            (village, i) => Unit(FirmCode(i), UnitKind.Enterprise, Always(village)))];

    /// <summary>As many firms as a city has, spread over the villages.</summary>
    public static Catalogue Large(int firms) => Build(
        [.. Enumerable.Range(0, firms).Select(i => Unit(FirmCode(i), UnitKind.Enterprise, Always(Villages[i % 4])))],
        [new Target(new UnitCode(Street1), new IndicatorCode(Output), 2022, TargetKind.Growth, 5)],
        [new ColourRule(UnitLevel.Street, ColourScheme.Pace, 10, 30, 2, false)], new Period(2030, 1), new Period(2030, 1));

    public static string FirmCode(int number)
    {
        var first = $"91320404MA{number:0000000}";
        return first + UnitCode.CheckCharacter(first);
    }

    private sealed record FirmDraft(int Opens, int? Closes, int? Moves, int Village, int NewVillage, bool Industry, bool LaterIndustry);

    // Half of all lives begin before the story; some end, some move in the middle of a year and some at new year.
    private static Gen<FirmDraft> Firm =>
        from opens in Gen.OneOf(Gen.Const(0), Gen.Int[10, 40])
        from closes in Gen.OneOf(Gen.Const((int?)null), Gen.Int[12, 48].Select(month => (int?)month), Gen.Const((int?)23))
        from moves in Gen.OneOf(Gen.Const((int?)null), Gen.Int[13, 40].Select(month => (int?)month), Gen.Const((int?)24))
        from villages in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3])
        from registers in Gen.Select(Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))),
            Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))))
        select new FirmDraft(opens, closes, moves, villages.Item1, villages.Item2, registers.Item1, registers.Item2);

    private static Gen<Period> MonthFrom2021 => Gen.OneOf(Gen.Int[12, 42].Select(Start.AddMonths), Gen.Const(new Period(2022, 1)));

    private static Gen<Target> AnyTarget =>
        from unit in Gen.Int[0, 15]
        from indicator in Gen.Int[0, Indicators.Count - 1]
        from year in Gen.Int[2021, 2023]
        from growth in Gen.Bool
        from percent in Gen.Int[-20, 40]
        from amount in Gen.Int[1, 400]
        let hasGrowth = Indicators[indicator].Basis != GrowthBasis.None
        select growth && hasGrowth
            ? new Target(CodeOf(unit), Indicators[indicator].Code, year, TargetKind.Growth, percent)
            : Indicators[indicator].Kind.TargetMeasure == TargetMeasure.Stage
            ? new Target(CodeOf(unit), Indicators[indicator].Code, year, TargetKind.Amount, amount % 3 + 1) { ByMonth = amount % 12 + 1 }
            : new Target(CodeOf(unit), Indicators[indicator].Code, year, TargetKind.Amount, amount);

    private static Gen<ColourRule> AnyColours =>
        from siblings in Gen.Bool
        from amber in Gen.Int[0, 20]
        from red in Gen.Int[0, 30]
        from margin in Gen.Int[0, 10]
        from silenced in Gen.Bool
        select new ColourRule(default, siblings ? ColourScheme.Siblings : ColourScheme.Pace, amber, amber + red, margin, silenced);

    private static UnitCode CodeOf(int unit) => new(unit switch
    {
        0 => District,
        1 or 8 => Street1,
        2 or 9 => Street2,
        3 => WholeTown,
        < 8 => Villages[unit - 4],
        _ => FirmCode(unit - 10),
    });

    private static Catalogue Make(FirmDraft[] firms, Target[] targets, ColourRule[] colours, Period moves, Period opens) => Build(
        [.. firms.Select((firm, i) => Unit(FirmCode(i), UnitKind.Enterprise, SpansOf(firm)))],
        [.. targets.DistinctBy(target => (target.Unit, target.Indicator, target.Year))
            .Where(target => !target.Unit.IsEnterprise || firms.Length > 5)],
        [.. colours.Select((rule, i) => rule with { Level = (UnitLevel)(i + 1) })], moves, opens);

    private static UnitSpan[] SpansOf(FirmDraft firm)
    {
        var (from, to) =
            (Start.AddMonths(firm.Opens), firm.Closes is { } closes && closes >= firm.Opens ? Start.AddMonths(closes) : (Period?)null);
        var (before, after) = (Registers(firm.Industry), Registers(firm.LaterIndustry));
        return firm.Moves is { } moves && moves > firm.Opens && (to is not { } end || Start.AddMonths(moves) <= end)
            ?
            [
                new UnitSpan(from, Start.AddMonths(moves - 1), new UnitCode(Villages[firm.Village]), before),
                new UnitSpan(Start.AddMonths(moves), to, new UnitCode(Villages[firm.NewVillage]), after),
            ]
            : [new UnitSpan(from, to, new UnitCode(Villages[firm.Village]), before)];
    }

    private static HashSet<string> Registers(bool industry) => industry ? ["industry"] : ["trade"];

    private static Catalogue Build(
        IReadOnlyList<Unit> firms, IReadOnlyList<Target> targets, IReadOnlyList<ColourRule> colours, Period moves, Period opens)
    {
        Unit[] upper =
        [
            Unit(District, UnitKind.District, new UnitSpan(Start, null, null, new HashSet<string>())),
            Unit(Street1, UnitKind.Street, Always(District)),
            Unit(Street2, UnitKind.Street, Always(District)),
            Unit(WholeTown, UnitKind.Town, Always(District)) with { ReportsWhole = true },
            Unit(Village1, UnitKind.Village, Always(Street1)),
            Unit(Village2, UnitKind.Village, Always(Street1)),
            Unit(Village3, UnitKind.Community, Always(Street2)),
            Unit(MovingVillage, UnitKind.Village, new UnitSpan(Start, moves.Previous, new UnitCode(Street2), new HashSet<string>()),
                new UnitSpan(moves, null, new UnitCode(Street1), new HashSet<string>())),
            Unit("320404002203", UnitKind.Village, new UnitSpan(opens, null, new UnitCode(Street2), new HashSet<string>())),
            Unit("320404001203", UnitKind.Village, new UnitSpan(Start, new Period(2022, 5), new UnitCode(Street1), new HashSet<string>())),
        ];
        Unit[] units = [.. upper.Concat(firms).Select((unit, i) => unit with { Index = i })];
        var known = units.Select(unit => unit.Code).ToHashSet();
        return new Catalogue(
            Indicators, new UnitTree(units), [.. targets.Where(target => known.Contains(target.Unit))],
            [.. Enumerable.Range(0, 48).Select(month => WindowOf(Start.AddMonths(month)))], colours, []);
    }

    private static CalendarWindow WindowOf(Period period)
    {
        var opens = new DateTimeOffset(period.Year, period.Month, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddMonths(1);
        return new CalendarWindow(period, opens, opens.AddDays(8), opens.AddDays(20), opens.AddDays(200));
    }

    private static UnitSpan Always(string parent) => new(Start, null, new UnitCode(parent), new HashSet<string> { "industry", "trade" });

    private static Unit Unit(string code, UnitKind kind, params UnitSpan[] spans) =>
        new() { Code = new UnitCode(code), NameZh = "单位" + code, NameEn = "Unit " + code, Kind = kind, Spans = spans, Index = 0 };

    private static Indicator Of(int order, string code, IndicatorKind kind, UnitLevel by, GrowthBasis basis, RankBy rankBy) => new()
    {
        Code = new IndicatorCode(code),
        NameZh = "指标" + order,
        NameEn = code,
        CanonicalUnit = "万元",
        Kind = kind,
        ReportedBy = by,
        Basis = basis,
        RankBy = rankBy,
        Direction = Direction.HigherIsBetter,
        MayBeNegative = true,
        Printing = new Printing("亿元", "100 million yuan", 10, 1, true, "", "", ""),
        Chapter = "发展",
        Section = "经济",
        Order = order,
    };
}
