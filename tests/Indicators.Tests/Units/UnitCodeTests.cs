using CsCheck;

namespace XilinIngest.Indicators.Tests.Units;

public sealed class A_unit_code
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    [Theory]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("91330106MA00001700", true)]
    [InlineData("320404004000", false)]
    public void Is_a_division_code_or_a_social_credit_code(string text, bool isEnterprise)
    {
        Assert.True(UnitCode.TryParse(text, out var code));
        Assert.Equal((text, text, isEnterprise), (code.Value, code.ToString(), code.IsEnterprise));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("91350100M000100Y4Z")]
    [InlineData("91350100M000100Y44")]
    [InlineData("91350100m000100y43")]
    [InlineData("9135O100M000100Y43")]
    [InlineData("32040400400")]
    [InlineData("3204040040000")]
    [InlineData("32040400400A")]
    [InlineData("３２０４０４００４０００")]
    [InlineData(" 320404004000")]
    public void Is_not_read_from_a_text_that_is_no_division_or_credit_code(string? text)
    {
        Assert.False(UnitCode.TryParse(text, out var code));
        Assert.Equal(default, code);
        Assert.Contains("18-character", Assert.Throws<ArgumentException>(() => new UnitCode(text!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_default_is_no_code()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => default(UnitCode).Value);
        Assert.Contains("UnitCode", exception.Message, StringComparison.Ordinal);
        Assert.Equal("", default(UnitCode).ToString());
        Assert.False(default(UnitCode).IsEnterprise);
    }

    [Fact]
    public void Has_no_check_character_outside_the_alphabet()
    {
        Assert.Equal('3', UnitCode.CheckCharacter("91350100M000100Y4"));
        Assert.Null(UnitCode.CheckCharacter("91350100I000100Y4"));
        Assert.Null(UnitCode.CheckCharacter("91350100"));
    }

    [Fact]
    public void Betrays_every_single_character_that_is_changed() => Gen.Char[Alphabet].Array[17]
    .Select(Gen.Int[0, 17], Gen.Char[Alphabet]).Sample((first, at, other) =>
    {
        var text = new string(first) + UnitCode.CheckCharacter(first);
        Assert.True(UnitCode.TryParse(text, out _));
        if (text[at] != other)
        {
            Assert.False(UnitCode.TryParse(text[..at] + other + text[(at + 1)..], out _));
        }
    }, iter: 2_000);
}

public sealed class An_indicator_code
{
    [Theory]
    [InlineData("FIXED_ASSET_INVESTMENT")]
    [InlineData("A1")]
    public void Is_a_word_in_capitals(string text)
    {
        Assert.True(IndicatorCode.TryParse(text, out var code));
        Assert.Equal(text, code.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("A")]
    [InlineData("1A")]
    [InlineData("Sales")]
    [InlineData("SALES ")]
    [InlineData("零售")]
    public void Is_not_read_from_a_text_with_other_characters_or_length(string? text)
    {
        Assert.False(IndicatorCode.TryParse(text, out _));
        Assert.Contains("2 to 64", Assert.Throws<ArgumentException>(() => new IndicatorCode(text!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_default_is_no_code()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => default(IndicatorCode).Value);
        Assert.Contains("IndicatorCode", exception.Message, StringComparison.Ordinal);
        Assert.Equal("", default(IndicatorCode).ToString());
    }

    [Fact]
    public void Has_at_most_64_characters()
    {
        Assert.True(IndicatorCode.TryParse(new string('A', 64), out _));
        Assert.False(IndicatorCode.TryParse(new string('A', 65), out _));
    }
}
