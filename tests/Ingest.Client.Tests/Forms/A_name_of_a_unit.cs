using XilinIngest.Client.Commands;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Tests.Forms;

/// <summary>A name comes out of units.csv, which others write: the form's file is made in the folder one is in, and nowhere else.</summary>
public sealed class A_name_of_a_unit
{
    [Theory]
    [InlineData("../../x", "_.._x")]
    [InlineData("..\\x", "_x")]
    [InlineData("/etc/passwd", "_etc_passwd")]
    [InlineData("C:\\x", "C__x")]
    [InlineData("a\0b\nc", "a_b_c")]
    [InlineData("..", "320404004201")]
    [InlineData("东岱村", "东岱村")]
    public void Cannot_lead_the_file_of_a_form_into_another_folder(string name, string file)
    {
        var unit = new Unit
        {
            Code = new UnitCode("320404004201"),
            NameZh = name,
            NameEn = name,
            Kind = UnitKind.Village,
            Index = 0,
            Spans = [new UnitSpan(new Period(2020, 1), null, null, new HashSet<string>())],
        };

        Assert.Equal(file, TemplateCommand.FileName(unit));
        Assert.Equal(Path.GetFullPath("."), Path.GetDirectoryName(Path.GetFullPath(TemplateCommand.FileName(unit) + "-2022-07.xlsx")));
    }
}
