using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Catalogue;

public sealed class A_contact
{
    [Fact]
    public void Is_reminded_by_the_channel_of_the_rule_unless_it_names_one() =>
        Assert.Equal("", new Contact(VillageOne, ContactRole.Leader, "李强", "", "").Channel);

    [Fact]
    public void Is_written_to_a_log_without_name_telephone_and_mail()
    {
        var contact = new Contact(VillageOne, ContactRole.Reporter, "王芳", "0519-83970000", "wang@example.org") { Channel = "wecom" };
        Assert.Equal("contact of 320404004201 (Reporter)", $"{contact}");
    }
}
