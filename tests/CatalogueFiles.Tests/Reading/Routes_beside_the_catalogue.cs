using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class Routes_beside_the_catalogue : IDisposable
{
    private const string Header = "route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days\n";
    private readonly ReloadedCatalogue _catalogue = new();
    private readonly RouteSource _routes;

    public Routes_beside_the_catalogue() => _routes = new(_catalogue.Source, NullLogger<RouteSource>.Instance);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public void Are_none_where_there_is_no_file_and_none_again_where_it_was_removed()
    {
        Assert.Empty(_routes.Current.Routes);
        _catalogue.Folder.Write("routes.csv", Header + "all,,,,,page,,,,,,,\n");
        Assert.Single(_routes.Current.Routes);
        _catalogue.Folder.Remove("routes.csv");
        Assert.Empty(_routes.Current.Routes);
        Assert.Empty(_routes.Faults);
    }

    [Fact]
    public void Say_who_hears_of_what_when_and_how()
    {
        _catalogue.Folder.Write("routes.csv",
            Header + "leaders,320404007000,unit,RETAIL_SALES PETITIONS,red,duty,en,indicator,30s,5m,7d,22:00-07:30,workdays\n");
        var route = Assert.Single(_routes.Current.Routes);
        Assert.Empty(_routes.Faults);
        Assert.Equal(
            ("leaders", "320404007000", RouteScope.Unit, Colour.Red, "duty", true, RouteGrouping.Indicator),
            (route.Name, route.Unit!.Value.Value, route.Scope, route.Level, route.Channel, route.English, route.Grouping));
        Assert.Equal(["RETAIL_SALES", "PETITIONS"], route.Indicators.Select(indicator => indicator.Value));
        Assert.Equal(
            (TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromDays(7)), (route.Wait, route.Interval, route.Repeat!.Value));
        Assert.Equal(new SendingHours(new(22, 0), new(7, 30), WorkingDaysOnly: true), route.Hours);
    }

    [Theory]
    [InlineData("All,,,,,page,,,,,,,", "route")]
    [InlineData("a,320404007999,,,,page,,,,,,,", "unit")]
    [InlineData("a,,street,,,page,,,,,,,", "scope")]
    [InlineData("a,,,NO_SUCH,,page,,,,,,,", "indicators")]
    [InlineData("a,,,,green,page,,,,,,,", "level")]
    [InlineData("a,,,,,,,,,,,,", "channel")]
    [InlineData("a,,,,,page,fr,,,,,,", "language")]
    [InlineData("a,,,,,page,,route,,,,,", "group")]
    [InlineData("a,,,,,page,,,5 minutes,,,,", "wait")]
    [InlineData("a,,,,,page,,,,-5m,,,", "interval")]
    [InlineData("a,,,,,page,,,,,400d,,", "repeat")]
    [InlineData("a,,,,,page,,,,,,22-7,", "quiet")]
    [InlineData("a,,,,,page,,,,,,,sundays", "days")]
    public void With_a_fault_are_reported_and_do_not_stop_the_others(string line, string column)
    {
        _catalogue.Folder.Write("routes.csv", $"{Header}{line}\ngood,,,,,page,,,,,,,\n");
        Assert.Equal(["good"], _routes.Current.Routes.Select(route => route.Name));
        var fault = Assert.Single(_routes.Faults);
        Assert.Equal(("routes.csv", 2, column), (fault.File, fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("leader duty@xilin.example,unit", 1, 1, null)]
    [InlineData("duty@xilin.example,", 0, 1, null)]
    [InlineData("leader,", 0, 0, "group")]
    [InlineData("Duty <duty@xilin.example>,unit", 0, 0, "to")]
    public void Name_roles_of_a_unit_and_addresses_which_no_fault_quotes(string line, int roles, int addresses, string? fault)
    {
        var parts = line.Split(',');
        _catalogue.Folder.Write("routes.csv", $"{Header.TrimEnd()},to\na,,,,,mail,,{parts[1]},,,,,,{parts[0]}\n");
        var route = _routes.Current.Routes.SingleOrDefault();
        Assert.Equal((roles, addresses), (route?.Roles.Count ?? 0, route?.Addresses.Count ?? 0));
        Assert.Equal(fault, _routes.Faults.SingleOrDefault()?.Column);
        Assert.DoesNotContain("duty@", string.Join(' ', _routes.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void With_one_name_are_one_route_and_a_fault()
    {
        _catalogue.Folder.Write("routes.csv", Header + "a,,,,,page,,,,,,,\na,,,,red,page,,,,,,,\n");
        Assert.Equal(Colour.Amber, Assert.Single(_routes.Current.Routes).Level);
        Assert.Single(_routes.Faults);
    }

    [Fact]
    public void Follow_the_working_days_of_the_holidays()
    {
        _catalogue.Folder.Write("holidays.csv", "date,working,name\n2026-10-01,no,国庆节\n2026-10-10,yes,调休\n2026-13-01,no,\n");
        var days = _routes.Current.WorkingDays;
        Assert.False(days.Contains(new DateOnly(2026, 10, 1)));
        Assert.True(days.Contains(new DateOnly(2026, 10, 10)));
        Assert.False(days.Contains(new DateOnly(2026, 10, 11)));
        Assert.Equal("date", Assert.Single(_routes.Faults).Column);
    }
}
