using System.Text.Json.Nodes;

namespace XilinIngest.Submissions.Tests;

/// <summary>The last value that is taken, and the first that is not.</summary>
public sealed class A_submission_at_a_limit
{
    [Theory]
    [InlineData("submittedBy", 100)]
    [InlineData("note", 500)]
    [InlineData("reason", 500)]
    [InlineData("explanations.text", 500)]
    [InlineData("explanations.rule", 64)]
    [InlineData("explanations.indicator", 64)]
    public void Has_texts_of_a_certain_length(string field, int max)
    {
        Assert.DoesNotContain("F104", WithText(field, max).Read().RuleIds());
        Assert.Contains("F104", WithText(field, max + 1).Read().RuleIds());
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(9999, "")]
    [InlineData(0, "F101")]
    [InlineData(10_000, "F101")]
    public void Has_a_revision_from_1_to_9999(int revision, string findings) =>
        Assert.Equal(findings, string.Join(' ', ValidSubmission().Set("revision", revision).Read().RuleIds()));

    [Theory]
    [InlineData("2022-08-05T09:00:00+08:00", "")]
    [InlineData("2022-08-05T09:00:00.0000001+08:00", "F110")]
    public void Is_of_a_clock_that_is_at_most_an_hour_ahead(string submittedAt, string findings) =>
        Assert.Equal(findings, string.Join(' ', ValidSubmission().Set("submittedAt", submittedAt).Read().RuleIds()));

    [Theory]
    [InlineData("2022-07-31T23:59:59+08:00", "F205")]
    [InlineData("2022-08-01T00:00:00+08:00", "")]
    [InlineData("2022-09-20T18:00:00+08:00", "")]
    [InlineData("2022-09-20T18:00:01+08:00", "F206")]
    [InlineData("2023-06-30T18:00:00+08:00", "F206")]
    [InlineData("2023-06-30T18:00:01+08:00", "F207")]
    public void Comes_between_the_dates_of_the_calendar(string now, string findings)
    {
        var sheet = ValidSubmission().Set("submittedAt", "2022-07-31T23:00:00+08:00");
        var time = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(findings, string.Join(' ', sheet.Read(time).RuleIds()));
        Assert.Equal(findings.Replace("F206", "", StringComparison.Ordinal),
            string.Join(' ', sheet.Set("correction", ReasonOf("补报漏报的合同")).Read(time).RuleIds()));
    }

    [Fact]
    public void Takes_back_at_most_five_figures_of_an_indicator()
    {
        Assert.DoesNotContain("F105", Withdrawing(5).Read().RuleIds());
        Assert.Contains("F105", Withdrawing(6).Read().RuleIds());
    }

    private static JsonObject Withdrawing(int count)
    {
        var sheet = ValidSubmission();
        sheet.FirstValue()["withdraw"] = new JsonArray([.. Enumerable.Repeat("lastYear", count).Select(name => (JsonNode)name)]);
        return sheet;
    }

    private static JsonObject WithText(string field, int length)
    {
        var (sheet, text) = (ValidSubmission(), new string('长', length));
        switch (field)
        {
            case "note":
                sheet.FirstValue()["note"] = text;
                return sheet;
            case "reason":
                return sheet.Set("correction", ReasonOf(text));
            case "submittedBy":
                return sheet.Set(field, text);
            default:
                var explanation = Because("R01", "一次性大额订单");
                explanation[field.Split('.')[1]] = text;
                return sheet.Set("explanations", new JsonArray(explanation));
        }
    }
}
