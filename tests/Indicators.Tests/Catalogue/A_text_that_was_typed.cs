namespace XilinIngest.Indicators.Tests.Catalogue;

public sealed class A_text_that_was_typed
{
    [Theory]
    [InlineData("  西林\t", "西林")]
    [InlineData("\u200B12\u200B3\uFEFF\r\n", "12\u200B3")]
    [InlineData("\0a b\u3000", "a b")]
    [InlineData(" \u200B\0", "")]
    [InlineData("", "")]
    public void Is_trimmed_of_what_no_one_sees(string typed, string text) => Assert.Equal(text, InputText.Trim(typed));

    [Theory]
    [InlineData("", true)]
    [InlineData(" \u200B\0", true)]
    [InlineData(" 0 ", false)]
    public void Is_blank_where_nothing_is_left(string typed, bool isBlank) => Assert.Equal(isBlank, InputText.IsBlank(typed));

    [Fact]
    public void Tells_of_invisible_characters_within()
    {
        Assert.True(InputText.HasInvisibleCharacters("12\u200B3"));
        Assert.False(InputText.HasInvisibleCharacters("12 3"));
    }
}
