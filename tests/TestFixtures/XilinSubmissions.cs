using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using static XilinIngest.TestFixtures.TestSubmissions;

namespace XilinIngest.TestFixtures;

/// <summary>Submissions with units and indicators of the shipped catalogue.</summary>
public static class XilinSubmissions
{
    public const string District = "320404000000";
    public const string Xilin = "320404004000";
    public const string Wuxing = "320404001000";
    public const string Dongdai = "320404004201";

    public static JsonObject ValidSubmission() => NewSubmission(Dongdai, "2022-07", Visits(3));

    public static JsonObject Visits(decimal? value) => Value("ENTERPRISE_VISITS", value, "家");

    public static JsonObject Budget(decimal? value) => Value("PUBLIC_BUDGET_REVENUE", value, "万元");

    public static JsonObject Visits(string unit, decimal value, string period = "2022-07", int revision = 1) =>
        NewSubmission(unit, period, Value("ENTERPRISE_VISITS", value, "家")).Set("revision", revision);

    public static JsonObject Output(string firm, decimal value, string period = "2022-07", int revision = 1) =>
        NewSubmission(firm, period, Value("INDUSTRIAL_OUTPUT", value, "万元").Set("lastYear", value)).Set("revision", revision);

    public static HttpContent Body(this JsonObject sheet) => Body(sheet.ToJsonString());

    public static HttpContent Body(string json) => Body(Encoding.UTF8.GetBytes(json));

    public static HttpContent Body(byte[] bytes) =>
        new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
