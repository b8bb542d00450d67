using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace XilinIngest.Tests;

/// <summary>Of the catalogue that is shipped.</summary>
internal static partial class TestSubmissions
{
    internal const string District = "320404000000";
    internal const string Xilin = "320404004000";
    internal const string Wuxing = "320404001000";
    internal const string Dongdai = "320404004201";

    internal static JsonObject ValidSubmission() => NewSubmission(Dongdai, "2022-07", Visits(3));

    internal static JsonObject Visits(decimal? value) => Value("ENTERPRISE_VISITS", value, "家");

    internal static JsonObject Budget(decimal? value) => Value("PUBLIC_BUDGET_REVENUE", value, "万元");

    internal static HttpContent Body(this JsonObject sheet) => Body(sheet.ToJsonString());

    internal static HttpContent Body(string json) => Body(Encoding.UTF8.GetBytes(json));

    internal static HttpContent Body(byte[] bytes) =>
        new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
