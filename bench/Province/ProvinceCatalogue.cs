using System.Collections.Frozen;
using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.Bench.Province;

/// <summary>
/// A fictitious province: counties, each with twenty streets of five villages, and its enterprises spread over them. Each county is a
/// partition, and so is what is above them. Twenty indicators, as in <see cref="BenchData"/>.
/// </summary>
internal sealed class ProvinceCatalogue
{
    private const int Streets = 20;
    private const int VillagesOfStreet = 5;
    private const string Top = "320000000000";
    private static readonly Period Start = new(2021, 1);

    private readonly List<Unit> _units = [];

    /// <param name="counties">At most 99 × 99.</param>
    /// <param name="enterprises">In each county.</param>
    public ProvinceCatalogue(int counties, int enterprises)
    {
        Add(Top, UnitKind.City, null);
        for (var county = 0; county < counties; county++)
        {
            AddCounty(county, enterprises);
        }

        Catalogue = new Catalogue(
            Indicators(), new UnitTree(_units),
            [.. Enumerable.Range(0, counties).Select(county =>
                new Target(new UnitCode(County(county)), new IndicatorCode(BenchData.Indicator(0)), 2022, TargetKind.Growth, 5))],
            [.. Enumerable.Range(0, 36).Select(month => Window(Start.AddMonths(month)))],
            [new ColourRule(UnitLevel.District, ColourScheme.Pace, 5, 15, 1, false)], [], null,
            [new Partition("32"), .. Enumerable.Range(0, counties).Select(county => new Partition(Path(county)))]);
    }

    public Catalogue Catalogue { get; }

    /// <summary>The enterprises of a partition.</summary>
    public IEnumerable<Unit> EnterprisesOf(Partition partition) =>
        Catalogue.Units.All.Where(unit => unit.Kind == UnitKind.Enterprise && Catalogue.Partitions.HomeOf(unit) == partition);

    private void AddCounty(int county, int enterprises)
    {
        var code = County(county);
        Add(code, UnitKind.District, Top);
        var villages = new List<string>();
        for (var street = 1; street <= Streets; street++)
        {
            var of = string.Create(CultureInfo.InvariantCulture, $"{code[..6]}{street:000}000");
            Add(of, UnitKind.Street, code);
            for (var village = 1; village <= VillagesOfStreet; village++)
            {
                villages.Add(string.Create(CultureInfo.InvariantCulture, $"{of[..9]}{200 + village}"));
                Add(villages[^1], UnitKind.Village, of);
            }
        }

        for (var i = 0; i < enterprises; i++)
        {
            Add(BenchData.Code(county * enterprises + i), UnitKind.Enterprise, villages[i % villages.Count]);
        }
    }

    private void Add(string code, UnitKind kind, string? parent) => _units.Add(new Unit
    {
        Code = new UnitCode(code),
        NameZh = code,
        NameEn = code,
        Kind = kind,
        Spans = [new UnitSpan(new Period(2020, 1), null, parent is null ? null : new UnitCode(parent), FrozenSet<string>.Empty)],
        Index = _units.Count,
    });

    private static string County(int county) =>
        string.Create(CultureInfo.InvariantCulture, $"32{county / 99 + 1:00}{county % 99 + 1:00}000000");

    private static string Path(int county) => string.Create(CultureInfo.InvariantCulture, $"32.{county / 99 + 1:00}.{county % 99 + 1:00}");

    private static CalendarWindow Window(Period month)
    {
        var opens = new DateTimeOffset(month.AddMonths(1).Year, month.AddMonths(1).Month, 1, 0, 0, 0, TimeSpan.FromHours(8));
        return new(month, opens, opens.AddDays(7), opens.AddYears(5), opens.AddYears(6));
    }

    private static List<Indicator> Indicators() =>
    [
        .. Enumerable.Range(0, BenchData.IndicatorCount).Select(i => new Indicator
        {
            Code = new IndicatorCode(BenchData.Indicator(i)),
            NameZh = $"指标{i}",
            NameEn = $"Indicator {i}",
            CanonicalUnit = "万元",
            Kind = FlowKind.Instance,
            ReportedBy = UnitLevel.Enterprise,
            Basis = GrowthBasis.Recorded,
            RankBy = RankBy.Growth,
            Direction = Direction.HigherIsBetter,
            Printing = new Printing("亿元", "100 million yuan", 10_000, 2, true, "", "", ""),
            Chapter = "发展",
            Section = "经济",
            Order = i,
        }),
    ];
}
