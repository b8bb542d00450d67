using XilinIngest.Dashboard.DataEntry;

namespace XilinIngest.Dashboard.Tests.Enter;

/// <summary>A place of the form to type in, as it reads what was typed or pasted.</summary>
public sealed class A_box
{
    [Theory]
    [InlineData("\u202D626.17\u202C")]
    [InlineData(" 626.17\u200B")]
    [InlineData("６２６．１７")]
    public void Reads_a_number_whatever_stands_invisibly_around_it(string typed) =>
        Assert.Equal((626.17m, null), (new Field("a") { Typed = typed }.Number, new Field("a") { Typed = typed }.Fault));

    [Theory]
    [InlineData("\u200B")]
    [InlineData(" \uFEFF")]
    public void With_nothing_to_see_in_it_is_empty(string typed) =>
        Assert.True(new Field("a") { Typed = typed } is { IsEmpty: true, Fault: null });

    [Theory]
    [InlineData("(626.17)", "请写成 -626.17。")]
    [InlineData("—", "没有发生填 0")]
    public void Says_how_to_write_what_is_no_number(string typed, string remedy) =>
        Assert.Contains(remedy, new Field("a") { Typed = typed }.Fault!.RemedyZh, StringComparison.Ordinal);
}
