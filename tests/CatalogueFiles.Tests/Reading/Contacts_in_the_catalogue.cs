using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class Contacts_in_the_catalogue : IDisposable
{
    private const string Header = "unit,role,name,telephone,mail\n";
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Are_none_where_there_is_no_file()
    {
        var read = _folder.Read();
        Assert.Empty(read.Faults);
        Assert.Empty(read.Catalogue!.Contacts);
    }

    [Fact]
    public void Are_people_in_the_order_of_the_file_several_in_a_role()
    {
        var read = _folder.Write("contacts.csv", Header
            + "320404007201,reporter,填报人1,0519-55500001,reporter1@xilin.example\n320404007201,reporter,填报人2,+86 519 5550 0002,\n"
            + "320404007000,leader,分管领导3,,leader3@xilin.example\n").Read();
        Assert.Empty(read.Faults);
        Assert.Equal(
            [
                new Contact(new UnitCode("320404007201"), ContactRole.Reporter, "填报人1", "0519-55500001", "reporter1@xilin.example"),
                new Contact(new UnitCode("320404007201"), ContactRole.Reporter, "填报人2", "+86 519 5550 0002", ""),
                new Contact(new UnitCode("320404007000"), ContactRole.Leader, "分管领导3", "", "leader3@xilin.example"),
            ],
            read.Catalogue!.Contacts);
    }

    /// <summary>A log may print what it is given.</summary>
    [Fact]
    public void Do_not_print_what_is_personal() => Assert.Equal("contact of 320404007201 (Reporter)",
        new Contact(new UnitCode("320404007201"), ContactRole.Reporter, "填报人1", "0519-55500001", "reporter1@xilin.example").ToString());

    [Theory]
    [InlineData("320404007299,reporter,填报人1,0519-55500001,", "contacts.csv:2 unit: there is no unit 320404007299")]
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
    [InlineData("320404007201,reporter,填报人1,110,", "contacts.csv:2 telephone: it is not a telephone number")]
    [InlineData("320404007201,reporter,填报人1,,填报人1 <reporter1@xilin.example>", "contacts.csv:2 mail: it is not a mail address")]
    [InlineData("320404007201,reporter,填报人1,,reporter1", "contacts.csv:2 mail: it is not a mail address")]
    [InlineData("320404007201,reporter,填报人1,,r1@xilin.example\n320404007201,reporter,填报人1,0519-55500001,",
        "contacts.csv:3 name: line 2 is the same person in that role of the unit already")]
    public void That_are_faulty_are_named_without_quoting_a_person(string line, string fault)
    {
        var told = Assert.Single(_folder.Write("contacts.csv", Header + line + "\n").Read().Faults);
        Assert.StartsWith(fault, told.ToString(), StringComparison.Ordinal);
        Assert.All((string[])[told.ToString(), told.ToStringZh()], text => Assert.DoesNotContain("填报人1", text, StringComparison.Ordinal));
    }
}
