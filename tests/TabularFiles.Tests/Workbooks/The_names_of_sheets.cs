using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.TabularFiles.Tests.Workbooks;

public sealed class The_names_of_sheets
{
    [Theory]
    [InlineData("西林街道", "西林街道")]
    [InlineData("a/b [c]: d*?'\\\n", "ab c d")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrstuvwxyz01234")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123\uD83D\uDE00", "abcdefghijklmnopqrstuvwxyz0123")]
    [InlineData("[]", "other")]
    [InlineData("指标目录", "other")]
    public void Have_what_Excel_allows_and_are_cut_to_its_length(string preferred, string expected) =>
        Assert.Equal(expected, new UniqueSheetNames("指标目录").Take(preferred, "other"));

    [Fact]
    public void Are_each_given_once_whatever_their_case()
    {
        var names = new UniqueSheetNames();
        Assert.Equal(["Village", "320404", "2 320404", "3 320404"],
            new[] { "Village", "village", "Village", "VILLAGE" }.Select(name => names.Take(name, "320404")));
    }
}
