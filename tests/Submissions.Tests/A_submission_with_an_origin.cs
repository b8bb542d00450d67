using System.Text.Json.Nodes;

namespace XilinIngest.Submissions.Tests;

/// <summary>The form of an origin is checked, and what it says is stored.</summary>
public sealed class A_submission_with_an_origin
{
    public static TheoryData<string, string, string?, string> Faults => new()
    {
        { "", "source", null, "F103" },
        { "", "source", "\"\"", "F103" },
        { "", "source", "7", "F101" },
        { "", "source", "\"a\\u202Eb\"", "F101" },
        { "", "source", $"\"{new string('x', 201)}\"", "F104" },
        { "", "unit", null, "F103" },
        { "", "link", "\"http://x\"", "F102" },
        { "", "checkpoint", null, "F103" },
        { "", "checkpoint", "[]", "F101" },
        { "", "totals", null, "F103" },
        { "", "totals", "[]", "F103" },
        { "", "totals", "[7]", "F101" },
        { "checkpoint", "treeSize", "0", "F101" },
        { "checkpoint", "treeSize", "1.5", "F101" },
        { "checkpoint", "treeSize", null, "F101" },
        { "checkpoint", "root", "\"ab\"", "F101" },
        { "checkpoint", "time", "\"2022-08-03\"", "F101" },
        { "checkpoint", "origin", null, "F103" },
        { "checkpoint", "origin", $"\"{new string('x', 256)}\"", "F104" },
        { "checkpoint", "signatures", null, "F103" },
        { "checkpoint", "signatures", "[]", "F103" },
        { "checkpoint", "signatures", "\"— a AAAA\"", "F101" },
        { "checkpoint", "signatures", "[7]", "F101" },
        { "checkpoint", "signatures", "[\"a\\nb\"]", "F101" },
        { "checkpoint", "signatures", $"[\"{new string('x', 5_001)}\"]", "F101" },
        { "checkpoint", "signatures", $"[{string.Join(',', Enumerable.Repeat("\"— a AAAAAAA=\"", 21))}]", "F105" },
        { "checkpoint", "extra", "1", "F102" },
        { "totals", "indicator", null, "F103" },
        { "totals", "version", "0", "F101" },
        { "totals", "state", "\"done\"", "F101" },
        { "totals", "extra", "1", "F102" },
    };

    [Fact]
    public void Is_taken_like_any_other() => Assert.Empty(ValidSubmission().Set("origin", Origin()).Read().Findings);

    [Fact]
    public void Is_taken_with_a_null_in_its_place() => Assert.Empty(ValidSubmission().Set("origin", null).Read().Findings);

    [Fact]
    public void Names_at_most_as_many_totals_as_a_submission_has_values()
    {
        var origin = Origin();
        var total = origin["totals"]![0]!;
        origin["totals"] = new JsonArray([.. Enumerable.Range(0, 201).Select(_ => total.DeepClone())]);
        Assert.Equal(["F105"], ValidSubmission().Set("origin", origin).Read().Findings.Select(finding => finding.Rule));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Is_refused_where_the_origin_has_a_fault(string part, string field, string? value, string finding)
    {
        var origin = Origin();
        var changed = part == "totals" ? origin["totals"]![0]!.AsObject() : part == "" ? origin : origin[part]!.AsObject();
        changed[field] = value is null ? null : JsonNode.Parse(value);
        Assert.Equal([finding], ValidSubmission().Set("origin", origin).Read().Findings.Select(found => found.Rule));
    }

    private static JsonObject Origin() => new()
    {
        ["source"] = "西林街道",
        ["unit"] = "320404004000",
        ["checkpoint"] = new JsonObject
        {
            ["treeSize"] = 9,
            ["root"] = new string('b', 64),
            ["time"] = "2022-08-03T01:14:01.234567+00:00",
            ["origin"] = "street.example/xilin",
            ["signatures"] = new JsonArray("— street.example/xilin AAAAAAA="),
        },
        ["totals"] = new JsonArray(new JsonObject { ["indicator"] = "PETITIONS", ["version"] = 3, ["state"] = "complete" }),
    };
}
