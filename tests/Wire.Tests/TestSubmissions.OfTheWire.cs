using System.Text.Json.Nodes;

namespace XilinIngest.Tests;

/// <summary>Of the catalogue that is shipped.</summary>
internal static partial class TestSubmissions
{
    internal static JsonObject Visits(string unit, decimal value, string period = "2022-07", int revision = 1) =>
        NewSubmission(unit, period, Value("ENTERPRISE_VISITS", value, "家")).Set("revision", revision);

    internal static JsonObject Output(string firm, decimal value, string period = "2022-07", int revision = 1) =>
        NewSubmission(firm, period, Value("INDUSTRIAL_OUTPUT", value, "万元").Set("lastYear", value)).Set("revision", revision);
}
