using System.Net;
using System.Text.Json.Nodes;

namespace XilinIngest.TestServices;

/// <summary>What an error looks like over HTTP (RFC 9457), whatever it is about.</summary>
internal static class ProblemAssertions
{
    /// <summary>In both languages: a title, the reason, and where it can be mended, how.</summary>
    internal static async Task<JsonNode> AssertAsync(HttpResponseMessage answer, HttpStatusCode status, string what)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{what}: {(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)status, (int)problem["status"]!);
        foreach (var words in new[] { (string)problem["title"]!, (string)problem["detail"]! })
        {
            Assert.Matches("[\\u4e00-\\u9fff].* / .*[a-z]", words);
        }

        Assert.DoesNotMatch(@"\sat (XilinIngest|System|Microsoft)\.|Exception|\.cs|StackTrace", text);
        return problem;
    }
}
