using System.Text.Json.Nodes;

namespace XilinIngest.TestFixtures;

/// <summary>Builds the JSON of a monthly submission that a test may change.</summary>
public static class TestSubmissions
{
    /// <summary>A time in the reporting window of July 2022.</summary>
    public static readonly DateTimeOffset Now = new(2022, 8, 5, 0, 0, 0, TimeSpan.Zero);

    public static JsonObject NewSubmission(string unit, string period, params JsonObject[] values) => new()
    {
        ["submissionId"] = Guid.NewGuid().ToString(),
        ["unit"] = unit,
        ["period"] = period,
        ["revision"] = 1,
        ["submittedAt"] = "2022-08-03T09:14:00+08:00",
        ["submittedBy"] = "统计员",
        ["values"] = new JsonArray(values),
    };

    public static JsonObject Value(string indicator, decimal? value, string unit) =>
        new() { ["indicator"] = indicator, ["value"] = value, ["unit"] = unit };

    public static JsonObject Set(this JsonObject sheet, string field, JsonNode? value)
    {
        sheet[field] = value;
        return sheet;
    }
}
