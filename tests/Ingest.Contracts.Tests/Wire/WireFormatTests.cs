using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XilinIngest.Contracts.Tests.Wire;

/// <summary>What is on the wire is a promise to clients in other languages: each message as it is in the file beside this one.</summary>
public sealed class A_message_on_the_wire
{
    public static TheoryData<string> Names => [.. SampleMessages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_what_it_has_always_been(string name) => Assert.Equal(Expected(name), Write(SampleMessages.All[name]));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_the_same_by_the_generated_code(string name) =>
        Assert.Equal(Write(SampleMessages.All[name]), Encoding.UTF8.GetString(WireFormat.Serialize(SampleMessages.All[name])));

    [Fact]
    public void Of_findings_alone_is_the_same_by_the_generated_code()
    {
        IReadOnlyList<Finding> findings =
            [.. SampleMessages.All.Values.OfType<SubmissionReceipt>().SelectMany(receipt => receipt.Findings)];
        Assert.NotEmpty(findings);
        Assert.Equal(JsonSerializer.Serialize(findings, WireFormat.Options), Encoding.UTF8.GetString(WireFormat.Serialize(findings)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_back_as_the_same(string name)
    {
        var message = SampleMessages.All[name];
        var read = JsonSerializer.Deserialize(Expected(name), message.GetType(), WireFormat.Options)!;
        Assert.Equivalent(message, read, strict: true);
        Assert.Equal(Expected(name), Write(read));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_every_field_of_its_contract_filled_in(string name) => AssertFilled([SampleMessages.All[name]]);

    [Fact]
    public void Is_here_for_every_contract()
    {
        var messages = typeof(WireFormat).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Namespace == typeof(WireFormat).Namespace
                && type.GetMethod("<Clone>$") is not null);
        var sampled = SampleMessages.All.Values.SelectMany(sample => Reachable(sample.GetType())).ToHashSet();
        Assert.Subset(sampled, messages.ToHashSet());
    }

    private static string Expected(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Wire", name + ".json")).TrimEnd();

    private static string Write(object message) => JsonSerializer.Serialize(message, message.GetType(), WireFormat.Options);

    // Of a list's items each may leave something out, but not all of them the same.
    private static void AssertFilled(List<object> alike)
    {
        foreach (var property in alike[0].GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var values = alike.Select(property.GetValue).OfType<object>().ToList();
            Assert.True(values.Count > 0, $"{alike[0].GetType().Name}.{property.Name} is left out");
            var inner = values.SelectMany(value => value is System.Collections.IEnumerable many and not string
                ? many.Cast<object>() : [value])
                .Where(value => value.GetType().Assembly == typeof(WireFormat).Assembly)
                .ToList();
            if (inner.Count > 0)
            {
                AssertFilled(inner);
            }
        }
    }

    private static IEnumerable<Type> Reachable(Type type) => type.Assembly != typeof(WireFormat).Assembly
        ? type.GetGenericArguments().SelectMany(Reachable)
        : type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => Reachable(property.PropertyType)).Prepend(type);
}

public sealed class A_value_on_the_wire
{
    private static JsonObject Write(object message) =>
        JsonNode.Parse(JsonSerializer.Serialize(message, message.GetType(), WireFormat.Options))!.AsObject();

    [Fact]
    public void Is_named_where_it_is_withdrawn()
    {
        var value = Write(SampleMessages.Submission)["values"]![3]!.AsObject();
        Assert.Equal(["indicator", "withdraw"], value.Select(field => field.Key));
        Assert.Equal(["value"], value["withdraw"]!.AsArray().Select(name => (string?)name));
    }

    [Fact]
    public void Is_left_out_where_it_is_absent() =>
        Assert.Equal(["unit"], Write(new RankedUnit { Unit = "320404001000" }).Select(field => field.Key));

    [Fact]
    public void Is_a_plain_decimal_with_the_digits_it_had()
    {
        var text = JsonSerializer.Serialize(
            SampleMessages.Submission with { Values = [new() { Indicator = "A1", Value = 12.50m, YearToDate = 123456789012345.123456m }] },
            WireFormat.Options);
        Assert.Contains("\"value\":12.50,\"yearToDate\":123456789012345.123456}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_Chinese_characters_unescaped()
    {
        var text = JsonSerializer.Serialize(SampleMessages.Submission, WireFormat.Options);
        Assert.Contains("统计员 王", text, StringComparison.Ordinal);
        Assert.Contains("更正5月份漏报的一笔", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Cannot_be_read_without_what_is_required() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SubmitIndicators>("""{"unit":"320404004000"}""", WireFormat.Options));

    [Fact]
    public void Is_written_with_options_that_no_one_can_change() => Assert.True(WireFormat.Options.IsReadOnly);
}

public sealed class An_accepted_value_on_the_wire
{
    private static AcceptedValue Read(string json) => JsonSerializer.Deserialize<AcceptedValue>(json, WireFormat.Options)!;

    [Fact]
    public void May_hold_what_a_newer_version_says_besides() => Assert.Equal(
        new AcceptedValue { Indicator = "A", Value = 12.50m },
        Read("""{"note":{"a":[1,{"value":2}]},"indicator":"A","value":12.50,"lastYear":null}"""));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"indicator":"A","value":"12"}""")]
    [InlineData("""{"indicator":"A","withdrawn":1}""")]
    [InlineData("""{"indicator":"A","value":1e40}""")]
    public void Is_refused_where_it_is_none(string json) => Assert.Throws<JsonException>(() => Read(json));
}

public sealed class An_accepted_submission_on_the_wire
{
    private const string Sample = """
        {"sequence":7,"submissionId":"0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01","unit":"320404007201","period":"2022-07","revision":2,
         "submittedAt":"2022-08-03T09:14:00+08:00","values":[{"indicator":"A","value":1}]}
        """;

    private static readonly string[] Fields = ["sequence", "submissionId", "unit", "period", "revision", "submittedAt", "values"];

    public static TheoryData<string> Names => [.. Fields];

    private static AcceptedSubmission Read(JsonObject json) => Read(json.ToJsonString());

    private static AcceptedSubmission Read(string json) =>
        JsonSerializer.Deserialize<SubmissionsAccepted>($$"""{"fromSequence":7,"toSequence":7,"submissions":[{{json}}]}""",
            WireFormat.Options)!.Submissions[0];

    [Fact]
    public void May_hold_what_a_newer_version_says_besides()
    {
        var json = JsonNode.Parse(Sample)!.AsObject();
        json.Insert(0, "note", new JsonObject { ["values"] = new JsonArray(1) });
        Assert.Equivalent(Read(Sample), Read(json), strict: true);
    }

    [Fact]
    public void Is_read_with_escapes_and_with_texts_that_are_no_codes()
    {
        var json = JsonNode.Parse(Sample.Replace("320404007201", "\\u0033村", StringComparison.Ordinal))!.AsObject();
        Assert.All([json.ToJsonString(), json.ToJsonString(), json.ToString()], text => Assert.Equal("3村", Read(text).Unit));
    }

    [Fact]
    public void Keeps_apart_codes_with_the_same_beginning_and_end()
    {
        var codes = Enumerable.Range(0, 5_000).Select(i => $"INDICATOR_{i:0000}_VALUE_ADDED").ToList();
        var json = JsonNode.Parse(Sample)!.AsObject();
        json["values"] = new JsonArray([.. codes.Select(code => new JsonObject { ["indicator"] = code })]);
        Assert.Equal(codes, Read(json).Values.Select(value => value.Indicator));
        Assert.Equal(codes, Read(json).Values.Select(value => value.Indicator));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cannot_be_read_without_a_field_or_with_another_type(string name)
    {
        var json = JsonNode.Parse(Sample)!.AsObject();
        json.Remove(name);
        Assert.Throws<JsonException>(() => Read(json));
        json[name] = null;
        Assert.Throws<JsonException>(() => Read(json));
        json[name] = true;
        Assert.Throws<JsonException>(() => Read(json));
    }
}
