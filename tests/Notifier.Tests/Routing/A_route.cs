using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Routing;

namespace XilinIngest.Notifier.Tests.Routing;

public sealed class A_route
{
    private const string District = "320404000000";
    private const string Street = "320404007000";
    private const string Village = "320404007202";
    private const string OtherVillage = "320404007201";

    private static readonly UnitTree Units = ReadUnits();

    [Theory]
    [InlineData(null, RouteScope.Subtree, Village, RouteVerdict.Told)]
    [InlineData(District, RouteScope.Subtree, Village, RouteVerdict.Told)]
    [InlineData(Street, RouteScope.Subtree, Street, RouteVerdict.Told)]
    [InlineData(Street, RouteScope.Unit, Village, RouteVerdict.OtherUnit)]
    [InlineData(Village, RouteScope.Subtree, Street, RouteVerdict.OtherUnit)]
    [InlineData(Village, RouteScope.Subtree, CatalogueFolder.Firm, RouteVerdict.Told)]
    [InlineData(OtherVillage, RouteScope.Subtree, CatalogueFolder.Firm, RouteVerdict.OtherUnit)]
    [InlineData(Street, RouteScope.Subtree, "320404999999", RouteVerdict.OtherUnit)]
    [InlineData(null, RouteScope.Subtree, "320404999999", RouteVerdict.Told)]
    internal void Tells_of_its_unit_and_what_is_below_it_in_the_month_judged(
        string? unit, RouteScope scope, string alert, RouteVerdict verdict)
    {
        var route = Route() with { Unit = unit is null ? null : new UnitCode(unit), Scope = scope };
        Assert.Equal(verdict, Match(route, alert));
    }

    [Fact]
    public void Tells_of_its_indicators_alone()
    {
        var route = Route() with { Indicators = [new IndicatorCode("RETAIL_SALES")] };
        Assert.Equal(RouteVerdict.Told, Match(route, Street));
        Assert.Equal(RouteVerdict.OtherIndicator, Match(route, Street, indicator: "PETITIONS"));
    }

    [Theory]
    [InlineData(Colour.Amber, Colour.Amber, RouteVerdict.Told)]
    [InlineData(Colour.Amber, Colour.Red, RouteVerdict.Told)]
    [InlineData(Colour.Red, Colour.Amber, RouteVerdict.BelowLevel)]
    [InlineData(Colour.Red, Colour.Red, RouteVerdict.Told)]
    [InlineData(Colour.Amber, Colour.Green, RouteVerdict.BelowLevel)]
    internal void Tells_from_its_level_on(Colour level, Colour colour, RouteVerdict verdict) =>
        Assert.Equal(verdict, Match(Route() with { Level = level }, Street, colour: colour));

    [Fact]
    public void Tells_what_a_parents_alert_silences_only_where_it_is_for_the_unit_alone()
    {
        var subtree = Route() with { Unit = new UnitCode(Street) };
        var unit = Route() with { Unit = new UnitCode(Village), Scope = RouteScope.Unit };
        Assert.Equal(RouteVerdict.Silenced, Match(subtree, Village, silencedBy: Street));
        Assert.Equal(RouteVerdict.Told, Match(unit, Village, silencedBy: Street));
    }

    [Theory]
    [InlineData(RouteGrouping.All, "")]
    [InlineData(RouteGrouping.Unit, Street)]
    [InlineData(RouteGrouping.Indicator, "RETAIL_SALES")]
    [InlineData(RouteGrouping.Alert, Street + "/RETAIL_SALES/2022")]
    public void Groups_alerts_as_it_says(RouteGrouping grouping, string group) =>
        Assert.Equal(group, RouteMatcher.GroupOf(Route() with { Grouping = grouping }, new AlertKey(Street, "RETAIL_SALES", 2022)));

    private static RouteVerdict Match(
        AlertRoute route, string unit, string indicator = "RETAIL_SALES", Colour colour = Colour.Red, string? silencedBy = null) =>
        RouteMatcher.Match(route, new AlertKey(unit, indicator, 2022), "2022-07", colour, silencedBy, Units);

    private static AlertRoute Route() => new() { Name = "r", Channel = "page" };

    private static UnitTree ReadUnits()
    {
        using var folder = new CatalogueFolder();
        return CatalogueReader.Read(folder.Path).Catalogue!.Units;
    }
}
