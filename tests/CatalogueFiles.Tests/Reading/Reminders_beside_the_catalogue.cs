using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class Reminders_beside_the_catalogue : IDisposable
{
    private const string Header = "rule,kind,unit,offset,time,to,channel,language,quiet,days\n";
    private readonly CatalogueFolder _folder = new();
    private readonly CatalogueSource _catalogue;
    private readonly ReminderSource _reminders;

    public Reminders_beside_the_catalogue()
    {
        _catalogue = new CatalogueSource(
            new CatalogueSourceOptions { Folder = _folder.Path }, TimeProvider.System, NullLogger<CatalogueSource>.Instance);
        _reminders = new ReminderSource(_catalogue, NullLogger<ReminderSource>.Instance);
    }

    public void Dispose()
    {
        _catalogue.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Are_none_where_there_is_no_file_and_none_again_where_it_was_removed()
    {
        Assert.Empty(_reminders.Current);
        _folder.Write("reminders.csv", Header + "first,,,-3,09:00,reporter,,,,\n");
        Assert.Single(_reminders.Current);
        _folder.Remove("reminders.csv");
        Assert.Empty(_reminders.Current);
        Assert.Empty(_reminders.Faults);
    }

    [Fact]
    public void Say_when_whom_and_how()
    {
        _folder.Write(
            "reminders.csv",
            Header + "before,,320404007000,-3,09:00,reporter leader,,en,22:00-07:30,workdays\n"
            + "street,digest,320404007000,2,08:30,department duty@xilin.example,post,,,\n");
        Assert.Empty(_reminders.Faults);
        var (before, street) = (_reminders.Current[0], _reminders.Current[1]);
        Assert.Equal(
            ("before", ReminderKind.Unit, "320404007000", -3, new TimeOnly(9, 0), null, true),
            (before.Name, before.Kind, before.Unit!.Value.Value, before.Offset, before.Time, before.Channel, before.English));
        Assert.Equal([ContactRole.Reporter, ContactRole.Leader], before.Roles);
        Assert.Equal(new SendingHours(new(22, 0), new(7, 30), WorkingDaysOnly: true), before.Hours);
        Assert.Equal((ReminderKind.Digest, 2, "post", false), (street.Kind, street.Offset, street.Channel, street.English));
        Assert.Equal(["duty@xilin.example"], street.Addresses);
    }

    [Theory]
    [InlineData("All,,,0,09:00,reporter,,,,", "rule")]
    [InlineData("a,letter,,0,09:00,reporter,,,,", "kind")]
    [InlineData("a,,320404007999,0,09:00,reporter,,,,", "unit")]
    [InlineData("a,digest,,0,09:00,department,,,,", "unit")]
    [InlineData("a,,,soon,09:00,reporter,,,,", "offset")]
    [InlineData("a,,,32,09:00,reporter,,,,", "offset")]
    [InlineData("a,,,0,9 am,reporter,,,,", "time")]
    [InlineData("a,,,0,09:00,,,,,", "to")]
    [InlineData("a,,,0,09:00,boss,,,,", "to")]
    [InlineData("a,,,0,09:00,duty@xilin.example,post,,,", "to")]
    [InlineData("a,digest,320404007000,0,09:00,duty@xilin.example,,,,", "channel")]
    [InlineData("a,,,0,09:00,reporter,A post,,,", "channel")]
    [InlineData("a,,,0,09:00,reporter,,fr,,", "language")]
    [InlineData("a,,,0,09:00,reporter,,,22-7,", "quiet")]
    [InlineData("a,,,0,09:00,reporter,,,,sundays", "days")]
    public void With_a_fault_are_reported_and_do_not_stop_the_others(string line, string column)
    {
        _folder.Write("reminders.csv", $"{Header}{line}\ngood,,,0,09:00,reporter,,,,\n");
        Assert.Equal(["good"], _reminders.Current.Select(rule => rule.Name));
        var fault = Assert.Single(_reminders.Faults);
        Assert.Equal(("reminders.csv", 2, column), (fault.File, fault.Line, fault.Column));
        Assert.DoesNotContain("duty@", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_one_name_are_one_rule_and_a_fault()
    {
        _folder.Write("reminders.csv", Header + "a,,,0,09:00,reporter,,,,\na,,,1,09:00,reporter,,,,\n");
        Assert.Equal(0, Assert.Single(_reminders.Current).Offset);
        Assert.Equal("rule", Assert.Single(_reminders.Faults).Column);
    }
}
