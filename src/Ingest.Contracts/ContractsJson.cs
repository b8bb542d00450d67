using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace XilinIngest.Contracts;

/// <summary>The wire format: camel case, absent figures omitted, Chinese characters not escaped.</summary>
public static class WireFormat
{
    /// <summary>The options with which every part of the system writes and reads these messages; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            TypeInfoResolver = ContractsJson.Default,
        };
        options.MakeReadOnly();
        return options;
    }
}

// The code is generated at build time to avoid reflection on the hot path.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SubmitIndicators))]
[JsonSerializable(typeof(SubmitIndicatorsPack))]
[JsonSerializable(typeof(SubmissionReceipt))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(SubmissionReceiptPack))]
[JsonSerializable(typeof(SubmissionsAccepted))]
[JsonSerializable(typeof(AcceptedValue))]
[JsonSerializable(typeof(ReplayAccepted))]
[JsonSerializable(typeof(TotalsPublished))]
[JsonSerializable(typeof(RankingPublished))]
[JsonSerializable(typeof(AlertRaised))]
[JsonSerializable(typeof(AlertChanged))]
[JsonSerializable(typeof(AlertCleared))]
internal sealed partial class ContractsJson : JsonSerializerContext;
