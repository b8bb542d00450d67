using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XilinIngest.Client.Checking;

/// <summary>A submission as bytes, and as the content that makes two of them the same.</summary>
internal static class SubmissionBody
{
    // Never part of a page: nothing but what JSON itself demands is escaped, so that people can read it.
    private static readonly JsonSerializerOptions UnescapedJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Who and when, not what.
    private static readonly string[] EnvelopeFields = ["submissionId", "revision", "submittedAt", "submittedBy"];

    public static byte[] ToBytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString(UnescapedJson));

    /// <summary>
    /// SHA-256, lower-case hex, over unit, month, values, explanations and correction, however they are ordered and written.
    /// </summary>
    public static string Digest(JsonObject body)
    {
        var text = new StringBuilder();
        Append(text, new JsonObject(
            body.Where(field => !EnvelopeFields.Contains(field.Key))
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Fields and items in order of their text; 1.50 and 1.5 are one number. The order of values says nothing.
    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                text.Append('{');
                foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
                {
                    text.Append(JsonSerializer.Serialize(name, UnescapedJson)).Append(':');
                    Append(text, value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[').AppendJoin(',', items.Select(Canonical).Order(StringComparer.Ordinal)).Append(']');
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                var raw = value.ToJsonString();
                text.Append(raw.Length < 28
                    && decimal.TryParse(raw, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
                        out var number)
                    ? (number / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : raw);
                break;
            default:
                text.Append(node?.ToJsonString(UnescapedJson) ?? "null");
                break;
        }
    }

    private static string Canonical(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }
}
