using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests;

/// <summary>A monthly submission that is good as it stands, to be changed. Its month is July 2022 and it is read on 5 August.</summary>
internal static class Sheet
{
    internal const string District = "320404000000";
    internal const string Xilin = "320404004000";
    internal const string Wuxing = "320404001000";
    internal const string Dongdai = "320404004201";
    internal static readonly DateTimeOffset Now = new(2022, 8, 5, 0, 0, 0, TimeSpan.Zero);

    internal static JsonObject Of(string unit, string period, params JsonObject[] values) => new()
    {
        ["submissionId"] = Guid.NewGuid().ToString(),
        ["unit"] = unit,
        ["period"] = period,
        ["revision"] = 1,
        ["submittedAt"] = "2022-08-03T09:14:00+08:00",
        ["submittedBy"] = "统计员",
        ["values"] = new JsonArray(values),
    };

    internal static JsonObject Good() => Of(Dongdai, "2022-07", Visits(3));

    internal static JsonObject Visits(decimal? value) => Value("ENTERPRISE_VISITS", value, "家");

    internal static JsonObject Budget(decimal? value) => Value("PUBLIC_BUDGET_REVENUE", value, "万元");

    internal static JsonObject Value(string indicator, decimal? value, string unit) => new() { ["indicator"] = indicator, ["value"] = value, ["unit"] = unit };

    internal static JsonObject Set(this JsonObject sheet, string field, JsonNode? value)
    {
        sheet[field] = value;
        return sheet;
    }

    internal static HttpContent Body(this JsonObject sheet) => Body(sheet.ToJsonString());

    internal static HttpContent Body(string json) => Body(Encoding.UTF8.GetBytes(json));

    internal static HttpContent Body(byte[] bytes) => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
