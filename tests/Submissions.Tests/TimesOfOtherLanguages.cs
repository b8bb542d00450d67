
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Submissions.Tests;

/// <summary>The time of a submission as the standard libraries of other languages write it.</summary>
public sealed class Times_as_other_languages_write_them
{
    [Theory]
    [InlineData("2023-01-09T09:00:00+08:00", "2023-01-09T01:00:00.0000000")]
    [InlineData("2023-01-09T01:00:00Z", "2023-01-09T01:00:00.0000000")]
    [InlineData("2023-01-09T01:00:00z", "2023-01-09T01:00:00.0000000")]
    [InlineData("2023-01-09T09:00:00.123456789+08:00", "2023-01-09T01:00:00.1234567")]
    [InlineData("2023-01-09T01:00:00.999999999Z", "2023-01-09T01:00:00.9999999")]
    [InlineData("2023-01-09T09:00:00.12+08:00", "2023-01-09T01:00:00.1200000")]
    [InlineData("2023-01-09T09:00:00,123+08:00", "2023-01-09T01:00:00.1230000")]
    [InlineData("2023-01-09T09:00+08:00", "2023-01-09T01:00:00.0000000")]
    [InlineData("2023-01-09T09:00Z", "2023-01-09T09:00:00.0000000")]
    [InlineData("2023-01-09T09:00:00+08", "2023-01-09T01:00:00.0000000")]
    [InlineData("2023-01-09T09:00:00+0800", "2023-01-09T01:00:00.0000000")]
    [InlineData("2023-01-09 09:00:00.123456+08", "2023-01-09T01:00:00.1234560")]
    [InlineData("2023-01-08T19:30:00-05:30", "2023-01-09T01:00:00.0000000")]
    public void Are_read_as_the_same_moment(string text, string utc)
    {
        Assert.True(TimestampParser.TryParse(text, out var time));
        Assert.Equal(utc, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2023-01-09T09:00:00", true)]
    [InlineData("2023-01-09T09:00", true)]
    [InlineData("2023-01-09 09:00:00.123", true)]
    [InlineData("2023-01-09", false)]
    [InlineData("2023/1/9 9:00:00", false)]
    [InlineData("2023-02-30T09:00:00Z", false)]
    [InlineData("2023-01-09T24:00:00+08:00", false)]
    [InlineData("2023-01-09T09:00:00+15:00", false)]
    [InlineData("2023-01-09T09:00:00 +08:00", false)]
    [InlineData("2023-01-09T09+08:00", false)]
    [InlineData("1673226000", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Are_refused_with_the_reason_where_they_are_ambiguous(string? text, bool lacksOffset)
    {
        Assert.False(TimestampParser.TryParse(text, out _));
        Assert.Equal(lacksOffset, BuiltInFindings.MalformedTime(text).MessageZh.Contains("没有写时区", StringComparison.Ordinal));
    }
}
