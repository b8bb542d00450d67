using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Partitions;

/// <summary>A district and its first street are partitions; a firm moves from that street to another, which is the district's.</summary>
public sealed class A_tree_that_is_split
{
    private static readonly UnitCode OtherStreet = new("320404001000");
    private static readonly UnitCode OtherVillage = new("320404001201");
    private static readonly Unit Root = NewUnit(District, UnitKind.District, 0, spans: Span("2020-01", null, null));
    private static readonly Unit Xilin = NewUnit(Street, UnitKind.Street, 1, spans: Span("2020-01", null, District));
    private static readonly Unit Other = NewUnit(OtherStreet, UnitKind.Street, 2, spans: Span("2020-01", null, District));
    private static readonly Unit One = NewUnit(VillageOne, UnitKind.Village, 3, spans: Span("2020-01", null, Street));
    private static readonly Unit Far = NewUnit(OtherVillage, UnitKind.Village, 4, spans: Span("2020-01", null, OtherStreet));
    private static readonly Unit Firm = NewUnit(new("91350100M000100Y43"), UnitKind.Enterprise, 5, spans:
        [Span("2021-03", "2021-12", VillageOne), Span("2022-01", null, OtherVillage)]);

    private static readonly UnitTree Tree = new([Root, Xilin, Other, One, Far, Firm]);
    private static readonly Partition OfDistrict = new("32.04.04");
    private static readonly Partition OfStreet = new("32.04.04.004");
    private readonly PartitionMap _map = new(Tree, [OfDistrict, OfStreet]);

    [Fact]
    public void Gives_a_unit_to_the_longest_path_that_its_own_begins_with()
    {
        Assert.Equal([OfDistrict, OfStreet, OfDistrict, OfStreet, OfDistrict, OfStreet], Tree.All.Select(_map.HomeOf));
        Assert.Equal([OfDistrict], _map.HomesOf([Other, Far]));
        Assert.Equal([OfDistrict, OfStreet], _map.HomesOf([One, Root]));
        Assert.Empty(_map.HomesOf([]));
        Assert.Empty(_map.UnitsWithoutHome(Tree));
        Assert.True(_map.AreSeveral);
        Assert.Same(OfStreet, _map.Find("32.04.04.004"));
        Assert.Null(_map.Find("32.04.04.00"));
        Assert.Null(_map.Find(null));
    }

    [Fact]
    public void Names_the_units_that_no_path_holds()
    {
        var map = new PartitionMap(Tree, [OfStreet]);
        Assert.Equal([Root, Other, Far], map.UnitsWithoutHome(Tree));
        Assert.Contains(
            "320404001000", Assert.Throws<InvalidOperationException>(() => map.HomeOf(Other)).Message, StringComparison.Ordinal);
        Assert.True(map.AreSeveral);
    }

    [Fact]
    public void Is_one_where_no_path_is_named()
    {
        var map = new PartitionMap(Tree, []);
        Assert.Equal([Partition.WholeTree], map.All);
        Assert.All(Tree.All, unit => Assert.Same(Partition.WholeTree, map.HomeOf(unit)));
        Assert.False(map.AreSeveral);
        Assert.Same(Partition.WholeTree, map.Find(null));
        Assert.Empty(map.Borders.NeighboursOf(Partition.WholeTree));
        Assert.Empty(map.Borders.ReadersOf(Firm));
        Assert.False(map.Borders.Needs(Partition.WholeTree, Firm));
    }

    [Fact]
    public void Tells_who_needs_the_sums_of_whom()
    {
        var borders = _map.Borders;
        Assert.Same(borders, _map.Borders);
        Assert.Equal([OfStreet], borders.NeighboursOf(OfDistrict));
        Assert.Equal([OfDistrict], borders.NeighboursOf(OfStreet));

        // The district ranks the street; the street's units are judged by the district; the firm is below both streets.
        Assert.Equal([OfDistrict], borders.ReadersOf(Xilin));
        Assert.Equal([OfStreet], borders.ReadersOf(Root));
        Assert.Equal([OfStreet], borders.ReadersOf(Other));
        Assert.Equal([OfStreet], borders.ReadersOf(Far));
        Assert.Equal([OfDistrict], borders.ReadersOf(Firm));
        Assert.Empty(borders.ReadersOf(One));
        Assert.True(borders.Needs(OfDistrict, Xilin));
        Assert.False(borders.Needs(OfDistrict, One));
        Assert.False(borders.Needs(OfStreet, Xilin));
        Assert.True(borders.Needs(OfStreet, Far));
    }

    [Fact]
    public void Has_no_borders_between_parts_that_share_no_unit_above()
    {
        var map = new PartitionMap(new UnitTree([Root, Xilin, Other with { Index = 2 }]), [new("32.04.04"), new("32.04.04.001"), OfStreet]);
        Assert.Equal(["32.04.04"], map.Borders.NeighboursOf(OfStreet).Select(each => each.Path));
        Assert.Equal(["32.04.04.001", "32.04.04.004"], map.Borders.NeighboursOf(OfDistrict).Select(each => each.Path));
    }

    [Theory]
    [InlineData("", "32.04.04.004", true)]
    [InlineData("32.04.04", "32.04.04", true)]
    [InlineData("32.04.04", "32.04.04.004", true)]
    [InlineData("32.04.04", "32.04.041", false)]
    [InlineData("32.04.04.004", "32.04.04", false)]
    public void Holds_what_is_at_or_below_its_path(string path, string unit, bool holds) =>
        Assert.Equal(holds, new Partition(path).Holds(unit));

    [Fact]
    public void Compares_its_parts_by_their_paths()
    {
        var named = OfStreet with { Connection = "Second" };
        Assert.Equal(OfStreet, named);
        Assert.Equal(OfStreet.GetHashCode(), named.GetHashCode());
        Assert.NotEqual(OfStreet, OfDistrict);
        Assert.False(OfStreet.Equals(null));
        Assert.Equal(("32.04.04.004", "the whole tree"), ($"{OfStreet}", $"{Partition.WholeTree}"));
        Assert.Equal((true, false), (Partition.WholeTree.IsWholeTree, OfStreet.IsWholeTree));
    }
}
