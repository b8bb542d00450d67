using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class Contacts_beside_the_catalogue : IDisposable
{
    private const string Header = "unit,role,name,telephone,mail\n";
    private readonly ReloadedCatalogue _catalogue = new();
    private readonly ContactSource _contacts;

    public Contacts_beside_the_catalogue() => _contacts = new(_catalogue.Source, NullLogger<ContactSource>.Instance);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public void Are_none_where_there_is_no_file_and_none_again_where_it_was_removed()
    {
        Assert.Empty(_contacts.Current);
        _catalogue.Folder.Write("contacts.csv", Header + "320404007201,reporter,填报人1,0519-55500001,\n");
        Assert.Single(_contacts.Current);
        _catalogue.Folder.Remove("contacts.csv");
        Assert.Empty(_contacts.Current);
        Assert.Empty(_contacts.Faults);
    }

    [Fact]
    public void Are_people_in_the_order_of_the_file_several_in_a_role()
    {
        _catalogue.Folder.Write("contacts.csv", Header
            + "320404007201,reporter,填报人1,0519-55500001,reporter1@xilin.example\n320404007201,reporter,填报人2,+86 519 5550 0002,\n"
            + "320404007000,leader,分管领导3,,leader3@xilin.example\n");
        Assert.Equal(
            [
                new Contact(new UnitCode("320404007201"), ContactRole.Reporter, "填报人1", "0519-55500001", "reporter1@xilin.example"),
                new Contact(new UnitCode("320404007201"), ContactRole.Reporter, "填报人2", "+86 519 5550 0002", ""),
                new Contact(new UnitCode("320404007000"), ContactRole.Leader, "分管领导3", "", "leader3@xilin.example"),
            ],
            _contacts.Current);
        Assert.Empty(_contacts.Faults);
    }

    [Fact]
    public void May_have_a_channel_whose_fault_quotes_nothing()
    {
        _catalogue.Folder.Write("contacts.csv", Header.TrimEnd() + ",channel\n"
            + "320404007201,reporter,填报人1,0519-55500001,,group-chat\n320404007201,reporter,填报人2,0519-55500002,,\n"
            + "320404007201,reporter,填报人3,0519-55500003,,Group Chat\n");
        Assert.Equal(["group-chat", ""], _contacts.Current.Select(contact => contact.Channel));
        var fault = Assert.Single(_contacts.Faults);
        Assert.Equal((4, "channel"), (fault.Line, fault.Column));
        Assert.DoesNotContain("Group Chat", fault.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A mistyped number stops no service and no other edit.</summary>
    [Fact]
    public void Are_those_of_the_sound_lines_and_leave_the_catalogue_alone()
    {
        var before = _catalogue.Source.Current;
        _catalogue.Folder.Write(
            "contacts.csv", Header + "320404007201,reporter,填报人1,no number,\n320404007000,leader,分管领导2,0519-55500002,\n");
        Assert.Equal("分管领导2", Assert.Single(_contacts.Current).Name);
        Assert.Equal("contacts.csv:2 telephone: it is not a telephone number", Assert.Single(_contacts.Faults).ToString().Split(';')[0]);
        Assert.Empty(_catalogue.Folder.Read().Faults);
        Assert.Same(before, _catalogue.Source.Current);
    }

    /// <summary>A log may print what it is given.</summary>
    [Fact]
    public void Do_not_print_what_is_personal() => Assert.Equal("contact of 320404007201 (Reporter)",
        new Contact(new UnitCode("320404007201"), ContactRole.Reporter, "填报人1", "0519-55500001", "reporter1@xilin.example").ToString());

    [Theory]
    [InlineData("320404007299,reporter,填报人1,0519-55500001,", "contacts.csv:2 unit: there is no such unit")]
    [InlineData("051955500001,reporter,填报人1,0519-55500001,", "contacts.csv:2 unit: there is no such unit")]
    [InlineData("320404007201,填报人1,reporter,0519-55500001,",
        "contacts.csv:2 role: it is not one of reporter, reviewer, leader, department")]
    [InlineData("填报人1,reporter,320404007201,0519-55500001,", "contacts.csv:2 unit: it is not the code of a unit")]
    [InlineData("填报人1", "contacts.csv:2: 1 fields where the header has 5")]
    [InlineData("320404007201,reporter,,0519-55500001,", "contacts.csv:2 name: it is empty")]
    [InlineData("320404007201,reporter,填报人1填报人1填报人1填报人1填报人1填报人1填报人1填报人1填报人1填报人1填报人1,0519-55500001,",
        "contacts.csv:2 name: it has more than 40 characters")]
    [InlineData("320404007201,reporter,填报人1,,", "contacts.csv:2 telephone: there is neither a telephone number nor a mail address")]
    [InlineData("320404007201,reporter,填报人1,tel 55500001,", "contacts.csv:2 telephone: it is not a telephone number")]
    [InlineData("320404007201,reporter,填报人1,5.55E+09,", "contacts.csv:2 telephone: it is not a telephone number")]
    [InlineData("320404007201,reporter,填报人1,51955500001,", "contacts.csv:2 telephone: it is not a telephone number")]
    [InlineData("320404007201,reporter,填报人1,110,", "contacts.csv:2 telephone: it is not a telephone number")]
    [InlineData("320404007201,reporter,填报人1,,填报人1 <reporter1@xilin.example>", "contacts.csv:2 mail: it is not a mail address")]
    [InlineData("320404007201,reporter,填报人1,,reporter1", "contacts.csv:2 mail: it is not a mail address")]
    [InlineData("320404007201,reporter,填报人1,,r1@xilin.example\n320404007201,reporter,填报人1,0519-55500001,",
        "contacts.csv:3 name: line 2 is the same person in that role of the unit already")]
    public void That_are_faulty_are_named_without_quoting_a_person(string line, string fault)
    {
        _catalogue.Folder.Write("contacts.csv", Header + line + "\n");
        AssertQuotesNoOne(Assert.Single(_contacts.Faults), fault);
    }

    [Fact]
    public void Without_a_header_are_refused_without_quoting_a_person()
    {
        _catalogue.Folder.Write("contacts.csv", "320404007201,reporter,填报人1,0519-55500001,reporter1@xilin.example\n");
        Assert.Empty(_contacts.Current);
        Assert.All(_contacts.Faults, fault => AssertQuotesNoOne(fault, "contacts.csv:1 "));
        Assert.Equal(10, _contacts.Faults.Count);
    }

    private static void AssertQuotesNoOne(CatalogueFault fault, string start)
    {
        Assert.StartsWith(start, fault.ToString(), StringComparison.Ordinal);
        Assert.All((string[])[fault.ToString(), fault.ToStringZh()], text =>
        {
            Assert.DoesNotContain("填报人1", text, StringComparison.Ordinal);
            Assert.DoesNotContain("5550000", text.Replace("0519-55500101", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("reporter1@", text, StringComparison.Ordinal);
        });
    }
}
