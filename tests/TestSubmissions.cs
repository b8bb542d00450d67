using System.Text.Json.Nodes;

namespace XilinIngest.Tests;

/// <summary>A monthly submission that is good as it stands, to be changed. Each project has its own units and indicators.</summary>
internal static partial class TestSubmissions
{
    /// <summary>When it is read: in the window of July 2022.</summary>
    internal static readonly DateTimeOffset Now = new(2022, 8, 5, 0, 0, 0, TimeSpan.Zero);

    internal static JsonObject NewSubmission(string unit, string period, params JsonObject[] values) => new()
    {
        ["submissionId"] = Guid.NewGuid().ToString(),
        ["unit"] = unit,
        ["period"] = period,
        ["revision"] = 1,
        ["submittedAt"] = "2022-08-03T09:14:00+08:00",
        ["submittedBy"] = "统计员",
        ["values"] = new JsonArray(values),
    };

    internal static JsonObject Value(string indicator, decimal? value, string unit) =>
        new() { ["indicator"] = indicator, ["value"] = value, ["unit"] = unit };

    internal static JsonObject Set(this JsonObject sheet, string field, JsonNode? value)
    {
        sheet[field] = value;
        return sheet;
    }
}
