using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.TabularFiles.Tests.Csv;

public sealed class The_lines_of_a_csv_file : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-csv-").FullName;

    [Fact]
    public void Keep_their_numbers_in_the_file_where_blank_lines_lie_between()
    {
        var records = CsvRecordReader.Read("a,b\r\n\r\n , \u200B\r\n1,\"x, \"\"y\"\"\"\r\n", ',').ToList();
        Assert.Equal([1, 4], records.Select(record => record.Line));
        Assert.Equal(["1", "x, \"y\""], records[1].Fields);
        Assert.All(records, record => Assert.False(record.IsMalformed));
    }

    [Theory]
    [InlineData("1,\"open")]
    [InlineData("\"a\"b,1")]
    [InlineData("a\"b,1")]
    public void With_quotes_that_do_not_match_are_malformed_and_leave_the_next_line_alone(string line)
    {
        var records = CsvRecordReader.Read($"a,b\n{line}\n3,4\n", ',').ToList();
        Assert.Equal([false, true, false], records.Select(record => record.IsMalformed));
        Assert.Equal((3, "4"), (records[2].Line, records[2].Fields[1]));
    }

    [Fact]
    public void Are_handed_over_when_they_are_blank_and_malformed()
    {
        var record = Assert.Single(CsvRecordReader.Read("\n\"\n", ','));
        Assert.Equal((2, true, true), (record.Line, record.IsMalformed, record.IsBlank));
    }

    [Theory]
    [InlineData("a,b;c\n1;2", ',')]
    [InlineData("a;b\n1,2", ';')]
    [InlineData("a,b\tc\n1", '\t')]
    [InlineData("a", ',')]
    [InlineData("", ',')]
    public void Are_separated_as_their_headings_are(string text, char separator) =>
        Assert.Equal(separator, CsvRecordReader.DetectSeparator(text));

    [Fact]
    public void Of_a_sound_file_are_cells_by_heading()
    {
        var row = Assert.Single(CsvRecordReader.ReadSoundFile(Write("code,name\n1,\"a,b\"\n")));
        Assert.Equal(("1", "a,b"), (row["code"], row["name"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("code,name\n1\n")]
    [InlineData("code,name\n1,\"open\n")]
    public void Of_a_file_that_is_not_sound_are_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => CsvRecordReader.ReadSoundFile(Write(text)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "a.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
