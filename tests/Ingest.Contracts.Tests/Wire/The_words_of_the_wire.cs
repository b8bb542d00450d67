using System.Text.Json;
using XilinIngest.Contracts.Responses;

namespace XilinIngest.Contracts.Tests.Wire;

/// <summary>The enums of the contracts: camel-case text on the wire, and nothing else.</summary>
public sealed class The_words_of_the_wire
{
    // No message has them; the APIs write them by their own options.
    private static readonly Type[] OfResponsesAlone =
    [
        typeof(LineageRole), typeof(ReportTiming), typeof(AlertTaskAction), typeof(AlertTaskState), typeof(ReminderState),
        typeof(EstimateObstacleName), typeof(FigureAbsence),
    ];

    public static TheoryData<Type> Enums =>
        [.. typeof(WireFormat).Assembly.GetExportedTypes().Where(type => type.IsEnum && !OfResponsesAlone.Contains(type))];

    [Theory]
    [MemberData(nameof(Enums))]
    public void Are_written_in_camel_case_and_read_back(Type type)
    {
        foreach (var member in Enum.GetValues(type))
        {
            var text = JsonSerializer.Serialize(member, type, WireFormat.Options);
            Assert.Equal($"\"{JsonNamingPolicy.CamelCase.ConvertName(member.ToString()!)}\"", text);
            Assert.Equal(member, JsonSerializer.Deserialize(text, type, WireFormat.Options));
        }
    }

    [Theory]
    [InlineData("\"purple\"")]
    [InlineData("\"\"")]
    [InlineData("1")]
    [InlineData("\"1\"")]
    [InlineData("\"Complete\"")]
    public void Are_refused_by_a_message_that_lists_them_where_they_are_others(string state)
    {
        var json = JsonSerializer.Serialize(SampleMessages.All.Values.OfType<RankingPublished>().First(), WireFormat.Options)
            .Replace("\"state\":\"complete\"", $"\"state\":{state}", StringComparison.Ordinal);
        var exception = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RankingPublished>(json, WireFormat.Options));
        Assert.Equal("$.state", exception.Path);
        Assert.Contains("one of provisional, complete, final", exception.Message, StringComparison.Ordinal);
    }
}
