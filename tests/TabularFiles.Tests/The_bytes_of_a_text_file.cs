using System.Text;

namespace XilinIngest.TabularFiles.Tests;

public sealed class The_bytes_of_a_text_file
{
    private const string Text = "单位,数\n西林,1\n";

    // 西林 in GBK.
    private static readonly byte[] Gbk = [.. "a,b\n"u8, 0xCE, 0xF7, 0xC1, 0xD6];

    public static TheoryData<byte[]> Unicode => new(
        Encoding.UTF8.GetBytes(Text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)],
        [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
        [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)]);

    [Theory, MemberData(nameof(Unicode))]
    public void Are_decoded_from_the_encodings_that_Excel_saves(byte[] bytes) =>
        Assert.Equal(new DecodedText(Text), TextDecoder.DecodeOfficeText(bytes));

    [Fact]
    public void Are_GBK_for_an_office_and_a_fault_with_its_line_for_a_catalogue()
    {
        Assert.Equal(new DecodedText("a,b\n西林"), TextDecoder.DecodeOfficeText(Gbk));
        Assert.Equal(new DecodedText(null, TextFault.WrongEncoding, 2), TextDecoder.DecodeUtf8(Gbk));
    }

    [Fact]
    public void With_a_NUL_character_are_no_text_in_any_encoding()
    {
        var fault = new DecodedText(null, TextFault.NulCharacter, 2);
        Assert.Equal((fault, fault), (TextDecoder.DecodeUtf8("a\n\0"u8.ToArray()), TextDecoder.DecodeOfficeText("a\n\0"u8.ToArray())));
        byte[] utf16 = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a\0")];
        Assert.Equal(TextFault.NulCharacter, TextDecoder.DecodeOfficeText(utf16).Fault);
        Assert.Equal(TextFault.Utf16, TextDecoder.DecodeUtf8(utf16).Fault);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0xD8 })]
    public void That_are_valid_in_no_encoding_are_a_fault(byte[] bytes) =>
        Assert.Equal(TextFault.WrongEncoding, TextDecoder.DecodeOfficeText(bytes).Fault);
}
