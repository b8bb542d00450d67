using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XilinIngest.Client.Checking;

/// <summary>A submission as bytes, and the digest of its content.</summary>
internal static class SubmissionBody
{
    // The text is never part of a page. Only the escapes that JSON requires are written, so that people can read it.
    private static readonly JsonSerializerOptions UnescapedJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The fields about sender and time; they are not part of the content.
    private static readonly string[] EnvelopeFields = ["submissionId", "revision", "submittedAt", "submittedBy"];

    public static byte[] ToBytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString(UnescapedJson));

    /// <summary>
    /// SHA-256 in lower-case hex over unit, month, values, explanations and correction, independent of order and notation.
    /// </summary>
    public static string Digest(JsonObject body)
    {
        var text = new StringBuilder();
        Append(text, new JsonObject(
            body.Where(field => !EnvelopeFields.Contains(field.Key))
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Fields and items are sorted by their text, and 1.50 equals 1.5. The order of values has no meaning.
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
