using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XilinIngest.Contracts.Tests.Documents;

public sealed class The_schemas
{
    private static readonly List<Type> Contracts =
        [.. typeof(WireFormat).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && type.Namespace == typeof(WireFormat).Namespace && type.GetMethod("<Clone>$") is not null)];

    public static TheoryData<string> Names => [.. Contracts.Select(type => type.Name)];

    public static TheoryData<string> Samples => [.. Tests.SampleMessages.All.Keys];

    [Fact]
    public void Describe_every_contract_once_and_nothing_else() =>
        Assert.Equal(Contracts.Select(type => type.Name).Order(),
            SchemaFiles.Definitions.Values.SelectMany(definitions => definitions.Select(definition => definition.Key)).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Have_the_properties_of_the_contract_with_their_types(string contract)
    {
        var type = Contracts.Single(type => type.Name == contract);
        var (properties, required) = SchemaFiles.Flatten(SchemaFiles.Definitions[SchemaFiles.FileOf(contract)], contract);
        var expected =
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        Assert.Equal(expected.Keys.Order(), properties.Keys.Order());
        Assert.Equal(
            expected.Where(property => property.Value.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)))
                .Select(property => property.Key).Order(), required.Order());
        Assert.All(expected, property => Assert.Equal(Kind(property.Value.PropertyType), Kind(properties[property.Key])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void List_the_words_of_the_contract_s_enums(string contract)
    {
        var (properties, _) = SchemaFiles.Flatten(SchemaFiles.Definitions[SchemaFiles.FileOf(contract)], contract);
        foreach (var property in Contracts.Single(type => type.Name == contract).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsEnum: true } words)
            {
                Assert.Equal(Words(words), Words(properties[JsonNamingPolicy.CamelCase.ConvertName(property.Name)]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Take_what_is_on_the_wire(string sample) =>
        Assert.True(SchemaFiles.IsValid(Tests.SampleMessages.All[sample].GetType().Name, Read(sample)));

    /// <summary>Each property in turn is given a value of another type, and each that is required is left out.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Refuse_a_document_that_violates_them(string sample)
    {
        var contract = Tests.SampleMessages.All[sample].GetType().Name;
        var (properties, required) = SchemaFiles.Flatten(SchemaFiles.Definitions[SchemaFiles.FileOf(contract)], contract);
        foreach (var name in properties.Keys)
        {
            var broken = Read(sample);
            broken[name] = broken[name]!.GetValueKind() == JsonValueKind.String ? 1 : "x";
            Assert.False(SchemaFiles.IsValid(contract, broken), $"{name} of another type was taken");
            broken.Remove(name);
            Assert.Equal(!required.Contains(name), SchemaFiles.IsValid(contract, broken));
        }
    }

    [Theory]
    [InlineData("unit", "\"320404\"")]
    [InlineData("unit", "\"91320404MA000000IO\"")]
    [InlineData("period", "\"2022-13\"")]
    [InlineData("period", "\"2022-7\"")]
    [InlineData("revision", "0")]
    [InlineData("revision", "10000")]
    [InlineData("revision", "1.5")]
    [InlineData("submittedAt", "\"2022-08-03T09:14:00\"")]
    [InlineData("submissionId", "\"seven\"")]
    [InlineData("values", "[]")]
    [InlineData("values", """[{"indicator":"A1","value":"12"}]""")]
    [InlineData("values", """[{"indicator":"A1","worth":12}]""")]
    [InlineData("values", """[{"indicator":"lower","value":12}]""")]
    [InlineData("values", """[{"indicator":"A1","denominator":-1}]""")]
    [InlineData("values", """[{"indicator":"A1","value":1e15}]""")]
    [InlineData("correction", """{"reason":"no"}""")]
    [InlineData("colour", "\"red\"")]
    public void Refuse_a_submission_that_the_service_would_refuse(string field, string value)
    {
        var broken = Read("submit-indicators");
        broken[field] = JsonNode.Parse(value);
        Assert.False(SchemaFiles.IsValid(nameof(SubmitIndicators), broken));
    }

    [Fact]
    public void Take_the_example_for_clients()
    {
        var text = File.ReadAllText(Path.Combine(SchemaFiles.Folder, "amqp.md"));
        var from = text.IndexOf("```json", StringComparison.Ordinal) + 7;
        Assert.True(SchemaFiles.IsValid(nameof(SubmitIndicators),
            JsonNode.Parse(text[from..text.IndexOf("```", from, StringComparison.Ordinal)])!));
    }

    [Fact]
    public void Promise_that_receipts_and_results_may_grow() => Assert.All(
        SchemaFiles.Definitions.Where(file => file.Key != "submissions.schema.json").SelectMany(file => file.Value),
        definition => Assert.False(definition.Value!.AsObject().ContainsKey("additionalProperties")));

    [Fact]
    public void Say_what_every_property_means() => Assert.All(
        SchemaFiles.Definitions.Values.SelectMany(
            definitions => definitions.SelectMany(definition => definition.Value!["properties"]!.AsObject())),
        property => Assert.True(
            property.Value!["description"] is not null || property.Value["items"] is { } items && SchemaFiles.NameOf(items) is not null,
            property.Key));

    private static JsonObject Read(string sample) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Wire", sample + ".json")))!.AsObject();

    private static string Kind(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "string"
            : type == typeof(Guid) ? "string uuid"
            : type == typeof(DateTimeOffset) ? "string date-time"
            : type == typeof(DateOnly) ? "string date"
            : type == typeof(int) || type == typeof(long) ? "integer"
            : type == typeof(decimal) ? "number"
            : type == typeof(bool) ? "boolean"
            : type == typeof(IReadOnlyDictionary<string, decimal>) ? "object of number"
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
                ? "array of " + Kind(type.GetGenericArguments()[0])
            : type.IsEnum ? "string"
            : type.Name;
    }

    private static string Words(Type type) =>
        string.Join(' ', Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName).Order(StringComparer.Ordinal));

    private static string Words(JsonObject schema) =>
        string.Join(' ', (schema["enum"]?.AsArray() ?? []).Select(word => (string)word!).Order(StringComparer.Ordinal));

    private static string Kind(JsonObject schema)
    {
        if ((SchemaFiles.NameOf(schema)
            ?? schema["anyOf"]?.AsArray().Select(part => SchemaFiles.NameOf(part!)).OfType<string>().Single()) is { } contract)
        {
            return contract;
        }

        var type = schema["type"] is JsonArray many ? (string)many[0]! : (string?)schema["type"] ?? "number";
        return type switch
        {
            "array" => "array of " + Kind(schema["items"]!.AsObject()),
            "object" => "object of " + (string)schema["additionalProperties"]!["type"]!,
            _ => schema["format"] is { } format ? $"{type} {format}" : type,
        };
    }
}
